-- pair_publisher_days: pair_days before the publishers are summed: articles of each, stories by who told them first.
-- grain: one row per pair, day and publisher with an article that counts (pair_id, published_on, publisher)
-- sources: article_pairs, articles
-- rebuilt: never, a view: pair_days keeps what follows from it
--
-- pair_id         the pair, a~b
-- published_on    day of first publication, Berlin time
-- publisher       slug of the publisher
-- articles        articles that name both, every copy counted
-- wire_copies     of the articles: wire copies
-- stories         stories about the relation that this publisher told first, each counted on its first day
-- positive        of these: relation_sentiment > 0.2
-- negative        of these: relation_sentiment < -0.2
-- weight          sum of these stories' relevance; null: no story
-- sentiment_sum   sum of relevance x relation_sentiment; null: no story
-- weight_squared  sum of relevance squared; null: no story
-- first_tellings  of the articles: the first of their story to name the two, with a sentence about them
-- hedged_sum      sum of the hedged_share of these; null: none
-- known_on        Berlin day since which all this is known: the last article_pairs.known_on
select
    pair_id, p.published_on, publisher, count(*) as articles, count(*) filter (is_wire_copy) as wire_copies,
    count(relation_sentiment) filter (novelty_rank = 1) as stories,
    count(*) filter (novelty_rank = 1 and relation_sentiment > 0.2) as positive,
    count(*) filter (novelty_rank = 1 and relation_sentiment < -0.2) as negative,
    sum(exact(relevance)) filter (novelty_rank = 1 and relation_sentiment is not null) as weight,
    sum(exact(relevance * relation_sentiment)) filter (novelty_rank = 1) as sentiment_sum,
    sum(exact(relevance ** 2)) filter (novelty_rank = 1 and relation_sentiment is not null) as weight_squared,
    count(hedged_share) filter (novelty_rank = 1) as first_tellings,
    sum(exact(hedged_share)) filter (novelty_rank = 1) as hedged_sum,
    max(p.known_on) as known_on
from article_pairs as p
join articles using (article_id)
where novelty_rank is not null
group by all
