-- quarantine: what we refused, and why. The whole row stays in the lake, so that it can be replayed.
-- grain: one row per stage, crawl, address and reason (stage, run_id, url, reason)
-- sources: lake.quarantine
-- rebuilt: by lake_day
--
-- stage       the stage that refused it: clean, validate
-- run_id      the crawl that landed it
-- url         address of the article
-- reason      one word: not_german, no_date, no_body, teaser, duplicate_url, contract:title …
-- publisher   slug of the publisher
-- fetched_at  when the page arrived, UTC
-- detail      what was found, and what to do
-- lake_day    day of the lake that holds the row
select stage, run_id, url, reason, publisher, fetched_at, detail, lake_day
from lake.quarantine
order by stage, run_id, url, reason
