-- article_pairs: what an article says of each two companies that it names.
-- grain: one row per article and pair (article_id, pair_id)
-- sources: articles, lake.article_pairs, pair_withdrawals
-- rebuilt: by article_id
--
-- article_id           the article
-- pair_id              the pair, a~b
-- company_a            first company of the pair
-- company_b            second company of the pair
-- published_on         day of first publication, Berlin time
-- story_id             the story that the article tells
-- sentences            sentences about the pair, near-identical ones once
-- dominance            mentions of the two / mentions of all companies
-- relevance            0 to 1: (0.3 both in title + 0.2 both in lead + 0.5 min(1, sentences/3)) x dominance
-- relation_sentiment   -1 to +1: mean over the sentences by confidence, the title x 1.5, hedged ones half; null: no sentence
-- company_sentiment_a  -1 to +1: mean over the article's sentences on company_a
-- company_sentiment_b  -1 to +1: the same for company_b
-- sentiment_gap        company_sentiment_a - company_sentiment_b
-- hedged_share         0 to 1: hedged sentences / sentences
-- novelty_rank         1 for the first article of the story that names the pair, 2 for its first copy …; null: trial, counts not
-- novelty              0.75 ^ (novelty_rank - 1)
-- known_on             Berlin day since which this version and the story before it are known; not moved by another's published_at corrected within its day
-- best_sentence_no     the sentence that speaks loudest for relation_sentiment
with told as (
    select p.*, published_on, published_at, is_trial, story_id, revised_on
    from lake.article_pairs as p
    join articles using (article_id, version)
),
copied as (
    select distinct story_id from articles where story_id <> article_id
),
tellers as (
    select article_id, pair_id, story_id, published_at, revised_on, false as is_gone from told where not is_trial
    union all
    select article_id, pair_id, story_id, published_at, known_on, true from pair_withdrawals where not is_trial
),
ranked as (
    select
        article_id, pair_id, is_gone,
        count(*) filter (not is_gone) over earlier as rank, max(revised_on) over earlier as known_on
    from tellers
    semi join copied using (story_id)
    window earlier as (partition by story_id, pair_id order by published_at, article_id, is_gone rows unbounded preceding)
    qualify not is_gone
)
select
    article_id,
    pair_id,
    company_a,
    company_b,
    published_on,
    story_id,
    sentences,
    dominance,
    relevance,
    relation_sentiment,
    company_sentiment_a,
    company_sentiment_b,
    sentiment_gap,
    hedged_share,
    case when not is_trial then coalesce(rank, 1) end as novelty_rank,
    power(0.75, novelty_rank - 1) as novelty,
    coalesce(known_on, revised_on) as known_on,
    best_sentence_no
from told
left join ranked using (article_id, pair_id)
