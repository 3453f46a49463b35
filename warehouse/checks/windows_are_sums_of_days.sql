-- critical: on every day looked at a window's articles and stories are the sums over its days
select r.pair_id, r.published_on, r.articles, r.stories, sum(d.articles) as summed
from pair_sentiment_rolling as r
join main.pair_days as d on d.pair_id = r.pair_id and d.published_on between r.published_on - 27 and r.published_on
where contains(getvariable('days_looked_at'), r.published_on) and r.window_days = 28
group by r.pair_id, r.published_on, r.articles, r.stories
having r.articles <> sum(d.articles) or r.stories <> sum(d.stories)
