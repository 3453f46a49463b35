-- critical: on every day looked at an interval contains its estimate and lies within -1 … +1
select pair_id, published_on, window_days, sentiment_low, sentiment_estimate, sentiment_high
from pair_sentiment_rolling
where contains(getvariable('days_looked_at'), published_on) and hash(pair_id) <= getvariable('last_hash')
    and (sentiment_estimate not between sentiment_low and sentiment_high or sentiment_low < -1 or sentiment_high > 1)
