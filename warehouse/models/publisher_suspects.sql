-- publisher_suspects: whether a publisher's lists or pages have changed under its spider, crawl by crawl.
-- grain: one row per publisher and crawl (publisher, run_id)
-- sources: publisher_runs
--
-- publisher          slug of the publisher = name of its spider
-- run_id             the crawl
-- started_at         when it began, UTC
-- crawled_on         its day in Berlin
-- expected           listed, not known, not refused; where a list that usually names articles named none, the usual number
-- low_fields         title, body, published_at: under half of their 28-day median share; null under 10 pages
-- is_none            5 articles or more were expected, none came, and nothing was blocked; null: under 5, or lists unchanged
-- suspect_fields     low, or none (articles), in this crawl and in the judged one before it
-- is_layout_suspect  there is one
with shares as (
    select
        publisher, run_id, started_at,
        with_title / pages as titles, with_body / pages as bodies, with_published_at / pages as dates
    from publisher_runs
    where requests > 0 and pages >= 10
),
held_against as (
    select
        publisher, run_id,
        list_filter([
            if(titles < median(titles) over before / 2, 'title', null),
            if(bodies < median(bodies) over before / 2, 'body', null),
            if(dates < median(dates) over before / 2, 'published_at', null)
        ], lambda field: field is not null) as low_fields
    from shares
    window before as (
        partition by publisher order by started_at
        range between interval 28 days preceding and interval 1 microsecond preceding
    )
),
judged as (
    select
        publisher, run_id, started_at, crawled_on, low_fields,
        case when not is_heard then null when listed > 0 then listed - known - refused
            else median(listed) filter (listed > 0) over before end::int as expected,
        case when fetched > 0 then false when expected >= 5 then blocked = 0 end as is_none
    from publisher_runs
    left join held_against using (publisher, run_id)
    window before as (
        partition by publisher order by started_at
        range between interval 28 days preceding and interval 1 microsecond preceding
    )
)
select
    publisher, run_id, started_at, crawled_on, expected, low_fields, is_none,
    list_sort(list_concat(
        list_intersect(low_fields, lag(low_fields ignore nulls) over past),
        if(is_none and lag(is_none ignore nulls) over past, ['articles'], [])
    )) as suspect_fields,
    len(suspect_fields) > 0 as is_layout_suspect
from judged
window past as (partition by publisher order by started_at)
order by publisher, started_at, run_id
