-- pair_signal_days: the statistics behind pair_signals, so that one can see how near a signal was.
-- grain: one row per pair and calendar day (pair_id, published_on)
-- sources: pair_drifts, pair_sentiment_daily, pair_sentiment_rolling
--
-- pair_id            the pair, a~b
-- published_on       day, Berlin time
-- days_seen          days since the pair's first co-mention
-- articles           articles of the day that name both
-- publishers         publishers of these articles
-- attention_p        chance of so many articles or more, from the 56 days before
-- expected_articles  articles that the 56 days before let expect
-- dispersion         variance / mean of the articles per day over the 56 days before, 1 at least: news come in bursts
-- spike_p            attention_p for bursts: P(Poisson(expected_articles/dispersion) >= articles/dispersion)
-- stories_7          stories of the last 7 days
-- stories_before     stories of the 28 days before these
-- break_z            estimate of the last 7 days minus that of the 28 before, in standard errors
-- side               +1, -1: the last side on which the 28-day interval excluded 0; null: never yet
-- side_before        the same as of the day before
-- estimate_28        middle of the 28-day interval
-- articles_28        articles of the last 28 days that name both
-- expected_28        days with such an article that the 56 days before these let expect: bursts count once
-- toned_28           stories of the last 28 days that take a side
-- disagreement_28    1 - |positive - negative| / (positive + negative) of the last 28 days
-- drift              the larger CUSUM of the last week; see pair_drifts
-- coverage           see pair_sentiment_daily
with windows as (
    select
        d.pair_id, d.published_on, d.articles, d.publishers, d.coverage,
        d.published_on - min(d.published_on) over past as days_seen,
        m.attention_p, m.expected_articles,
        coalesce(greatest(1, var_samp(d.articles) over before / nullif(avg(d.articles) over before, 0)), 1)
            as dispersion,
        w.stories as stories_7, b.stories as stories_before,
        (w.sentiment_estimate - b.sentiment_estimate) / sqrt(
            dirichlet_error(w.effective_n, w.positive / nullif(w.stories, 0), w.negative / nullif(w.stories, 0)) ** 2
            + dirichlet_error(b.effective_n, b.positive / nullif(b.stories, 0), b.negative / nullif(b.stories, 0)) ** 2
        ) as break_z,
        last_value(case when m.sentiment_low > 0 then 1 when m.sentiment_high < 0 then -1 end ignore nulls)
            over past as side,
        m.sentiment_estimate as estimate_28, m.articles as articles_28,
        count(*) filter (d.articles > 0) over older * sum(d.articles_total) over month
            / nullif(sum(d.articles_total) over older, 0) as expected_28,
        m.positive + m.negative as toned_28,
        1 - abs(m.positive - m.negative) / nullif(m.positive + m.negative, 0) as disagreement_28
    from pair_sentiment_daily as d
    join pair_sentiment_rolling as m
        on m.pair_id = d.pair_id and m.published_on = d.published_on and m.window_days = 28
    join pair_sentiment_rolling as w
        on w.pair_id = d.pair_id and w.published_on = d.published_on and w.window_days = 7
    left join pair_sentiment_rolling as b
        on b.pair_id = d.pair_id and b.published_on = d.published_on - 7 and b.window_days = 28
    window
        past as (partition by d.pair_id order by d.published_on),
        month as (partition by d.pair_id order by d.published_on rows between 27 preceding and current row),
        before as (partition by d.pair_id order by d.published_on rows between 56 preceding and 1 preceding),
        older as (partition by d.pair_id order by d.published_on rows between 83 preceding and 28 preceding)
)
select
    pair_id, published_on, days_seen, articles, publishers, attention_p, expected_articles,
    dispersion, poisson_tail(floor(articles / dispersion + 1e-9), expected_articles / dispersion) as spike_p,
    stories_7, stories_before, break_z, side,
    lag(side) over (partition by pair_id order by published_on) as side_before, estimate_28,
    articles_28, expected_28, toned_28, disagreement_28, greatest(rise, fall) as drift, coverage
from windows
asof left join pair_drifts using (pair_id, published_on)
order by pair_id, published_on
