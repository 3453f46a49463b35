-- publisher_runs: what became of every crawl.
-- grain: one row per publisher and crawl (publisher, run_id)
-- sources: crawls, quarantine
-- rebuilt: never, a view: crawls and quarantine change on days of their own
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
-- refused             listed, and left aside by ourselves: other hosts and languages, outside the window, over the limit
-- is_heard            a list answered with something new; no: all were unchanged, or a WARC file was read
-- problem             why the crawl counts as failed; null: it does not
select
    publisher, run_id, started_at, crawled_on, minutes, requests, listed, known, fetched, blocked, lost, reserved,
    coalesce(quarantined, 0)::int as quarantined, pages, with_title, with_body, with_published_at, refused, is_heard, problem
from crawls
left join (
    select publisher, run_id, count(distinct url) as quarantined from quarantine group by all
) using (publisher, run_id)
