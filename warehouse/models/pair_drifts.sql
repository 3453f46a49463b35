-- pair_drifts: whether the tone of a relation slides, week by week: a two-sided CUSUM, k = 0.25.
-- grain: one row per pair and Sunday whose week has a story and can be held against a base (pair_id, published_on)
-- sources: before.pair_drifts, before.since, calendar, pair_days
-- rebuilt: from published_on, 140 days before, carrying pair_id varchar, published_on date, rise double, fall double,
--     rising_since date, falling_since date
--
-- pair_id        the pair, a~b
-- published_on   Sunday that ends the week, Berlin time
-- week_z         this week against the 91 days that ended 28 days before it, in standard errors of the difference
-- rise           CUSUM upwards: grows by week_z - 0.25, never below 0
-- fall           CUSUM downwards: grows by -week_z - 0.25, never below 0
-- rising_since   Monday of the first week of the run upwards; null where rise is 0
-- falling_since  the same downwards
with weeks as (
    select
        pair_id, published_on + (7 - isodow(published_on))::int as sunday, (sunday - date '1970-01-04') // 7 as week,
        sum(stories) as stories, sum(positive) as positive, sum(negative) as negative, sum(weight) as weight,
        sum(sentiment_sum) as tone, sum(weight_squared) as squared
    from pair_days
    group by all
),
held as (
    select
        pair_id, sunday as published_on, weight::double ** 2 / nullif(squared::double, 0) as n,
        sum(weight::decimal(32, 12)) over base as base_weight,
        base_weight::double ** 2 / nullif((sum(squared::decimal(32, 12)) over base)::double, 0) as base_n,
        sum(positive) over base / nullif(sum(stories) over base, 0) as good,
        sum(negative) over base / nullif(sum(stories) over base, 0) as bad,
        (base_n * (good + bad) + 1) / (base_n + 1.5) - dirichlet_estimate(base_n, good, bad) ** 2 as variance,
        tone::double / nullif(weight::double, 0)
            - (sum(tone::decimal(32, 12)) over base)::double / nullif(base_weight::double, 0) as moved,
        round(moved / sqrt(variance * (1 / n + 1 / base_n)), 9)::decimal(18, 9) as week_z
    from weeks
    window base as (partition by pair_id order by week range between 17 preceding and 5 preceding)
    qualify week_z is not null and base_n >= 5 and sunday >= (select since from before.since)
        and sunday <= (select max(published_on) from calendar)
),
steps as (
    select pair_id, published_on, week_z, week_z - 0.25 as up, -week_z - 0.25 as down, published_on as r, published_on as f
    from held
    union all
    select
        pair_id, max(published_on), null, max_by(rise, published_on)::decimal(18, 9),
        max_by(fall, published_on)::decimal(18, 9), max_by(rising_since, published_on) + 6,
        max_by(falling_since, published_on) + 6
    from before.pair_drifts
    semi join held using (pair_id)
    group by pair_id
),
summed as (
    select *, sum(up) over past as ups, sum(down) over past as downs
    from steps
    window past as (partition by pair_id order by published_on)
),
runs as (
    select *, ups - least(0, min(ups) over past) as rise, downs - least(0, min(downs) over past) as fall
    from summed
    window past as (partition by pair_id order by published_on)
),
started as (
    select *, count(*) filter (rise = 0) over past as rise_no, count(*) filter (fall = 0) over past as fall_no
    from runs
    window past as (partition by pair_id order by published_on)
)
select
    pair_id, published_on, week_z::double as week_z, rise::double as rise, fall::double as fall,
    case when rise > 0 then min(r) filter (rise > 0) over (partition by pair_id, rise_no) - 6 end as rising_since,
    case when fall > 0 then min(f) filter (fall > 0) over (partition by pair_id, fall_no) - 6 end as falling_since
from started
qualify week_z is not null
order by published_on, pair_id
