-- calendar: every day from the first article to the last.
-- grain: one row per calendar day (published_on)
-- sources: articles
--
-- published_on    day, Berlin time
-- articles_total  articles published on it, of all publishers
with days as (
    select unnest(range(min(published_on), max(published_on) + 1, interval 1 day))::date as published_on from articles
)
select published_on, count(article_id) as articles_total
from days
left join articles using (published_on)
group by published_on
order by published_on
