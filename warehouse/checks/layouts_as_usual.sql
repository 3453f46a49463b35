-- warning: no crawl of the last 24 hours lacks a field, its articles or half their words, for the second time running: see scrapy probe
with days as (
    select
        publisher, (fetched_at at time zone 'Europe/Berlin')::date as fetched_on, max(fetched_at) as last_at,
        median(word_count) as words, count(nullif(authors, '')) / count(*) as authors, count(section) / count(*) as sections
    from main.articles
    where fetched_at > (select max(fetched_at) from main.articles) - interval 30 day
    group by all
    having count(*) >= 10
),
held_against as (
    select
        publisher, fetched_on, last_at,
        list_filter([
            if(words < median(words) over before / 2, 'word_count', null),
            if(authors < median(authors) over before / 2, 'authors', null),
            if(sections < median(sections) over before / 2, 'section', null)
        ], lambda field: field is not null) as low_fields
    from days
    window before as (
        partition by publisher order by fetched_on range between interval 28 day preceding and interval 1 day preceding
    )
),
thin as (
    select
        publisher, last_at,
        list_sort(list_intersect(low_fields, lag(low_fields) over (partition by publisher order by fetched_on))) as suspect_fields
    from held_against
)
select publisher, list_sort(list_distinct(flatten(list(suspect_fields)))) as suspect_fields, max(started_at) as started_at
from (
    select publisher, suspect_fields, started_at
    from main.publisher_suspects
    where is_layout_suspect and started_at > (select max(started_at) from main.publisher_suspects) - interval 1 day
    union all
    select publisher, suspect_fields, last_at
    from thin
    where len(suspect_fields) > 0 and last_at > (select max(fetched_at) from main.articles) - interval 1 day
)
group by publisher
order by publisher
