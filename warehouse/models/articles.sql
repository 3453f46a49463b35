-- articles: every article that we have, in its latest version. The full text stays in the lake.
-- grain: one row per article (article_id)
-- sources: lake.articles, seeds.publishers
-- rebuilt: by article_id
--
-- article_id    hash of the canonical url
-- url           canonical address
-- publisher     slug of the publisher
-- is_trial      of a publisher on trial, or in no list of ours: kept and scored, but left out of all figures
-- title         as printed
-- authors       as printed, separated by "; "
-- section       the publisher's own section
-- published_at  first publication, UTC
-- published_on  its day in Berlin
-- known_on      Berlin day on which we first had the article
-- revised_on    Berlin day on which we first had this version
-- fetched_at    when this version arrived, UTC
-- lake_days     days of the lake that hold a version of it
-- modified_at   last change as the publisher states it
-- date_source   where published_at came from: jsonld, meta, feed, time_tag, text; none: the day of fetching
-- version       1, +1 for every fetch with a changed text
-- story_id      article_id of the first of the near-copies of one text
-- agency        news agency credited, e.g. dpa
-- is_wire_copy  an agency's text, or a near-copy of another publisher's
-- text_status   full, unknown: how much of the text we have
-- word_count    words of the body
-- article_key   short_hash(article_id), by which a build finds it sooner
-- story_key     short_hash(story_id)
with twice as (
    select hash(article_id) as id from lake.articles group by id having count(*) > 1
),
again as (
    select
        article_id, min(known_on) as first_known_on, max((fetched_at, version)) as last,
        list(distinct (fetched_at at time zone 'UTC')::date order by (fetched_at at time zone 'UTC')::date) as days
    from lake.articles
    where hash(article_id) in (from twice)
    group by article_id
    having count(*) > 1
)
select
    article_id,
    url,
    publisher,
    coalesce(state, 'trial') = 'trial' as is_trial,
    title,
    array_to_string(authors, '; ') as authors,
    section,
    published_at,
    published_on,
    coalesce(first_known_on, known_on) as known_on,
    known_on as revised_on,
    fetched_at,
    coalesce(days, [(fetched_at at time zone 'UTC')::date]) as lake_days,
    modified_at,
    date_source,
    version,
    story_id,
    agency,
    is_wire_copy,
    text_status,
    word_count,
    short_hash(article_id) as article_key,
    short_hash(story_id) as story_key
from lake.articles
left join again using (article_id)
left join seeds.publishers using (publisher)
where last is null or last = (fetched_at, version)
