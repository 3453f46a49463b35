-- critical: every sentiment lies between -1 and +1
select 'article_pairs' as model, pair_id as id, published_on, relation_sentiment as sentiment
from article_pairs where abs(relation_sentiment) > 1 + 1e-9
union all
select 'pair_sentiment_daily', pair_id, published_on, relation_sentiment
from pair_sentiment_daily where abs(relation_sentiment) > 1 + 1e-9
union all
select 'pair_sentiment_rolling', pair_id, published_on, relation_sentiment
from pair_sentiment_rolling where abs(relation_sentiment) > 1 + 1e-9
union all
select 'company_sentiment_daily', company_id, published_on, company_sentiment
from company_sentiment_daily where abs(company_sentiment) > 1 + 1e-9
