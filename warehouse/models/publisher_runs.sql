-- publisher_runs: what became of every crawl, and whether a publisher's lists or pages have changed under it.
-- grain: one row per publisher and crawl (publisher, run_id)
-- sources: lake.crawl_runs, lake.quarantine
--
-- publisher           slug of the publisher
-- run_id              the crawl
-- started_at          when it began, UTC
-- crawled_on          its day in Berlin
-- minutes             minutes that it took
-- requests            requests sent, robots.txt and lists among them; 0: a WARC file was read
-- listed              articles that the lists named
-- known               of them: landed by an earlier crawl, not fetched again
-- fetched             pages landed
-- blocked             addresses that the publisher kept from us: a wall, robots.txt, HTTP 401, 403, 429, 451
-- lost                addresses without a page for any other reason: 404, timeout, robots.txt unreachable …
-- reserved            landed pages whose publisher reserves text and data mining: nothing of them is kept
-- quarantined         landed pages that clean or validate refused; a page refused twice counts once
-- pages               landed pages that we may read
-- with_title          of these: with a title
-- with_body           the same for the body
-- with_published_at   the same for the date
-- expected            pages that should have come: what was listed and not known; the usual number if nothing was listed
-- suspect_fields      title, body, published_at: under half of the 28-day median, twice running; articles: none came
-- is_layout_suspect   there is one; crawls of under 10 pages are passed over, or for articles of under 5 expected
-- problem             why the crawl counts as failed; null: it does not
with refused as (
    select publisher, run_id, count(distinct url) as quarantined from lake.quarantine group by all
),
runs as (
    select
        publisher, run_id, started_at, (started_at at time zone 'Europe/Berlin')::date as crawled_on,
        epoch(finished_at - started_at) / 60 as minutes,
        requests, listed, known, landed as fetched,
        list_sum(list_transform(map_entries(outcomes::json::map(varchar, int)), lambda e: if(
            regexp_matches(e.key, 'blocked|forbidden|rate_limited|http_(401|403|429|451)'), e.value, 0
        ))) as blocked,
        list_sum(map_values(outcomes::json::map(varchar, int))) as outcomes,
        (doubts ->> 'reserved')::int as reserved, quarantined,
        (fields ->> 'pages')::int as pages, (fields ->> 'title')::int as with_title,
        (fields ->> 'body')::int as with_body, (fields ->> 'published_at')::int as with_published_at,
        problem
    from lake.crawl_runs
    left join refused using (publisher, run_id)
    where publisher <> 'archive'
),
held_against as (
    select
        *,
        if(listed > 0, listed - known, median(listed) over before)::int as expected,
        case when pages >= 10 then {
            'title': with_title / pages < median(with_title / pages) over before / 2,
            'body': with_body / pages < median(with_body / pages) over before / 2,
            'published_at': with_published_at / pages < median(with_published_at / pages) over before / 2
        } end as low,
        case when requests > 0 and expected >= 5 then fetched = 0 and coalesce(blocked, 0) = 0 end as is_none
    from runs
    window before as (
        partition by publisher order by started_at
        range between interval 28 days preceding and interval 1 microsecond preceding
    )
),
compared as (
    select *, lag(low ignore nulls) over before as was_low, lag(is_none ignore nulls) over before as was_none
    from held_against
    window before as (partition by publisher order by started_at)
)
select
    publisher, run_id, started_at, crawled_on, minutes, requests, listed, known, fetched,
    coalesce(blocked, 0)::int as blocked, coalesce(outcomes - blocked, 0)::int as lost,
    coalesce(reserved, 0) as reserved, coalesce(quarantined, 0)::int as quarantined,
    pages, with_title, with_body, with_published_at, expected,
    list_filter([
        if(low.title and was_low.title, 'title', null), if(low.body and was_low.body, 'body', null),
        if(low.published_at and was_low.published_at, 'published_at', null), if(is_none and was_none, 'articles', null)
    ], lambda field: field is not null) as suspect_fields,
    len(suspect_fields) > 0 as is_layout_suspect,
    problem
from compared
order by publisher, started_at, run_id
