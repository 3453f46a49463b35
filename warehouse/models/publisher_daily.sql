-- publisher_daily: what became of a publisher's crawls, day by day.
-- grain: one row per publisher and day with a crawl (publisher, crawled_on)
-- sources: publisher_runs, publisher_suspects
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
-- suspect_fields      title, body, published_at or articles: missing in two crawls running, see publisher_suspects
-- is_layout_suspect   there is one: have the publisher's pages or lists changed?
select
    publisher,
    crawled_on,
    count(*) as crawls,
    count(problem) as failed_crawls,
    sum(requests)::bigint as requests,
    sum(listed)::bigint as listed,
    sum(known)::bigint as known,
    sum(fetched)::bigint as fetched,
    sum(blocked)::bigint as blocked,
    sum(lost)::bigint as lost,
    coalesce(sum(with_body), 0)::bigint as parsed,
    sum(quarantined)::bigint as quarantined,
    sum(with_title) / nullif(sum(pages), 0) as title_share,
    sum(with_body) / nullif(sum(pages), 0) as body_share,
    sum(with_published_at) / nullif(sum(pages), 0) as published_at_share,
    sum(exact(minutes))::double as minutes,
    list_sort(list_distinct(flatten(list(suspect_fields::varchar[])))) as suspect_fields,
    bool_or(is_layout_suspect) as is_layout_suspect
from publisher_runs
join publisher_suspects using (publisher, run_id, crawled_on)
group by publisher, crawled_on
order by publisher, crawled_on
