-- pair_withdrawals: pairs that a former version of an article named on a day, and its latest names not, or on another day.
-- grain: one row per article, pair and day that they are gone from (article_id, pair_id, published_on)
-- sources: articles, lake.article_pairs, lake.articles
-- rebuilt: by article_id
--
-- article_id    the article
-- pair_id       the pair, a~b
-- published_on  the day that a former version counted for, Berlin time
-- published_at  first publication as that version had it, UTC
-- story_id      the story that the article tells
-- is_trial      of a publisher on trial: left out of all figures
-- known_on      Berlin day since which it is known that they are gone
with revised as (
    select article_id, version as latest, story_id, is_trial from articles where version > 1 or len(lake_days) > 1
),
versions as (
    select
        article_id, version, latest, v.published_at, v.published_on, r.story_id, r.is_trial,
        min(v.known_on) over (
            partition by article_id order by v.fetched_at, version rows between 1 following and unbounded following
        ) as replaced_on
    from lake.articles as v
    join revised as r using (article_id)
),
named as materialized (
    select v.*, pair_id
    from lake.article_pairs as p
    join versions as v using (article_id, version)
)
select
    article_id, pair_id, published_on, min(published_at) as published_at, any_value(story_id) as story_id,
    any_value(is_trial) as is_trial, max(replaced_on) as known_on
from named
group by article_id, pair_id, published_on
having not bool_or(version = latest)
order by article_id, pair_id, published_on
