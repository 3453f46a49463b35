-- crawls: what became of every crawl, pages that were refused later aside; see publisher_runs.
-- grain: one row per publisher and crawl (publisher, run_id)
-- sources: lake.crawl_runs
-- rebuilt: by lake_day
--
-- publisher           slug of the publisher
-- run_id              the crawl
-- started_at          when it began, UTC
-- finished_at         when it ended, UTC
-- crawled_on          its day in Berlin
-- minutes             minutes that it took
-- requests            requests sent, robots.txt and lists among them; 0: a WARC file was read
-- listed              articles that the lists named
-- known               of them: landed by an earlier crawl, not fetched again
-- fetched             pages landed
-- blocked             addresses that the publisher kept from us: a wall, robots.txt, HTTP 401, 403, 429, 451
-- lost                addresses without a page for any other reason: 404, timeout, robots.txt unreachable …
-- reserved            landed pages whose publisher reserves text and data mining: nothing of them is kept
-- pages               landed pages that we may read
-- with_title          of these: with a title
-- with_body           the same for the body
-- with_published_at   the same for the date
-- refused             listed, and left aside by ourselves: other hosts and languages, outside the window, over the limit
-- is_heard            a list answered with something new; no: all were unchanged, or a WARC file was read
-- problem             why the crawl counts as failed; null: it does not
-- lake_day            day of the lake that holds the row
with runs as (
    select
        publisher, run_id, started_at, finished_at, (started_at at time zone 'Europe/Berlin')::date as crawled_on,
        epoch(finished_at - started_at) / 60 as minutes, requests, listed, known, landed as fetched,
        map_entries(outcomes::json::map(varchar, int)) as kinds,
        list_sum(list_transform(kinds, lambda e: e.value)) as outcomes,
        list_sum(list_transform(kinds, lambda e: if(
            regexp_matches(e.key, 'blocked|forbidden|rate_limited|http_(401|403|429|451)'), e.value, 0
        ))) as blocked,
        coalesce(list_sum(list_transform(kinds, lambda e: if(
            e.key in ('offsite', 'other_language', 'outside_window', 'beyond_limit', 'duplicate'), e.value, 0
        ))), 0)::int as refused,
        (doubts ->> 'reserved')::int as reserved,
        (fields ->> 'pages')::int as pages, (fields ->> 'title')::int as with_title,
        (fields ->> 'body')::int as with_body, (fields ->> 'published_at')::int as with_published_at,
        requests > 0 and list_bool_and(list_transform(listings ->> '$[*].status', lambda status: status = 'unchanged'))
            is distinct from true as is_heard,
        problem, lake_day
    from lake.crawl_runs
    where publisher <> 'archive'
)
select
    publisher, run_id, started_at, finished_at, crawled_on, minutes, requests, listed, known, fetched,
    coalesce(blocked, 0)::int as blocked, coalesce(outcomes - blocked, 0)::int as lost,
    coalesce(reserved, 0) as reserved,
    pages, with_title, with_body, with_published_at, refused, is_heard, problem, lake_day
from runs
order by publisher, started_at, run_id
