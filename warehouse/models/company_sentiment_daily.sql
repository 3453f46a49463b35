-- company_sentiment_daily: how the press wrote about a company, day by day.
-- grain: one row per company and day with an article (company_id, published_on)
-- sources: article_companies
-- rebuilt: by published_on
--
-- company_id         the company
-- published_on       day of first publication, Berlin time
-- articles           articles that name the company, every copy counted
-- stories            stories that say something of the company, each counted on its first day
-- publishers         publishers of these articles
-- positive           stories that speak well of the company (sentiment > 0.2)
-- negative           stories that speak ill of it (sentiment < -0.2)
-- sentiment_sum      sum of the stories' sentiment: adds up over days
-- company_sentiment  sentiment_sum / stories, -1 to +1; null without a story
-- sentiment_low      lower end of the 95 % interval, Dirichlet(1/2, 1/2, 1/2)
-- sentiment_high     upper end
with daily as (
    select
        company_id,
        published_on,
        count(*) as articles,
        count(company_sentiment) filter (novelty_rank = 1) as stories,
        count(distinct publisher) as publishers,
        count(*) filter (novelty_rank = 1 and company_sentiment > 0.2) as positive,
        count(*) filter (novelty_rank = 1 and company_sentiment < -0.2) as negative,
        coalesce(sum(exact(company_sentiment)) filter (novelty_rank = 1), 0)::double as sentiment_sum
    from article_companies
    where not is_trial
    group by all
)
select
    *,
    sentiment_sum / nullif(stories, 0) as company_sentiment,
    dirichlet_low(stories, positive / nullif(stories, 0), negative / nullif(stories, 0)) as sentiment_low,
    dirichlet_high(stories, positive / nullif(stories, 0), negative / nullif(stories, 0)) as sentiment_high
from daily
order by storage_year(published_on), company_id, published_on
