-- pair_signal_days: the statistics behind pair_signals, so that one can see how near a signal was.
-- grain: one row per pair and day on which it is watched, and the first on which it no longer is (pair_id, published_on)
-- sources: before.pair_signal_days, calendar, pair_drift_days, pair_watched_days
-- rebuilt: from published_on, 140 days before, carrying pair_id varchar, published_on date, side int, side_on date
--
-- pair_id            the pair, a~b
-- published_on       day, Berlin time
-- is_watched         5 articles in 35 days, 3 on the day, or fallen silent within 84 days; else no signal stays open
-- days_seen          days since the pair's first co-mention
-- articles           articles of the day that name both
-- publishers         publishers of these articles
-- attention_p        chance of so many articles or more, from the 56 days before
-- expected_articles  articles that the 56 days before let expect
-- dispersion         variance / mean of the articles per day over the 56 days before, + 2.58 standard errors
-- spike_p            attention_p for bursts: a negative binomial of that dispersion; null where attention_p > .05
-- stories_7          stories of the last 7 days
-- stories_before     stories of the 28 days before these
-- break_z            estimate of the last 7 days minus that of the 28 before, in standard errors
-- side               +1, -1: the side on which the 28-day interval, of 4 stories or more, last excluded 0; null: never yet
-- side_on            the day on which it did: a watched one with a story
-- side_before        the side as of the watched day before
-- side_before_on     side_on as of the watched day before
-- estimate_28        middle of the 28-day interval
-- articles_28        articles of the last 28 days that name both
-- expected_28        in a silence: days with such an article that the 56 days before it let expect: bursts count once
-- sided_28           stories of the last 28 days that take a side
-- disagreement_28    1 - |positive - negative| / (positive + negative) of the last 28 days
-- drift              the larger CUSUM of the last week, 35 days old at most; see pair_drifts
-- drift_peak         in the week after its Sunday: the highest that it was before in its run
-- drift_since        Monday of the first week of its run
-- coverage           see calendar
with weighed as (
    select w.*, drift, drift_peak, drift_since, c.coverage, w.published_on - first_on as days_seen,
        articles_35 >= 5 or articles >= 3 or coalesce(articles_28 = 0 and silent_days_before >= 7, false) as is_watched,
        positive_7 / nullif(stories_7, 0) as good_7, negative_7 / nullif(stories_7, 0) as bad_7,
        positive_before / nullif(stories_before, 0) as good_before, negative_before / nullif(stories_before, 0) as bad_before,
        positive_28 / nullif(stories_28, 0) as good_28, negative_28 / nullif(stories_28, 0) as bad_28,
        c.articles_total * (coalesce(w.articles_before, 0) / nullif(c.articles_before - o.articles_before, 0)) as expected,
        case when silent_days_before >= 7 and days_seen >= 84 then silent_days_before * (c.articles_before
            + c.articles_total - m.articles_before) / nullif(m.articles_before - e.articles_before, 0) end as expected_28,
        case when w.articles > 0 then dispersion_bound(squares_before, w.articles_before, least(56, days_seen)) end as dispersion,
        case when w.articles > 0 then poisson_tail(w.articles, expected) else 1 end as attention_p,
        case when stories_7 > 0 and stories_before > 0
            then (dirichlet_estimate(n_7, good_7, bad_7) - dirichlet_estimate(n_before, good_before, bad_before))
            / sqrt(dirichlet_error(n_7, good_7, bad_7) ** 2 + dirichlet_error(n_before, good_before, bad_before) ** 2)
        end as break_z,
        case when stories_28 > 0 then dirichlet_estimate(n_28, good_28, bad_28) end as estimate_28,
        case
            when not is_watched or w.stories = 0 or stories_28 < 4 then null
            when dirichlet_low(n_28, good_28, bad_28) > 0 then 1
            when dirichlet_high(n_28, good_28, bad_28) < 0 then -1
        end as side_28
    from pair_watched_days as w
    left join pair_drift_days using (pair_id, published_on)
    join calendar as c on c.published_on = w.published_on
    join calendar as o on o.published_on = greatest(first_on, w.published_on - 56)
    left join calendar as m on m.published_on = w.published_on - 27
    left join calendar as e on e.published_on = w.published_on - 83
),
carried as (
    select * replace (if(is_new, side_28, null) as side_28), if(side_28 is null, null, published_on) as held_on
    from (select *, published_on >= before.since() as is_new from weighed where published_on >= before.since() - 1)
    union all by name
    select
        pair_id, max(published_on) as published_on, max_by(side, published_on) as side_28,
        max_by(side_on, published_on) as held_on, false as is_new
    from before.pair_signal_days
    semi join pair_watched_days using (pair_id)
    where side is not null
    group by pair_id
)
select
    pair_id, published_on, is_watched, days_seen::int as days_seen, articles, publishers,
    attention_p, case when articles > 0 then expected end as expected_articles, dispersion,
    case when attention_p <= 0.05 then negative_binomial_tail(articles, expected, dispersion) end as spike_p,
    stories_7::int as stories_7, stories_before::int as stories_before,
    break_z, last_value(side_28 ignore nulls) over past as side,
    last_value(held_on ignore nulls) over past as side_on,
    last_value(side_28 ignore nulls) over (past rows between unbounded preceding and 1 preceding) as side_before,
    last_value(held_on ignore nulls) over (past rows between unbounded preceding and 1 preceding) as side_before_on,
    estimate_28, articles_28::int as articles_28, expected_28, coalesce(positive_28 + negative_28, 0)::int as sided_28,
    1 - abs(positive_28 - negative_28) / nullif(positive_28 + negative_28, 0) as disagreement_28,
    drift, drift_peak, drift_since, coverage
from carried
window past as (partition by pair_id order by published_on)
qualify is_new and (
    is_watched or last_value(if(is_watched, published_on, null) ignore nulls)
        over (past rows between unbounded preceding and 1 preceding) = published_on - 1
)
order by published_on, pair_id
