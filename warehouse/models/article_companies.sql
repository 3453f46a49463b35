-- article_companies: what an article says of each company that it names; sources and photo credits do not count.
-- grain: one row per article and company (article_id, company_id)
-- sources: articles, mentions
-- rebuilt: by article_id
--
-- article_id         the article
-- company_id         the company
-- published_on       day of first publication, Berlin time
-- publisher          slug of the publisher
-- is_trial           of a publisher on trial: left out of all figures
-- mentions           how often the article names it
-- company_sentiment  -1 to +1: mean over these mentions; null: none is scored
-- novelty_rank       1 for the first article of the story that names the company, 2 for its first copy …; null: trial
with told as (
    select article_id, company_id, count(*) as mentions, avg(company_sentiment) as company_sentiment
    from mentions
    where not is_source_credit
    group by article_id, company_id
),
copied as (
    select distinct story_id from articles where story_id <> article_id
),
ranked as (
    select
        article_id, company_id,
        row_number() over (partition by story_id, company_id order by published_at, article_id) as rank
    from told
    join articles using (article_id)
    semi join copied using (story_id)
    where not is_trial
)
select
    article_id, company_id, published_on, publisher, is_trial, mentions, company_sentiment,
    case when not is_trial then coalesce(rank, 1) end as novelty_rank
from told
join articles using (article_id)
left join ranked using (article_id, company_id)
