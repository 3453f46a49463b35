-- freshness: how new what we have of each publisher is. Blocked is not empty, quiet is not blind.
-- grain: one row per publisher (publisher)
-- sources: articles, crawls, publisher_output, publishers
--
-- publisher          slug of the publisher
-- state              on, trial, paused, retired, unlisted
-- last_crawl_at      when the last crawl ended, UTC; null: none is on record
-- last_problem       why that crawl counts as failed; null: it does not
-- last_fetched_at    when the last article arrived, UTC
-- last_published_at  first publication of its youngest article that states a date, UTC
-- last_known_on      Berlin day on which we last learned of an article
-- articles           all articles
-- articles_7d        articles first known in the 7 days up to the last day on which we learned of any article
with counted as (
    select
        publisher, max(last_fetched_at) as last_fetched_at, max(last_published_at) as last_published_at,
        max(last_known_on) as last_known_on, sum(articles)::bigint as articles
    from publisher_output
    group by publisher
),
recent as (
    select publisher, count(*) as articles_7d
    from articles
    where known_on > (select max(last_known_on) from publisher_output) - 7
    group by publisher
),
crawled as (
    select publisher, max(finished_at) as last_crawl_at, arg_max_null(problem, finished_at) as last_problem
    from crawls
    group by publisher
)
select
    publisher, state, last_crawl_at, last_problem, last_fetched_at, last_published_at, last_known_on,
    coalesce(articles, 0) as articles,
    coalesce(articles_7d, 0) as articles_7d
from publishers
left join counted using (publisher)
left join recent using (publisher)
left join crawled using (publisher)
where state = 'on' or articles is not null or last_crawl_at is not null
order by publisher
