-- publisher_coverage: how much of what a publisher published we have, by capture and recapture of its two lists.
-- grain: one row per publisher and day of publication (publisher, published_on)
-- sources: lake.raw_articles
--
-- publisher     slug of the publisher
-- published_on  day of first publication, Berlin time
-- in_feed       articles of the day that its feed named
-- in_sitemap    articles that its news sitemap named
-- in_both       articles that both named
-- found         articles that either named
-- estimated     (in_feed + 1)(in_sitemap + 1)/(in_both + 1) - 1 (Chapman); null where only one list named any
-- coverage      found / estimated; null where only one list named any
with lists as (
    select
        publisher, url,
        min((published_at at time zone 'Europe/Berlin')::date) as published_on,
        bool_or(list_contains(listed_in, 'feed')) as is_in_feed,
        bool_or(list_contains(listed_in, 'sitemap')) as is_in_sitemap
    from lake.raw_articles
    where published_at is not null and listed_in is not null and not coalesce(is_backfill, false)
    group by all
),
counted as (
    select
        publisher, published_on,
        count(*) filter (is_in_feed) as in_feed,
        count(*) filter (is_in_sitemap) as in_sitemap,
        count(*) filter (is_in_feed and is_in_sitemap) as in_both,
        count(*) filter (is_in_feed or is_in_sitemap) as found
    from lists
    group by all
)
select
    *,
    case when in_feed > 0 and in_sitemap > 0 then (in_feed + 1) * (in_sitemap + 1) / (in_both + 1) - 1 end as estimated,
    found / estimated as coverage
from counted
order by publisher, published_on
