-- publisher_output: how many articles of each publisher we have, by their day of publication.
-- grain: one row per publisher and day with an article of it (publisher, published_on)
-- sources: articles
-- rebuilt: by published_on
--
-- publisher          slug of the publisher
-- published_on       day of first publication, Berlin time
-- is_trial           see articles
-- articles           its articles of that day
-- undated            of these: dated by the day of fetching, for want of a date
-- last_fetched_at    when the last of these arrived, UTC
-- last_published_at  when the last of these that state a date was published, UTC
-- last_known_on      Berlin day on which we first had the last of these
select
    publisher, published_on, is_trial, count(*) as articles, count(*) filter (date_source = 'none') as undated,
    max(fetched_at) as last_fetched_at, max(published_at) filter (date_source <> 'none') as last_published_at,
    max(known_on) as last_known_on
from articles
group by all
order by published_on, publisher
