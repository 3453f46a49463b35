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
-- stories             stories of the day
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
with totals as (
    select
        pair_id, published_on, first_on, articles, publishers, stories, published_on - date '1970-01-01' as day_no,
        coalesce(lead(day_no) over past, (select max(published_on) - date '1970-01-01' from calendar) + 1) - day_no as gap,
        count(*) over (past range between 55 preceding and current row) >= 7 as is_steady,
        articles >= 3 or sum(articles) over (past range between 34 preceding and current row) >= 5 as is_busy,
        sum(articles) over (past range between 56 preceding and 1 preceding) as articles_before,
        sum(articles ** 2) over (past range between 56 preceding and 1 preceding) as squares_before,
        (count(*) over past)::int as d, (sum(articles) over past)::int as a, (sum(stories) over past)::int as s,
        (sum(positive) over past)::int as p, (sum(negative) over past)::int as n,
        sum(weight) over past as w, sum(weight_squared) over past as q, {'a': a, 's': s, 'p': p, 'n': n, 'w': w, 'q': q} as up_to,
        {
            'a': a - articles, 's': s - stories, 'p': p - positive, 'n': n - negative, 'w': w - weight,
            'q': q - weight_squared
        } as up_before
    from pair_days
    semi join (select pair_id from pair_days group by pair_id having max(articles) >= 3 or sum(articles) >= 5) as written_about
        using (pair_id)
    window past as (partition by pair_id order by day_no)
),
marked as (
    select *, case when is_steady then 85 when is_busy then 36 when lag(is_busy or is_steady) over past then 1 else 0 end as days
    from totals
    window past as (partition by pair_id order by day_no)
),
felt as (
    select
        pair_id, published_on + k::int as published_on, first_on, day_no + k as day_no, k < days as is_kept, k,
        if(k = 0, articles, 0) as articles, if(k = 0, publishers, 0) as publishers, if(k = 0, stories, 0) as stories,
        if(k = 0, articles_before, null) as articles_before, if(k = 0, squares_before, null) as squares_before,
        d, if(k = 0, d - 1, d) as d_before, up_to, if(k = 0, up_before, up_to) as up_before
    from marked
    semi join (from marked where days > 0) as watched using (pair_id), unnest(range(greatest(1, least(gap, days)))) as t (k)
),
looked_up as (
    select
        *, first_value(up_before) over (past range between 6 preceding and current row) as x,
        first_value(up_before) over (past range between 27 preceding and current row) as y,
        first_value(up_before) over (past range between 34 preceding and current row) as z,
        d - first_value(d_before) over (past range between 83 preceding and current row) as silent_days
    from felt
    window past as (partition by pair_id order by day_no)
)
select
    pair_id, published_on, first_on, articles, publishers, stories, articles_before, squares_before,
    up_to.a - y.a as articles_28, up_to.a - z.a as articles_35,
    case when k >= 28 and silent_days > 0 then silent_days end as silent_days_before,
    up_to.s - x.s as stories_7, up_to.p - x.p as positive_7, up_to.n - x.n as negative_7,
    effective(up_to.w - x.w, up_to.q - x.q) as n_7,
    x.s - z.s as stories_before, x.p - z.p as positive_before, x.n - z.n as negative_before,
    effective(x.w - z.w, x.q - z.q) as n_before,
    up_to.s - y.s as stories_28, up_to.p - y.p as positive_28, up_to.n - y.n as negative_28,
    effective(up_to.w - y.w, up_to.q - y.q) as n_28
from looked_up
where is_kept
