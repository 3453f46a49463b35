-- pair_sentiment_daily: how much, and in which tone, the press wrote about two companies together, day by day.
-- grain: one row per pair and calendar day from the first co-mention on (pair_id, published_on)
-- sources: article_pairs, articles, calendar, company_sentiment_daily, publisher_coverage
--
-- pair_id              the pair, a~b
-- company_a            first company of the pair
-- company_b            second company of the pair
-- published_on         day of first publication, Berlin time
-- articles             articles that name both, every copy counted
-- publishers           publishers of these articles
-- articles_a           articles that name company_a
-- articles_b           articles that name company_b
-- articles_total       all articles of the day
-- attention            1,000 x articles / articles_total; null on a day without articles
-- share_a              articles_a / (articles_a + articles_b); null without either
-- lift                 articles x articles_total / (articles_a x articles_b); null under 5 articles each
-- wire_share           share of the articles that are wire copies; null without articles
-- stories              stories about the relation, each counted on its first day
-- positive             of these: relation_sentiment > 0.2
-- neutral              of these: between -0.2 and 0.2
-- negative             of these: relation_sentiment < -0.2
-- weight               sum of the stories' relevance: adds up over days
-- sentiment_sum        sum of relevance x relation_sentiment: adds up over days
-- weight_squared       sum of relevance squared: adds up over days
-- relation_sentiment   sentiment_sum / weight, -1 to +1; null without a story
-- effective_n          weight squared / weight_squared: how many equal stories the weights amount to
-- disagreement         1 - |positive - negative| / (positive + negative); null without either
-- hedged_share         mean of the stories' hedged_share
-- company_sentiment_a  of all articles of the day that name company_a; see company_sentiment_daily
-- company_sentiment_b  the same for company_b
-- sentiment_gap        company_sentiment_a - company_sentiment_b
-- coverage             mean over the publishers of found / estimated articles of the day; null: cannot be told
with pairs as (
    select pair_id, company_a, company_b, min(published_on) as first_on from article_pairs group by all
),
found as (
    select
        pair_id,
        p.published_on,
        count(*) as articles,
        count(distinct publisher) as publishers,
        count(*) filter (is_wire_copy) as wire_copies,
        count(relation_sentiment) filter (novelty_rank = 1) as stories,
        count(*) filter (novelty_rank = 1 and relation_sentiment > 0.2) as positive,
        count(*) filter (novelty_rank = 1 and relation_sentiment < -0.2) as negative,
        sum(exact(relevance)) filter (novelty_rank = 1 and relation_sentiment is not null)::double as weight,
        sum(exact(relevance * relation_sentiment)) filter (novelty_rank = 1)::double as sentiment_sum,
        sum(exact(relevance ** 2)) filter (novelty_rank = 1 and relation_sentiment is not null)::double
            as weight_squared,
        avg(exact(hedged_share)) filter (novelty_rank = 1) as hedged_share
    from article_pairs as p
    join articles using (article_id)
    group by all
),
covered as (
    select published_on, avg(exact(coverage)) as coverage from publisher_coverage group by published_on
)
select
    pair_id, company_a, company_b, c.published_on,
    coalesce(f.articles, 0) as articles,
    coalesce(f.publishers, 0) as publishers,
    coalesce(a.articles, 0) as articles_a,
    coalesce(b.articles, 0) as articles_b,
    articles_total,
    1000 * coalesce(f.articles, 0) / nullif(articles_total, 0) as attention,
    coalesce(a.articles, 0) / nullif(coalesce(a.articles, 0) + coalesce(b.articles, 0), 0) as share_a,
    case when a.articles >= 5 and b.articles >= 5
        then coalesce(f.articles, 0) * articles_total / (a.articles * b.articles) end as lift,
    wire_copies / f.articles as wire_share,
    coalesce(f.stories, 0) as stories,
    coalesce(f.positive, 0) as positive,
    coalesce(f.stories - f.positive - f.negative, 0) as neutral,
    coalesce(f.negative, 0) as negative,
    coalesce(weight, 0) as weight,
    coalesce(f.sentiment_sum, 0) as sentiment_sum,
    coalesce(weight_squared, 0) as weight_squared,
    f.sentiment_sum / nullif(weight, 0) as relation_sentiment,
    coalesce(weight ** 2 / nullif(weight_squared, 0), 0) as effective_n,
    1 - abs(f.positive - f.negative) / nullif(f.positive + f.negative, 0) as disagreement,
    hedged_share,
    a.company_sentiment as company_sentiment_a,
    b.company_sentiment as company_sentiment_b,
    a.company_sentiment - b.company_sentiment as sentiment_gap,
    coverage
from pairs
join calendar as c on c.published_on >= first_on
left join found as f using (pair_id, published_on)
left join covered using (published_on)
left join company_sentiment_daily as a on a.company_id = company_a and a.published_on = c.published_on
left join company_sentiment_daily as b on b.company_id = company_b and b.published_on = c.published_on
order by pair_id, published_on
