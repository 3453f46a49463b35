-- crawl_permissions: what each host allowed when we asked: robots.txt, crawl delay, text and data mining.
-- grain: one row per crawl and host (run_id, host)
-- sources: lake.crawl_permissions
-- rebuilt: by lake_day
--
-- run_id          the crawl
-- host            host and port that were asked
-- publisher       slug of the publisher
-- checked_at      when robots.txt was read, UTC
-- robots          found; none: all is allowed; unreachable: nothing is
-- crawl_delay     seconds between two requests that robots.txt asks us for
-- barred_bots     known AI bots that robots.txt bars, separated by ", "
-- tdm_file        /.well-known/tdmrep.json: found, none, unreadable
-- tdm_policy      address of the licence offer that a reservation names
-- pages           article pages looked at
-- reserved_pages  of them: text and data mining reserved, so no text was kept
-- reserved_where  JSON: reserved pages by what said so: file, header, meta
-- noai_pages      pages that say noai to robots
-- lake_day        day of the lake that holds the row
select
    run_id, host, publisher, checked_at, robots, crawl_delay, array_to_string(barred_bots, ', ') as barred_bots,
    tdm_file, tdm_policy, pages, reserved_pages, reserved_where, noai_pages, lake_day
from lake.crawl_permissions
order by run_id, host
