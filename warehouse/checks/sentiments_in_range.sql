-- critical: every sentiment lies between -1 and +1
select 'article_pairs' as model, pair_id as id, published_on, relation_sentiment as sentiment
from article_pairs where abs(relation_sentiment) > 1 + 1e-9
union all
select 'pair_days', pair_id, published_on, sentiment_sum::double / weight::double
from pair_days where abs(sentiment_sum) > weight + 1e-9 or abs(sentiment_ewma) > 1 + 1e-9
union all
select 'company_sentiment_daily', company_id, published_on, company_sentiment
from company_sentiment_daily where abs(company_sentiment) > 1 + 1e-9
