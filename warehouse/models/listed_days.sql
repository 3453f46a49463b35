-- listed_days: how many pages of a publisher's day each of its lists named, and how many both: see publisher_coverage.
-- grain: one row per publisher and day of publication (publisher, dated_on)
-- sources: listed_pages
-- rebuilt: by dated_on
--
-- publisher   slug of the publisher
-- dated_on    Berlin day of first publication as a fetch of the page stated it; published_on is the article's, of its last version
-- in_feed     pages of the day that its feed named
-- in_sitemap  pages that its news sitemap named
-- in_both     pages that both named
-- found       pages that either named
with pages as (
    select
        publisher, dated_on, page, bool_or(is_in_feed) as is_in_feed, bool_or(is_in_sitemap) as is_in_sitemap
    from listed_pages
    group by all
)
select
    publisher, dated_on,
    count(*) filter (is_in_feed) as in_feed,
    count(*) filter (is_in_sitemap) as in_sitemap,
    count(*) filter (is_in_feed and is_in_sitemap) as in_both,
    count(*) filter (is_in_feed or is_in_sitemap) as found
from pages
group by all
order by dated_on, publisher
