-- critical: on every day looked at each window's articles and stories are the sums over its days; no window is missing
with days as (
    select pair_id, l.published_on, window_days, articles, stories
    from (select unnest(getvariable('days_looked_at')) as published_on) as l
    cross join (values (7), (28), (91)) as w (window_days)
    join main.pair_days as d on d.published_on > l.published_on - window_days and d.published_on <= l.published_on
    semi join pairs_looked_at using (pair_id)
    where d.published_on > list_min(getvariable('days_looked_at')) - 91
),
summed as (
    select pair_id, published_on, window_days, sum(articles) as articles, sum(stories) as stories from days group by all
),
shown as (
    select pair_id, published_on, window_days, articles, stories
    from pair_sentiment_rolling
    where contains(getvariable('days_looked_at'), published_on) and hash(pair_id) <= getvariable('last_hash')
        and articles > 0
)
select pair_id, published_on, window_days, s.articles as summed, r.articles, s.stories as summed_stories, r.stories
from summed as s
full join shown as r using (pair_id, published_on, window_days)
where (s.articles, s.stories) is distinct from (r.articles, r.stories)
