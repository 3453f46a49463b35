-- publisher_daily: what became of a publisher's crawls, day by day.
-- grain: one row per publisher and day with a crawl (publisher, crawled_on)
-- sources: lake.crawl_runs, lake.quarantine
--
-- publisher           slug of the publisher
-- crawled_on          Berlin day on which the crawls began
-- crawls              crawls that ended; one that was killed is not among them
-- failed_crawls       of these: with a problem
-- requests            requests sent, robots.txt and lists among them
-- listed              articles that the lists named
-- known               of them: landed by an earlier crawl, not fetched again
-- fetched             pages landed
-- blocked             addresses that the publisher kept from us: a wall, robots.txt, HTTP 401, 403, 429, 451
-- lost                addresses without a page for any other reason: 404, timeout …
-- parsed              landed pages with a body
-- quarantined         landed pages that clean or validate refused; a page refused twice counts once
-- title_share         share of the landed pages, reserved ones aside, with a title
-- body_share          the same for the body
-- published_at_share  the same for the date
-- minutes             minutes that the crawls took
-- is_layout_suspect   10 pages or more, and a share fell under 0.7 of its mean in the 28 days before: selectors broke?
with refused as (
    select run_id, count(distinct url) as quarantined from lake.quarantine group by run_id
),
daily as (
    select
        publisher,
        (started_at at time zone 'Europe/Berlin')::date as crawled_on,
        count(*) as crawls,
        count(problem) as failed_crawls,
        sum(requests)::bigint as requests,
        sum(listed)::bigint as listed,
        sum(known)::bigint as known,
        sum(landed)::bigint as fetched,
        sum(list_sum(list_transform(map_entries(outcomes::json::map(varchar, int)), lambda e: if(
            regexp_matches(e.key, 'blocked|forbidden|rate_limited|http_(401|403|429|451)'), e.value, 0
        ))))::bigint as blocked,
        sum(list_sum(map_values(outcomes::json::map(varchar, int))))::bigint as outcomes,
        coalesce(sum((doubts ->> '$.reserved')::int), 0)::bigint as reserved,
        coalesce(sum((doubts ->> '$.no_title')::int), 0)::bigint as no_title,
        coalesce(sum((doubts ->> '$.no_body')::int), 0)::bigint as no_body,
        coalesce(sum((doubts ->> '$.no_published_at')::int), 0)::bigint as no_published_at,
        coalesce(sum(quarantined), 0)::bigint as quarantined,
        sum(epoch(finished_at - started_at)) / 60 as minutes
    from lake.crawl_runs
    left join refused using (run_id)
    group by all
)
select
    publisher, crawled_on, crawls, failed_crawls, requests, listed, known, fetched,
    coalesce(blocked, 0) as blocked,
    coalesce(outcomes - blocked, 0) as lost,
    fetched - reserved - no_body as parsed,
    quarantined,
    1 - no_title / nullif(fetched - reserved, 0) as title_share,
    1 - no_body / nullif(fetched - reserved, 0) as body_share,
    1 - no_published_at / nullif(fetched - reserved, 0) as published_at_share,
    minutes,
    fetched >= 10 and coalesce(
        title_share < 0.7 * avg(title_share) over before
        or body_share < 0.7 * avg(body_share) over before
        or published_at_share < 0.7 * avg(published_at_share) over before, false
    ) as is_layout_suspect
from daily
window before as (
    partition by publisher order by crawled_on
    range between interval 28 days preceding and interval 1 day preceding
)
order by publisher, crawled_on
