-- listed_pages: pages and the kinds of list that named them, for listed_days; backfilled, undated and unlisted ones left out.
-- grain: one row per day of the lake, publisher, day of publication and page (lake_day, publisher, dated_on, page)
-- sources: lake.raw_articles
-- rebuilt: by lake_day
--
-- lake_day       day of the lake that holds the page
-- publisher      slug of the publisher
-- dated_on       Berlin day of first publication as this fetch of the page stated it; published_on is the article's, of its last version
-- page           hash of its address
-- is_in_feed     its feed named it
-- is_in_sitemap  its news sitemap named it
select
    lake_day, publisher, (published_at at time zone 'Europe/Berlin')::date as dated_on, hash(url) as page,
    bool_or(list_contains(listed_in, 'feed')) as is_in_feed,
    bool_or(list_contains(listed_in, 'sitemap')) as is_in_sitemap
from lake.raw_articles
where published_at is not null and listed_in is not null and not coalesce(is_backfill, false)
group by all
order by lake_day, publisher, dated_on, page
