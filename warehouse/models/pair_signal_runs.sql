-- pair_signal_runs: when each signal opened and closed: it opens by a strict rule and closes by a laxer one.
-- grain: one row per pair, day of opening and signal (pair_id, raised_on, signal)
-- sources: before.pair_signal_runs, calendar, pair_signal_days, pairs
-- rebuilt: from raised_on until closed_on, 0 days before, carrying pair_id varchar, raised_on date, signal varchar
--
-- pair_id    the pair, a~b
-- raised_on  the day on which its rule first held, Berlin time
-- signal     attention_spike, sentiment_break, turn, drift, first_contact, split, silence, coverage_gap
-- closed_on  the first day on which it no longer held, or the pair was no longer watched; null: open
with rules as (
    select pair_id, published_on, is_watched, is_watched and coalesce(coverage < 0.7, false) as is_gap,
        unnest([
            {
                'signal': 'attention_spike',
                'opens': attention_p <= 0.001 and spike_p <= 0.001 and articles >= 3 and publishers >= 2
                    and days_seen >= 28,
                'holds': attention_p <= 0.05
            },
            {
                'signal': 'sentiment_break',
                'opens': abs(break_z) >= 2.58 and stories_7 >= 5 and stories_before >= 5,
                'holds': abs(break_z) >= 1.96
            },
            {'signal': 'turn', 'opens': side = -side_before, 'holds': side * estimate_28 > 0},
            {'signal': 'drift', 'opens': drift > 5 and drift_peak <= 5, 'holds': drift > 2.5},
            {
                'signal': 'split',
                'opens': disagreement_28 >= 0.6 and toned_28 >= 5,
                'holds': disagreement_28 >= 0.5 and toned_28 >= 3
            },
            {'signal': 'silence', 'opens': articles_28 = 0 and expected_28 >= -ln(0.001), 'holds': articles_28 = 0}
        ], recursive := true)
    from pair_signal_days
),
seen as (
    select pair_id, published_on, signal, is_watched and coalesce(opens, false) as opens,
        is_watched and coalesce(holds, false) as holds
    from rules
    where not is_gap
    union all
    select pair_id, published_on, 'coverage_gap', is_gap and bool_or(coalesce(opens, false)), is_gap
    from rules
    group by pair_id, published_on, is_gap
    union all
    select pair_id, raised_on, signal, true, true from before.pair_signal_runs where signal <> 'first_contact'
),
states as (
    select *, last_value(case when opens then 1 when not holds then 0 end ignore nulls) over past as state
    from seen
    semi join (from seen where opens) as opened using (pair_id, signal)
    window past as (partition by pair_id, signal order by published_on)
),
changes as (
    select * from states
    qualify state is distinct from lag(state) over (partition by pair_id, signal order by published_on)
),
followed as (
    select *, lead(published_on) over (partition by pair_id, signal order by published_on) as closed_on from changes
)
select pair_id, published_on as raised_on, signal, closed_on
from followed
where state = 1
union all
select pair_id, seen_on, 'first_contact', case when seen_on + 28 <= (select max(published_on) from calendar) then seen_on + 28 end
from pairs
asof join (select published_on as seen_on from calendar where coalesce(coverage >= 0.7, true)) as c on first_side_on <= seen_on
where first_side_on >= (select min(published_on) from calendar) + 28
