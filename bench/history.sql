-- Tables of python -m bench.history, each below a line that begins with "-- # ".
-- # What landed
select
    count(*) as titles, min(published_on) as first_day, max(published_on) as last_day,
    count(distinct published_on) as days_with_titles,
    (select count(*) from calendar) as calendar_days,
    (select count(distinct article_id) from mentions) as titles_with_company,
    (select count(distinct company_id) from mentions) as companies,
    (select count(distinct article_id) from article_pairs) as titles_with_pair,
    (select count(distinct pair_id) from article_pairs) as pairs,
    (select count(*) from pair_sentiment_daily) as pair_days
from articles
-- # Titles a year
select
    year(published_on) as year, count(*) as titles, count(*) filter (publisher = 'handelsblatt') as handelsblatt,
    count(distinct m.article_id) as with_company, count(distinct p.article_id) as with_pair
from articles
left join (select distinct article_id from mentions) as m using (article_id)
left join (select distinct article_id from article_pairs) as p using (article_id)
group by year order by year
-- # Pairs with most titles
with counted as (
    select pair_id, count(*) as titles, count(*) filter (relation_sentiment > 0.2) as positive,
        count(*) filter (relation_sentiment < -0.2) as negative, avg(relation_sentiment) as mean,
        min(published_on) as first_day, max(published_on) as last_day
    from article_pairs group by pair_id
)
select pair_id, titles, positive, titles - positive - negative as neutral, negative, mean, first_day, last_day
from counted order by titles desc, pair_id limit 30
-- # How often a pair is named
select least(titles, 10) as titles_at_least, count(*) as pairs
from (select pair_id, count(*) as titles from article_pairs group by pair_id)
group by titles_at_least order by titles_at_least
-- # Signals by kind, and how often a pair raises one
with days as (
    select count(*) as pair_days from pair_sentiment_daily
)
select
    signal, count(*) as signals, count(distinct pair_id) as pairs, min(raised_on) as first_day, max(raised_on) as last_day,
    printf('%.2e', count(*) / any_value(pair_days)) as per_pair_day, count(*) filter (closed_on is null) as still_open
from pair_signals, days
group by signal order by signals desc
-- # Windows of 28 and 91 days with something to say
select
    window_days, count(*) filter (stories > 0) as with_a_story, count(*) filter (effective_n >= 5) as with_five,
    count(*) filter (is_reliable) as reliable, count(distinct pair_id) filter (is_reliable) as reliable_pairs,
    printf('%.4f', count(*) filter (stories > 0) / count(*)) as share_with_a_story
from pair_sentiment_rolling group by window_days order by window_days
-- # Companies with most titles
select
    company_id, sum(articles)::int as titles, sum(positive)::int as positive, sum(negative)::int as negative,
    sum(sentiment_sum) / sum(stories) as mean
from company_sentiment_daily group by company_id order by titles desc, company_id limit 25
-- # Worst and best months of companies (five titles at least)
with months as (
    select company_id, strftime(published_on, '%Y-%m') as month, sum(articles)::int as titles,
        sum(sentiment_sum) / sum(stories) as mean
    from company_sentiment_daily group by all having titles >= 5
)
(select *, 'worst' as which from months order by mean, titles desc, company_id limit 15)
union all
(select *, 'best' as which from months order by mean desc, titles desc, company_id limit 15)
-- # Relation kinds
select relation_kind, relation_sentiment, count(*) as sentences, avg(confidence) as confidence,
    count(*) filter (is_hedged) as hedged
from pair_sentences group by all order by sentences desc
-- # First contacts: what the first sentence about the pair says
with firsts as (
    select s.pair_id, p.relation_sentiment <> 0 as takes_a_side, p.relation_kind,
        coalesce(a.parent_id = b.company_id or b.parent_id = a.company_id, false) as is_family
    from pair_signals as s
    join pair_sentences as p on p.pair_id = s.pair_id and p.article_id = s.article_ids[1]
    join companies as a on a.company_id = s.pair_id.split_part('~', 1)
    join companies as b on b.company_id = s.pair_id.split_part('~', 2)
    where signal = 'first_contact'
)
select takes_a_side, relation_kind in ('list', 'other') as is_list_or_other, is_family, count(*) as signals
from firsts group by all order by signals desc
