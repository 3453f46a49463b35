-- publisher_coverage: how much of what a publisher published we have, by capture and recapture of its two lists.
-- grain: one row per publisher and day of publication (publisher, published_on)
-- sources: listed_days
-- rebuilt: never, a view: a few divisions, and its rows change on days of their own
--
-- publisher     slug of the publisher
-- published_on  day of first publication as the pages state it, impossible ones too, Berlin time
-- in_feed       articles of the day that its feed named
-- in_sitemap    articles that its news sitemap named
-- in_both       articles that both named
-- found         articles that either named; one that states two days one after the other is counted on both
-- estimated     (in_feed + 1)(in_sitemap + 1)/(in_both + 1) - 1 (Chapman); null where only one list named any
-- coverage      found / estimated; null where only one list named any
select
    publisher, dated_on as published_on, in_feed, in_sitemap, in_both, found,
    case when in_feed > 0 and in_sitemap > 0 then (in_feed + 1) * (in_sitemap + 1) / (in_both + 1) - 1 end as estimated,
    found / estimated as coverage
from listed_days
order by publisher, published_on
