-- pair_signal_windows: the tone before and after a break, turn, drift, split or first contact, as pair_signals tells it.
-- grain: one row per pair and day on which such a signal opened (pair_id, raised_on)
-- sources: pair_days, pair_signal_runs
-- rebuilt: never, a view: pair_signals keeps what follows from it
--
-- pair_id           the pair, a~b
-- raised_on         the day on which the signal opened, Berlin time
-- sentiment_7       relation_sentiment of the 7 days up to it; null without a story
-- sentiment_before  relation_sentiment of the 28 days before these
-- sentiment_28      relation_sentiment of the 28 days up to it
-- positive          stories of these 28 days with relation_sentiment > 0.2
-- negative          stories of these 28 days with relation_sentiment < -0.2
-- sentiment_low     lower end of the 95 % interval of these 28 days
-- sentiment_high    upper end
with pooled as (
    select
        pair_id, raised_on,
        sum(sentiment_sum) filter (k < 7) as sum_7, sum(weight) filter (k < 7) as weight_7,
        sum(sentiment_sum) filter (k >= 7) as sum_before, sum(weight) filter (k >= 7) as weight_before,
        sum(sentiment_sum) filter (k < 28) as sum_28, sum(weight) filter (k < 28) as weight_28,
        sum(positive) filter (k < 28) as positive, sum(negative) filter (k < 28) as negative,
        nullif(sum(stories) filter (k < 28), 0) as stories,
        effective(weight_28, sum(weight_squared) filter (k < 28)) as n
    from (
        select pair_id, raised_on, unnest(range(35))::int as k, raised_on - k as published_on
        from (
            select distinct pair_id, raised_on
            from pair_signal_runs
            where signal in ('sentiment_break', 'turn', 'drift', 'split', 'first_contact')
        )
    )
    join pair_days using (pair_id, published_on)
    group by pair_id, raised_on
)
select
    pair_id, raised_on,
    sum_7::double / nullif(weight_7::double, 0) as sentiment_7,
    sum_before::double / nullif(weight_before::double, 0) as sentiment_before,
    sum_28::double / nullif(weight_28::double, 0) as sentiment_28,
    positive, negative,
    dirichlet_low(n, positive / stories, negative / stories) as sentiment_low,
    dirichlet_high(n, positive / stories, negative / stories) as sentiment_high
from pooled
