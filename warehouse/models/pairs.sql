-- pairs: every two companies that an article names together.
-- grain: one row per pair (pair_id)
-- sources: pair_days
-- rebuilt: by pair_id
--
-- pair_id         the pair, a~b
-- company_a       first company of the pair
-- company_b       second company of the pair
-- first_on        day of the first article that names both, Berlin time
-- first_side_on   day of the first story that takes a side on their relation; null: none yet
-- last_on         day of the last one
-- sentiment_ewma  relation sentiment that loses half its weight every 7 days, up to last_on
select
    pair_id, split_part(pair_id, '~', 1) as company_a, split_part(pair_id, '~', 2) as company_b,
    min(published_on) as first_on,
    min(published_on) filter (positive + negative > 0) as first_side_on, max(published_on) as last_on,
    max_by(sentiment_ewma, published_on) as sentiment_ewma
from pair_days
group by all
