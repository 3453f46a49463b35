-- pair_days: the days on which articles name both companies: what pair_sentiment_daily and _rolling are made of.
-- grain: one row per pair and day with an article that counts (pair_id, published_on)
-- sources: article_pairs, articles, before.pair_days
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
    select pair_id, company_a, company_b, p.published_on, count(*)::int as articles,
        count(distinct publisher)::int as publishers, (count(*) filter (is_wire_copy))::int as wire_copies,
        (count(relation_sentiment) filter (novelty_rank = 1))::int as stories,
        (count(*) filter (novelty_rank = 1 and relation_sentiment > 0.2))::int as positive,
        (count(*) filter (novelty_rank = 1 and relation_sentiment < -0.2))::int as negative,
        day_sum(sum(exact(relevance)) filter (novelty_rank = 1 and relation_sentiment is not null)) as weight,
        day_sum(sum(exact(relevance * relation_sentiment)) filter (novelty_rank = 1)) as sentiment_sum,
        day_sum(sum(exact(relevance ** 2)) filter (novelty_rank = 1 and relation_sentiment is not null))
            as weight_squared,
        avg(exact(hedged_share)) filter (novelty_rank = 1) as hedged_share, max(p.known_on) as known_on
    from article_pairs as p
    join articles using (article_id)
    where novelty_rank is not null
    group by all
),
recent as (
    select
        pair_id, storage_year(published_on) as year, max(published_on) as published_on, min(first_on) as first_on,
        sum(exact(weight * growth(published_on))) as w, sum(exact(sentiment_sum * growth(published_on))) as t,
        0 as stories, max_by(sentiment_ewma, published_on) as sentiment_ewma, false as is_new
    from before.pair_days semi join found using (pair_id)
    where published_on >= (select min(published_on) - 728 from found)
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
    from before.pair_days semi join (from found anti join recent using (pair_id)) as rare using (pair_id)
    where published_on < (select min(published_on) - 728 from found)
    group by pair_id
),
summed as (
    select *,
        sum(t) over past + exact(coalesce(sum(t) over year_before, 0)::double / power(2, 52)) as tones,
        sum(w) over past + exact(coalesce(sum(w) over year_before, 0)::double / power(2, 52)) as weights,
        coalesce(sentiment_ewma, case when stories > 0 then tones::double / nullif(weights::double, 0) end) as ewma
    from known
    window
        past as (partition by pair_id, year order by published_on rows unbounded preceding),
        year_before as (partition by pair_id order by year range between 1 preceding and 1 preceding)
)
select
    pair_id, company_a, company_b, published_on,
    min(coalesce(first_on, published_on)) over past as first_on, lag(published_on) over past as previous_on,
    articles, publishers, wire_copies, stories, positive, negative, weight, sentiment_sum, weight_squared, hedged_share,
    known_on, last_value(ewma ignore nulls) over past as sentiment_ewma,
    last_value(ewma ignore nulls) over (past rows between unbounded preceding and 1 preceding) as previous_ewma
from summed
window past as (partition by pair_id order by published_on)
qualify is_new
order by year, pair_id, published_on
