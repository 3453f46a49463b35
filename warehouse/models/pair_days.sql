-- pair_days: the days on which articles name both companies: what pair_sentiment_daily and _rolling are made of.
-- grain: one row per pair and day with an article that counts (pair_id, published_on)
-- sources: before.pair_days, pair_publisher_days
-- rebuilt: from published_on, 0 days before, carrying pair_id varchar, published_on date, first_on date, weight decimal(18, 12),
--     sentiment_sum decimal(18, 12), stories int, sentiment_ewma double
--
-- pair_id          the pair, a~b
-- company_a        first company of the pair
-- company_b        second company of the pair
-- published_on     day of first publication, Berlin time
-- first_on         the pair's first such day
-- previous_on      its last one before this; null: none
-- articles         articles that name both, every copy counted
-- publishers       publishers of these articles
-- wire_copies      of the articles: wire copies
-- stories          stories about the relation, each counted on its first day
-- positive         of these: relation_sentiment > 0.2
-- negative         of these: relation_sentiment < -0.2
-- weight           sum of the stories' relevance
-- sentiment_sum    sum of relevance x relation_sentiment
-- weight_squared   sum of relevance squared
-- hedged_share     mean of the stories' hedged_share
-- known_on         Berlin day since which all this is known: the last article_pairs.known_on
-- sentiment_ewma   ratio of sums that lose half their weight every 7 days, up to this day
-- previous_ewma    the same up to previous_on
with found as (
    select
        pair_id, published_on, sum(articles)::int as articles, count(*)::int as publishers, sum(wire_copies)::int as wire_copies,
        sum(stories)::int as stories, sum(positive)::int as positive, sum(negative)::int as negative,
        day_sum(sum(weight)) as weight, day_sum(sum(sentiment_sum)) as sentiment_sum,
        day_sum(sum(weight_squared)) as weight_squared, sum(hedged_sum)::double / nullif(sum(first_tellings), 0) as hedged_share,
        max(known_on) as known_on
    from pair_publisher_days
    group by all
),
recent as (
    select
        pair_id, storage_year(published_on) as year, max(published_on) as published_on, min(first_on) as first_on,
        sum(exact(weight * growth(published_on))) as w, sum(exact(sentiment_sum * growth(published_on))) as t,
        0 as stories, max_by(sentiment_ewma, published_on) as sentiment_ewma, false as is_new
    from before.pair_days
    where published_on >= before.since() - 728 and pair_id in (select pair_id from found)
    group by pair_id, year
),
known as (
    select
        *, storage_year(published_on) as year, exact(weight * growth(published_on)) as w,
        exact(sentiment_sum * growth(published_on)) as t, null::double as sentiment_ewma, true as is_new
    from found
    union all by name from recent
    union all by name
    select
        pair_id, max(published_on) as published_on, storage_year(max(published_on)) as year, min(first_on) as first_on,
        0 as stories, max_by(sentiment_ewma, published_on) as sentiment_ewma, false as is_new
    from before.pair_days
    where published_on < before.since() - 728 and pair_id in (select pair_id from found anti join recent using (pair_id))
    group by pair_id
),
years as (
    select
        pair_id, year + 1 as year, exact(sum(t)::double / power(2, 52)) as t_before, exact(sum(w)::double / power(2, 52)) as w_before
    from known
    group by all
),
summed as (
    select *, sum(t) over past + coalesce(t_before, 0) as tones, sum(w) over past + coalesce(w_before, 0) as weights,
        coalesce(sentiment_ewma, case when stories > 0 then tones::double / nullif(weights::double, 0) end) as ewma
    from known
    left join years using (pair_id, year)
    window past as (partition by pair_id, year order by published_on rows unbounded preceding)
)
select
    pair_id, split_part(pair_id, '~', 1) as company_a, split_part(pair_id, '~', 2) as company_b, published_on,
    min(coalesce(first_on, published_on)) over past as first_on, lag(published_on) over past as previous_on,
    articles, publishers, wire_copies, stories, positive, negative, weight, sentiment_sum, weight_squared, hedged_share,
    known_on, last_value(ewma ignore nulls) over past as sentiment_ewma,
    last_value(ewma ignore nulls) over (past rows between unbounded preceding and 1 preceding) as previous_ewma
from summed
window past as (partition by pair_id order by published_on)
qualify is_new
order by year, pair_id, published_on
