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
    select pair_id, published_on, is_watched and coalesce(coverage < 0.7, false) as is_gap,
        signal_state(
            is_watched, attention_p <= 0.001 and spike_p <= 0.001 and articles >= 3 and publishers >= 2 and days_seen >= 28,
            attention_p <= 0.05
        ) as attention_spike,
        signal_state(
            is_watched, abs(break_z) >= 2.58 and stories_7 >= 5 and stories_before >= 5, abs(break_z) >= 1.96
        ) as sentiment_break,
        signal_state(is_watched, side = -side_before, side * estimate_28 > 0) as turn,
        signal_state(is_watched, drift > 5 and drift_peak <= 5, drift > 2.5) as drift,
        signal_state(
            is_watched, disagreement_28 >= 0.6 and sided_28 >= 5, disagreement_28 >= 0.5 and sided_28 >= 3
        ) as split,
        signal_state(is_watched, articles_28 = 0 and expected_28 >= -ln(0.001), articles_28 = 0) as silence
    from pair_signal_days
),
seen as (
    select pair_id, published_on, if(is_gap, null, columns(* exclude (pair_id, published_on, is_gap))),
        case
            when not is_gap then 0
            when greatest(attention_spike, sentiment_break, turn, drift, split, silence) = 1 then 1
        end as coverage_gap
    from rules
    union all by name
    from (
        pivot (select pair_id, raised_on as published_on, signal, 1 as state from before.pair_signal_runs)
        on signal in ('attention_spike', 'sentiment_break', 'turn', 'drift', 'split', 'silence', 'coverage_gap') using max(state)
    )
),
changes as (
    select
        pair_id, published_on,
        case when columns(s.* exclude (pair_id, published_on))
            is distinct from last_value(columns(s.* exclude (pair_id, published_on)) ignore nulls) over earlier
        then columns(s.* exclude (pair_id, published_on)) end
    from seen as s
    window earlier as (partition by pair_id order by published_on rows between unbounded preceding and 1 preceding)
),
followed as (
    select *, lead(published_on) over (partition by pair_id, signal order by published_on) as closed_on
    from changes unpivot (state for signal in (columns(* exclude (pair_id, published_on))))
)
select pair_id, published_on as raised_on, signal, closed_on
from followed
where state = 1
union all
select pair_id, seen_on, 'first_contact', case when seen_on + 28 <= (select max(published_on) from calendar) then seen_on + 28 end
from (
    from pairs where first_side_on >= (select min(published_on) from calendar) + 28 and first_side_on > (
        select coalesce(max(published_on), date '0001-01-01') from calendar
        where coalesce(coverage >= 0.7, true) and published_on < before.since() - 28
    )
)
asof join (select published_on as seen_on from calendar where coalesce(coverage >= 0.7, true)) as c on first_side_on <= seen_on
