-- pair_drifts: whether the tone of a relation slides, week by week: a two-sided CUSUM, k = 0.25, anew after 56 days without.
-- grain: one row per pair and Sunday whose week has a story and can be held against a base (pair_id, published_on)
-- sources: before.pair_drifts, pair_weeks
-- rebuilt: from published_on, 140 days before, carrying pair_id varchar, published_on date, rise double, fall double,
--     rise_peak double, fall_peak double, rising_since date, falling_since date
--
-- pair_id        the pair, a~b
-- published_on   Sunday that ends the week, Berlin time
-- week_z         this week against the 91 days that ended 28 days before it, in standard errors; see pair_weeks
-- rise           CUSUM upwards: grows by week_z - 0.25, never below 0
-- fall           CUSUM downwards: grows by -week_z - 0.25, never below 0
-- rise_peak      highest rise of the run before this row, 0 at its start: a run raises one alarm
-- fall_peak      the same downwards
-- rising_since   Monday of the first week of the run upwards; null where rise is 0
-- falling_since  the same downwards
with held as (
    select pair_id, published_on, week_z from pair_weeks where published_on >= before.since()
),
steps as (
    select
        pair_id, published_on, week_z, week_z - 0.25 as up, -week_z - 0.25 as down, published_on as r, published_on as f,
        0 as rise_past, 0 as fall_past
    from held
    union all
    select
        pair_id, max(published_on), null, max_by(rise, published_on)::decimal(18, 9),
        max_by(fall, published_on)::decimal(18, 9), max_by(rising_since, published_on) + 6,
        max_by(falling_since, published_on) + 6, max_by(rise_peak, published_on), max_by(fall_peak, published_on)
    from before.pair_drifts
    semi join held using (pair_id)
    group by pair_id
),
gaps as (
    select *, published_on - lag(published_on) over (partition by pair_id order by published_on) as gap from steps
),
spells as (
    select *, count(*) filter (gap > 56) over (partition by pair_id order by published_on) as spell from gaps
),
summed as (
    select *, sum(up) over past as ups, sum(down) over past as downs
    from spells
    window past as (partition by pair_id, spell order by published_on)
),
runs as (
    select *, ups - least(0, min(ups) over past) as rise, downs - least(0, min(downs) over past) as fall
    from summed
    window past as (partition by pair_id, spell order by published_on)
),
started as (
    select *, count(*) filter (rise = 0) over past as rise_no, count(*) filter (fall = 0) over past as fall_no
    from runs
    window past as (partition by pair_id, spell order by published_on)
)
select
    pair_id, published_on, week_z::double as week_z, rise::double as rise, fall::double as fall,
    coalesce(max(greatest(rise, rise_past)) over (up rows between unbounded preceding and 1 preceding), 0)::double as rise_peak,
    coalesce(max(greatest(fall, fall_past)) over (down rows between unbounded preceding and 1 preceding), 0)::double as fall_peak,
    case when rise > 0 then min(r) filter (rise > 0) over (partition by pair_id, spell, rise_no) - 6 end as rising_since,
    case when fall > 0 then min(f) filter (fall > 0) over (partition by pair_id, spell, fall_no) - 6 end as falling_since
from started
window
    up as (partition by pair_id, spell, rise_no order by published_on),
    down as (partition by pair_id, spell, fall_no order by published_on)
qualify week_z is not null
order by published_on, pair_id
