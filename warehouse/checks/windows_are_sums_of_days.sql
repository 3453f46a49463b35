-- critical: a window's articles and stories are the sums over its days
select r.pair_id, r.published_on, r.window_days, r.articles, sum(d.articles) as summed
from pair_sentiment_rolling as r
join pair_sentiment_daily as d
    on d.pair_id = r.pair_id
    and d.published_on between r.published_on - (r.window_days - 1)::int and r.published_on
where r.window_days = 28
group by r.pair_id, r.published_on, r.window_days, r.articles, r.stories
having r.articles <> sum(d.articles) or r.stories <> sum(d.stories)
