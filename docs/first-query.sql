-- How did the press write about each pair over the last four weeks of its story?
select
    pair_id,
    max(published_on) as day,
    max_by(stories, published_on) as stories,
    round(max_by(relation_sentiment, published_on), 2) as relation_sentiment,
    round(max_by(sentiment_low, published_on), 2) as sentiment_low,
    round(max_by(sentiment_high, published_on), 2) as sentiment_high
from pair_sentiment_rolling
where window_days = 28 and stories > 0
group by pair_id
order by stories desc, pair_id
limit 12;
