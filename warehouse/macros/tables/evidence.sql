-- evidence(pair, from_on, to_on): the sentences behind a pair's figure over these days, the heaviest first.
--
-- published_on        day of first publication, Berlin time
-- publisher           slug of the publisher
-- title               title of the article, the first of its story: copies have no vote
-- sentence_no         0 is the title, 1 the body's first sentence
-- relation_sentiment  -1, 0, +1: what the sentence says of the relation
-- relation_kind       deal, takeover, lawsuit …
-- cue                 the word or phrase that decided
-- is_hedged           said, not stated
-- excerpt             at most 160 characters around the cue
-- share               the sentence's share in the figure: the article's relevance x its confidence, the title x 1.5, hedged ones half
-- contribution        share x relation_sentiment: what the figure would lose if the sentence were neutral
-- url                 address of the article
create macro evidence(pair, from_on, to_on) as table
with told as (
    select article_id, relevance / sum(relevance) over () as article_share
    from article_pairs
    where pair_id = pair and novelty_rank = 1 and relation_sentiment is not null
        and published_on between from_on::date and to_on::date
),
votes as (
    select *, confidence * if(sentence_no = 0, 1.5, 1) * if(is_hedged, 0.5, 1) as vote
    from pair_sentences
    join told using (article_id)
    where pair_id = pair
)
select
    published_on, publisher, title, sentence_no, relation_sentiment, relation_kind, cue, is_hedged, excerpt,
    article_share * vote / nullif(sum(vote) over (partition by article_id), 0) as share,
    share * relation_sentiment as contribution,
    url
from votes
join articles using (article_id)
where published_on between from_on::date and to_on::date
order by abs(contribution) desc, share desc, article_id, sentence_no;
