-- pair_sentiment_daily: how much, and in which tone, the press wrote about two companies together, day by day.
-- grain: one row per pair and calendar day from the first co-mention on (pair_id, published_on)
-- sources: calendar, company_sentiment_daily, pair_days, pairs
-- rebuilt: never, a view: quiet days are not stored
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
-- is_complete          the day was over when an article was last fetched; see calendar
with days as (
    select * from pair_days
    union all by name
    select
        pair_id, company_a, company_b, c.published_on, 0 as articles, 0 as publishers, 0 as stories, 0 as positive,
        0 as negative, 0 as weight, 0 as sentiment_sum, 0 as weight_squared
    from calendar as c
    join pairs as p on c.published_on >= first_on
    anti join pair_days as d on d.pair_id = p.pair_id and d.published_on = c.published_on
)
select
    pair_id, company_a, company_b, d.published_on,
    d.articles::bigint as articles,
    d.publishers::bigint as publishers,
    coalesce(a.articles, 0) as articles_a,
    coalesce(b.articles, 0) as articles_b,
    articles_total,
    1000 * d.articles / nullif(articles_total, 0) as attention,
    coalesce(a.articles, 0) / nullif(coalesce(a.articles, 0) + coalesce(b.articles, 0), 0) as share_a,
    case when a.articles >= 5 and b.articles >= 5
        then d.articles * articles_total / (a.articles * b.articles) end as lift,
    wire_copies / nullif(d.articles, 0) as wire_share,
    d.stories::bigint as stories,
    d.positive::bigint as positive,
    (d.stories - d.positive - d.negative)::bigint as neutral,
    d.negative::bigint as negative,
    weight::double as weight,
    d.sentiment_sum::double as sentiment_sum,
    weight_squared::double as weight_squared,
    d.sentiment_sum::double / nullif(weight::double, 0) as relation_sentiment,
    coalesce(weight::double ** 2 / nullif(weight_squared::double, 0), 0) as effective_n,
    1 - abs(d.positive - d.negative) / nullif(d.positive + d.negative, 0) as disagreement,
    hedged_share,
    a.company_sentiment as company_sentiment_a,
    b.company_sentiment as company_sentiment_b,
    a.company_sentiment - b.company_sentiment as sentiment_gap,
    coverage,
    is_complete
from days as d
join calendar as c on c.published_on = d.published_on
left join company_sentiment_daily as a on a.company_id = company_a and a.published_on = d.published_on
left join company_sentiment_daily as b on b.company_id = company_b and b.published_on = d.published_on
