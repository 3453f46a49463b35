-- pair_drift_days: how far a pair's tone has slid, on each day of the week after a Sunday of pair_drifts and longer.
-- grain: one row per pair and day less than 35 days after its last row of pair_drifts (pair_id, published_on)
-- sources: pair_drifts
-- rebuilt: never, a view: pair_signal_days keeps what follows from it
--
-- pair_id       the pair, a~b
-- published_on  day, Berlin time
-- drift         the larger of rise and fall of that row
-- drift_peak    in the first 7 of these days: the highest that it was before in this run
-- drift_since   Monday of the first week of that run
with stands as (
    select *, coalesce(lead(published_on) over (partition by pair_id order by published_on) - published_on, 35) as days
    from pair_drifts
)
select
    pair_id, published_on + k::int as published_on, greatest(rise, fall) as drift, if(k < 7, if(rise > fall, rise_peak, fall_peak), null) as drift_peak,
    if(rise > fall, rising_since, falling_since) as drift_since
from stands, unnest(range(least(days, 35))) as t (k)
