-- company_windows: the sums over the last 7, 28 and 91 days that pair_sentiment_rolling shows of each company.
-- grain: one row per company and calendar day with a story in the last 91 days (company_id, published_on)
-- sources: calendar, company_sentiment_daily
-- rebuilt: from published_on, 91 days before
--
-- company_id        the company
-- published_on      last day of the windows, Berlin time
-- stories_7         stories of the last 7 days about the company
-- stories_28        of the last 28
-- stories_91        of the last 91
-- sentiment_sum_7   sum of their sentiment
-- sentiment_sum_28  of the last 28
-- sentiment_sum_91  of the last 91
with days as (
    select company_id, published_on, stories, exact(sentiment_sum) as tone
    from (select company_id, min(published_on) as first_on from company_sentiment_daily group by company_id)
    join calendar on published_on >= first_on
    left join company_sentiment_daily using (company_id, published_on)
),
summed as (
    select
        company_id, published_on,
        coalesce(sum(stories) over past, 0)::bigint as n, coalesce(sum(tone) over past, 0) as t
    from days
    window past as (partition by company_id order by published_on rows unbounded preceding)
)
select
    company_id, published_on,
    (n - lag(n, 7, 0) over past)::int as stories_7,
    (n - lag(n, 28, 0) over past)::int as stories_28,
    (n - lag(n, 91, 0) over past)::int as stories_91,
    (t - lag(t, 7, 0) over past)::double as sentiment_sum_7,
    (t - lag(t, 28, 0) over past)::double as sentiment_sum_28,
    (t - lag(t, 91, 0) over past)::double as sentiment_sum_91
from summed
window past as (partition by company_id order by published_on)
qualify stories_91 > 0
order by storage_year(published_on), company_id, published_on
