-- calendar: every day from the first article that counts to the last.
-- grain: one row per calendar day (published_on)
-- sources: publisher_coverage, publisher_output
--
-- published_on     day, Berlin time
-- articles_total   articles published on it, of all publishers but those on trial
-- articles_before  the same of all days before
-- coverage         mean over the publishers of found / estimated articles of the day; null: cannot be told
-- is_complete      some article not of a trial was fetched after the day was over; a publisher whose crawl failed since may still lack some: see publisher_runs
with counted as (
    select published_on, sum(articles)::bigint as articles from publisher_output where not is_trial group by published_on
),
days as (
    select unnest(range(min(published_on), max(published_on) + 1, interval 1 day))::date as published_on from counted
),
covered as (
    select published_on, avg(exact(coverage)) as coverage from publisher_coverage group by published_on
)
select
    published_on,
    coalesce(articles, 0) as articles_total,
    coalesce(sum(articles) over (order by published_on rows between unbounded preceding and 1 preceding), 0)::bigint
        as articles_before,
    coverage,
    published_on < (select (max(last_fetched_at) at time zone 'Europe/Berlin')::date from publisher_output where not is_trial)
        as is_complete
from days
left join counted using (published_on)
left join covered using (published_on)
order by published_on
