-- critical: pair_sentiment_daily has every calendar day from a pair's first co-mention to the last day with an article
select pair_id, count(*) as days, (select max(published_on) from articles) - min(published_on) + 1 as expected
from pair_sentiment_daily
group by pair_id
having days <> expected
