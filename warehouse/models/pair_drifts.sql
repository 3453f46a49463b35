-- pair_drifts: whether the tone of a relation slides, week by week: a two-sided CUSUM, k = 0.25.
-- grain: one row per pair and Sunday whose week can be held against a base (pair_id, published_on)
-- sources: pair_sentiment_rolling
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
        w.pair_id, w.published_on, b.effective_n as n,
        (b.effective_n * (b.positive + b.negative) / b.stories + 1) / (b.effective_n + 1.5) as toned,
        dirichlet_estimate(b.effective_n, b.positive / b.stories, b.negative / b.stories) as tone,
        (w.relation_sentiment - b.relation_sentiment)
            / sqrt((toned - tone ** 2) * (1 / w.effective_n + 1 / b.effective_n)) as week_z
    from pair_sentiment_rolling as w
    join pair_sentiment_rolling as b
        on b.pair_id = w.pair_id and b.published_on = w.published_on - 35 and b.window_days = 91
    where w.window_days = 7 and isodow(w.published_on) = 7 and w.stories > 0 and b.effective_n >= 5
),
summed as (
    select
        *,
        sum(week_z - 0.25) over past as up,
        sum(-week_z - 0.25) over past as down
    from weeks
    window past as (partition by pair_id order by published_on)
),
runs as (
    select
        *,
        up - least(0, min(up) over past) as rise,
        down - least(0, min(down) over past) as fall
    from summed
    window past as (partition by pair_id order by published_on)
),
started as (
    select
        *,
        count(*) filter (rise = 0) over past as rise_no,
        count(*) filter (fall = 0) over past as fall_no
    from runs
    window past as (partition by pair_id order by published_on)
)
select
    pair_id, published_on, week_z, rise, fall,
    case when rise > 0 then min(published_on) filter (rise > 0) over (partition by pair_id, rise_no) - 6 end
        as rising_since,
    case when fall > 0 then min(published_on) filter (fall > 0) over (partition by pair_id, fall_no) - 6 end
        as falling_since
from started
order by pair_id, published_on
