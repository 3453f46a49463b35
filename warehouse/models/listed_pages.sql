-- listed_pages: pages of which we know what kinds of list named them: what listed_days counts.
-- grain: one row per day of the lake, publisher, day of publication and page (lake_day, publisher, dated_on, page)
-- sources: lake.raw_articles
-- rebuilt: by lake_day
--
-- lake_day       day of the lake that holds the page
-- publisher      slug of the publisher
-- dated_on       day of first publication, Berlin time
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
