-- pair_weeks: each week's tone against the weeks before: the steps of pair_drifts.
-- grain: one row per pair and Sunday whose week has a story and can be held against a base (pair_id, published_on)
-- sources: calendar, pair_days
-- rebuilt: never, a view: pair_drifts keeps what follows from it
--
-- pair_id       the pair, a~b
-- published_on  Sunday that ends the week, Berlin time
-- stories       stories of the week
-- n             their effective number
-- base_n        effective number of stories of the 91 days that ended 28 days before the week: 5 at least
-- week_z        the week's tone minus theirs, in standard errors of the difference; their variance is taken for both; -2 … +2
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
        pair_id, sunday as published_on, stories, weight::double ** 2 / nullif(squared::double, 0) as n,
        sum(weight::decimal(32, 12)) over base as base_weight,
        base_weight::double ** 2 / nullif((sum(squared::decimal(32, 12)) over base)::double, 0) as base_n,
        sum(positive) over base / nullif(sum(stories) over base, 0) as good,
        sum(negative) over base / nullif(sum(stories) over base, 0) as bad,
        (base_n * (good + bad) + 1) / (base_n + 1.5) - dirichlet_estimate(base_n, good, bad) ** 2 as variance,
        tone::double / nullif(weight::double, 0)
            - (sum(tone::decimal(32, 12)) over base)::double / nullif(base_weight::double, 0) as moved,
        moved / sqrt(variance * (1 / n + 1 / base_n)) as z
    from weeks
    window base as (partition by pair_id order by week range between 17 preceding and 5 preceding)
)
select
    pair_id, published_on, stories::int as stories, n, base_n,
    -- cut off, so that no drift rests on one week or story: D. M. Hawkins, J. of Quality Technology 25 (1993), 248-261
    round(greatest(-2, least(2, z)), 9)::decimal(18, 9) as week_z
from held
where z is not null and base_n >= 5 and published_on <= (select max(published_on) from calendar)
