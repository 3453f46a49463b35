-- pair_sentences: every sentence about two companies, and what it says of their relation.
-- grain: one row per sentence and pair (article_id, sentence_no, pair_id)
-- sources: articles, lake.pair_sentences
-- rebuilt: by article_id
--
-- article_id          the article
-- sentence_no         0 is the title, 1 the body's first sentence
-- pair_id             the pair, a~b
-- relation_sentiment  -1, 0, +1
-- relation_kind       deal, takeover, investment, cooperation, supply, dispute, lawsuit, competition, …
-- cue                 the word or phrase that decided; null: none did
-- confidence          0 to 1: estimated chance that relation_sentiment is right; may be below 1/3 where 0 only avoids a flipped sign: a sign was likelier
-- reach               direct; carried, anaphor, relation_noun: how the pair is in the sentence
-- is_hedged           said, not stated: soll, laut, könnte
-- is_quoted           said inside quotation marks
-- is_past             of a state that is over
-- excerpt             at most 160 characters of the sentence, around the cue
-- lake_day            day of the lake that holds the row
select
    article_id,
    sentence_no,
    pair_id,
    relation_sentiment,
    relation_kind,
    cue,
    confidence,
    reach,
    is_hedged,
    is_quoted,
    is_past,
    excerpt,
    lake_day
from lake.pair_sentences
join articles using (article_id, version)
order by storage_year(lake_day), pair_id, article_id, sentence_no
