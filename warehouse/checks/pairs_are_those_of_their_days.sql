-- critical: every pair that has a day in pair_days is in pairs, first named on its first day
select pair_id, min(d.first_on) as first_on, any_value(p.first_on) as known_since
from pair_days as d
left join main.pairs as p using (pair_id)
group by pair_id
having known_since is distinct from min(d.first_on)
