-- The ten pairs with the most to tell: each on the day when its last 91 days held the most stories.
select
    pair_id,
    max_by(published_on, stories) as published_on,
    max(stories) as stories,
    round(max_by(relation_sentiment, stories), 2) as relation_sentiment,
    round(max_by(sentiment_low, stories), 2) as sentiment_low,
    round(max_by(sentiment_high, stories), 2) as sentiment_high
from pair_sentiment_rolling
where window_days = 91
group by pair_id
having max(stories) > 0
order by stories desc, pair_id
limit 10;
