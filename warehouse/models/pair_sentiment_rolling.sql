-- pair_sentiment_rolling: the tone of a relation over the last 7, 28 or 91 days, and how sure it is.
-- grain: one row per pair, calendar day and window (pair_id, published_on, window_days)
-- sources: pair_sentiment_daily, company_sentiment_daily
--
-- pair_id              the pair, a~b
-- published_on         last day of the window, Berlin time
-- window_days          length of the window in days: 7, 28, 91
-- articles             articles of the window that name both
-- stories              stories of the window about the relation
-- positive             of these: relation_sentiment > 0.2
-- neutral              of these: between -0.2 and 0.2
-- negative             of these: relation_sentiment < -0.2
-- relation_sentiment   sum of sentiment_sum / sum of weight, -1 to +1; null without a story
-- effective_n          (sum of weight) squared / sum of weight_squared
-- sentiment_low        lower end of the 95 % interval, Dirichlet(1/2, 1/2, 1/2) over the shares
-- sentiment_high       upper end; -1 … +1 without a story: nothing is known
-- sentiment_estimate   middle of the interval: shrunk towards 0 when stories are few; null without a story
-- is_reliable          effective_n >= 5 and the interval no wider than 1
-- sentiment_ewma       ratio of sums that lose half their weight every 7 days; the same for all windows
-- company_sentiment_a  of all articles of the window that name company_a
-- company_sentiment_b  the same for company_b
-- sentiment_gap        company_sentiment_a - company_sentiment_b
-- expected_articles    articles_total of the day x the pair's share over the 56 days before
-- attention_p          P(Poisson(expected_articles) >= articles of the day)
with daily as (
    select
        d.* exclude (articles_a, articles_b, weight, sentiment_sum, weight_squared),
        exact(weight) as weight, exact(d.sentiment_sum) as sentiment_sum, exact(weight_squared) as weight_squared,
        exact(a.sentiment_sum) as sum_a, a.stories as stories_a, exact(b.sentiment_sum) as sum_b,
        b.stories as stories_b,
        power(2, (d.published_on - min(d.published_on) over (partition by pair_id)) / 7) as growth
    from pair_sentiment_daily as d
    left join company_sentiment_daily as a on a.company_id = d.company_a and a.published_on = d.published_on
    left join company_sentiment_daily as b on b.company_id = d.company_b and b.published_on = d.published_on
),
summed as (
    select
        pair_id, published_on, articles as articles_today, articles_total,
        {
            'articles': sum(articles) over past, 'stories': sum(stories) over past,
            'positive': sum(positive) over past, 'neutral': sum(neutral) over past,
            'negative': sum(negative) over past, 'weight': sum(weight) over past,
            'tone': sum(sentiment_sum) over past, 'squared': sum(weight_squared) over past,
            'sum_a': coalesce(sum(sum_a) over past, 0), 'stories_a': coalesce(sum(stories_a) over past, 0),
            'sum_b': coalesce(sum(sum_b) over past, 0), 'stories_b': coalesce(sum(stories_b) over past, 0)
        } as s,
        sum(sentiment_sum::double * growth) over past / nullif(sum(weight::double * growth) over past, 0)
            as sentiment_ewma,
        articles_total * (sum(articles) over before / nullif(sum(articles_total) over before, 0)) as expected_articles
    from daily
    window
        past as (partition by pair_id order by published_on rows unbounded preceding),
        before as (partition by pair_id order by published_on rows between 56 preceding and 1 preceding)
),
pooled as (
    select
        n.* exclude (s), window_days,
        added(n.s.articles, o.s.articles)::bigint as articles, added(n.s.stories, o.s.stories)::bigint as stories,
        added(n.s.positive, o.s.positive)::bigint as positive, added(n.s.neutral, o.s.neutral)::bigint as neutral,
        added(n.s.negative, o.s.negative)::bigint as negative, added(n.s.weight, o.s.weight)::double as weight,
        added(n.s.tone, o.s.tone)::double / nullif(weight, 0) as relation_sentiment,
        coalesce(weight ** 2 / nullif(added(n.s.squared, o.s.squared)::double, 0), 0) as effective_n,
        added(n.s.sum_a, o.s.sum_a)::double / nullif(added(n.s.stories_a, o.s.stories_a)::bigint, 0)
            as company_sentiment_a,
        added(n.s.sum_b, o.s.sum_b)::double / nullif(added(n.s.stories_b, o.s.stories_b)::bigint, 0)
            as company_sentiment_b
    from (select *, unnest([7, 28, 91]) as window_days from summed) as n
    left join summed as o on o.pair_id = n.pair_id and o.published_on = n.published_on - n.window_days
)
select
    pair_id, published_on, window_days, articles, stories, positive, neutral, negative, relation_sentiment, effective_n,
    dirichlet_low(effective_n, positive / nullif(stories, 0), negative / nullif(stories, 0)) as sentiment_low,
    dirichlet_high(effective_n, positive / nullif(stories, 0), negative / nullif(stories, 0)) as sentiment_high,
    case when stories > 0
        then dirichlet_estimate(effective_n, positive / stories, negative / stories) end as sentiment_estimate,
    effective_n >= 5 and sentiment_high - sentiment_low <= 1 as is_reliable,
    sentiment_ewma, company_sentiment_a, company_sentiment_b,
    company_sentiment_a - company_sentiment_b as sentiment_gap,
    expected_articles,
    poisson_tail(articles_today, expected_articles) as attention_p
from pooled
order by pair_id, window_days, published_on
