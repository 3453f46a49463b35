-- pair_sentiment_rolling: the tone of a relation over the last 7, 28 or 91 days, and how sure it is.
-- grain: one row per pair, calendar day and window (pair_id, published_on, window_days)
-- sources: calendar, company_windows, pair_days, pairs
-- rebuilt: never, a view: it pools pair_days when asked
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
-- sentiment_estimate   share of positive - share of negative stories, as the interval's prior draws it to 0; not shrunk relation_sentiment: signs, not means, so it may be farther from 0; null without a story
-- is_reliable          effective_n >= 5 and the interval no wider than 1
-- sentiment_ewma       ratio of sums that lose half their weight every 7 days; the same for all windows
-- company_sentiment_a  of all articles of the window that name company_a
-- company_sentiment_b  the same for company_b
-- sentiment_gap        company_sentiment_a - company_sentiment_b
-- expected_articles    articles_total of the day x the pair's share over the 56 days before
-- attention_p          P(Poisson(expected_articles) >= articles of the day)
with windows as (
    select w.*, k::int as k from (values (7, 57), (28, 57), (91, 91)) as w (window_days, span), range(span) as r (k)
),
pooled as (
    select
        pair_id, c.published_on, window_days, any_value(first_on) as first_on,
        sum(articles) filter (k < window_days) as articles,
        coalesce(sum(stories) filter (k < window_days), 0)::bigint as stories,
        sum(positive) filter (k < window_days) as positive,
        sum(negative) filter (k < window_days) as negative,
        sum(weight) filter (k < window_days)::double as weight,
        sum(sentiment_sum) filter (k < window_days)::double as tone,
        sum(weight_squared) filter (k < window_days)::double as squared,
        sum(articles) filter (k = 0) as today,
        sum(articles) filter (k between 1 and 56) as before,
        max_by(sentiment_ewma, d.published_on) as sentiment_ewma
    from calendar as c
    cross join windows
    join pair_days as d on d.published_on = c.published_on - k
    group by pair_id, c.published_on, window_days
    union all by name
    select pair_id, c.published_on, window_days, first_on, 0 as stories, previous_ewma as sentiment_ewma
    from (from pair_days where published_on > previous_on + 57) as d
    cross join (select distinct window_days, span from windows)
    join calendar as c on c.published_on >= previous_on + span and c.published_on < d.published_on
    union all by name
    select pair_id, published_on, window_days, first_on, 0 as stories, sentiment_ewma
    from pairs
    cross join (select distinct window_days, span from windows)
    join calendar on published_on >= last_on + span
),
counted as (
    select
        p.* replace (
            coalesce(articles, 0)::bigint as articles,
            coalesce(positive, 0)::bigint as positive, coalesce(negative, 0)::bigint as negative
        ),
        coalesce(weight ** 2 / nullif(squared, 0), 0) as effective_n,
        p.positive / nullif(p.stories, 0) as good, p.negative / nullif(p.stories, 0) as bad,
        c.articles_total * (coalesce(before, 0) / nullif(c.articles_before - o.articles_before, 0)) as expected_articles
    from pooled as p
    join calendar as c on c.published_on = p.published_on
    join calendar as o on o.published_on = greatest(first_on, p.published_on - 56)
)
select
    pair_id, p.published_on, window_days, articles, stories, positive, stories - positive - negative as neutral, negative,
    tone / nullif(weight, 0) as relation_sentiment, effective_n,
    dirichlet_low(effective_n, good, bad) as sentiment_low,
    dirichlet_high(effective_n, good, bad) as sentiment_high,
    case when stories > 0 then dirichlet_estimate(effective_n, good, bad) end as sentiment_estimate,
    stories >= 5 and effective_n >= 5 and sentiment_high - sentiment_low <= 1 as is_reliable, sentiment_ewma,
    window_tone(window_days, a) as company_sentiment_a, window_tone(window_days, b) as company_sentiment_b,
    company_sentiment_a - company_sentiment_b as sentiment_gap,
    expected_articles, poisson_tail(coalesce(today, 0), expected_articles) as attention_p
from counted as p
left join company_windows as a on a.company_id = split_part(pair_id, '~', 1) and a.published_on = p.published_on
left join company_windows as b on b.company_id = split_part(pair_id, '~', 2) and b.published_on = p.published_on
