-- publishers: the outlets that we read.
-- grain: one row per publisher (publisher)
-- sources: articles, publisher_output, seeds.publishers
--
-- publisher  slug, as in articles
-- name       as the publisher writes itself; the slug where a generic spider read it
-- country    ISO 3166-1 alpha-2; null where it is not in our list
-- domain     host of its articles
-- kind       press, business, technology, public_broadcaster, wire, demo …
-- state      on, trial, paused, retired; unlisted: read by a generic spider
with unlisted as (
    select distinct publisher from publisher_output anti join seeds.publishers using (publisher)
)
select
    coalesce(s.publisher, l.publisher) as publisher,
    coalesce(s.name, l.publisher) as name,
    s.country,
    coalesce(s.domain, l.domain) as domain,
    s.kind,
    coalesce(s.state, 'unlisted') as state
from seeds.publishers as s
full join (
    select publisher, min(regexp_extract(url, '^https?://([^/:]+)', 1)) as domain
    from articles
    semi join unlisted using (publisher)
    group by publisher
) as l on l.publisher = s.publisher
order by publisher
