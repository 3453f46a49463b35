-- pair_watched_days: the sums behind pair_signal_days, on the days around which enough is written for a signal.
-- grain: one row per pair and day on which it may be watched, or was on the day before (pair_id, published_on)
-- sources: calendar, pair_days
-- rebuilt: never, a view: pair_signal_days keeps what follows from it
--
-- pair_id             the pair, a~b
-- published_on        day, Berlin time
-- first_on            the pair's first day
-- articles            articles of the day that name both
-- publishers          publishers of these articles
-- articles_before     on a day with articles: those of the 56 days before
-- squares_before      the sum of their daily numbers squared
-- articles_28         articles of the last 28 days
-- articles_35         articles of the last 35 days
-- silent_days_before  in a silence of 28 days: days with articles among the 56 before it
-- stories_7           stories of the last 7 days
-- positive_7          of these: relation_sentiment > 0.2
-- negative_7          of these: relation_sentiment < -0.2
-- n_7                 their effective number
-- stories_before      stories of the 28 days before these; positive_before … the same
-- positive_before     of these: relation_sentiment > 0.2
-- negative_before     of these: relation_sentiment < -0.2
-- n_before            their effective number
-- stories_28          stories of the last 28 days
-- positive_28         of these: relation_sentiment > 0.2
-- negative_28         of these: relation_sentiment < -0.2
-- n_28                their effective number
with paced as (
    select pair_id, published_on, first_on, articles, publishers, published_on - date '1970-01-01' as day_no,
        coalesce(lead(day_no) over past, (select max(published_on) - date '1970-01-01' from calendar) + 1) - day_no as gap,
        count(*) over (past range between 55 preceding and current row) >= 7 as is_steady,
        articles >= 3 or sum(articles) over (past range between 34 preceding and current row) >= 5 as is_busy,
        sum(articles) over (past range between 56 preceding and 1 preceding) as articles_before,
        sum(articles ** 2) over (past range between 56 preceding and 1 preceding) as squares_before
    from pair_days
    window past as (partition by pair_id order by day_no)
),
marked as (
    select *, case when is_steady then 85 when is_busy then 36 when lag(is_busy or is_steady) over past then 1 else 0 end as days
    from paced
    window past as (partition by pair_id order by day_no)
),
days as (
    select
        pair_id, published_on + k::int as published_on, first_on, k, if(k = 0, articles, 0) as articles,
        if(k = 0, publishers, 0) as publishers, if(k = 0, articles_before, null) as articles_before,
        if(k = 0, squares_before, null) as squares_before
    from marked, unnest(range(least(gap, days))) as t (k)
),
felt as (
    select d.* exclude (published_on), published_on + k::int as published_on, k
    from pair_days as d
    semi join days using (pair_id)
    cross join range(35) as t (k)
),
summed as (
    select pair_id, published_on, sum(f.articles) filter (f.k < 28) as articles_28, sum(f.articles) as articles_35,
        sum(stories) filter (f.k < 7) as stories_7,
        sum(positive) filter (f.k < 7) as positive_7, sum(negative) filter (f.k < 7) as negative_7,
        effective(sum(weight) filter (f.k < 7), sum(weight_squared) filter (f.k < 7)) as n_7,
        sum(stories) filter (f.k >= 7) as stories_before, sum(positive) filter (f.k >= 7) as positive_before,
        sum(negative) filter (f.k >= 7) as negative_before,
        effective(sum(weight) filter (f.k >= 7), sum(weight_squared) filter (f.k >= 7)) as n_before,
        sum(stories) filter (f.k < 28) as stories_28, sum(positive) filter (f.k < 28) as positive_28,
        sum(negative) filter (f.k < 28) as negative_28,
        effective(sum(weight) filter (f.k < 28), sum(weight_squared) filter (f.k < 28)) as n_28
    from felt as f
    join days using (pair_id, published_on)
    group by pair_id, published_on
),
silent as (
    select d.pair_id, d.published_on, count(*) as silent_days_before
    from days as d
    cross join range(28, 84) as t (back)
    join pair_days as e on e.pair_id = d.pair_id and e.published_on = d.published_on - back::int
    where d.k >= 28
    group by d.pair_id, d.published_on
)
select
    pair_id, published_on, first_on, d.articles, publishers, articles_before, squares_before,
    coalesce(articles_28, 0) as articles_28, coalesce(articles_35, 0) as articles_35, silent_days_before,
    coalesce(stories_7, 0) as stories_7, positive_7, negative_7, n_7, coalesce(stories_before, 0) as stories_before,
    positive_before, negative_before, n_before, coalesce(stories_28, 0) as stories_28, positive_28, negative_28, n_28
from days as d
left join summed using (pair_id, published_on)
left join silent using (pair_id, published_on)
