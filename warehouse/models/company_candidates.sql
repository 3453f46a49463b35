-- company_candidates: names in a company's place that the registry does not know, for lake/seeds/companies.csv.
-- grain: one row per name as printed (surface)
-- sources: articles, lake.company_candidates
--
-- surface     the name as printed
-- articles    articles that name it
-- publishers  publishers of these articles
-- why         the commonest reason: legal_form (X GmbH), company_noun (der Autobauer X), share (X-Aktie)
-- first_on    day of the first of these articles, Berlin time
-- last_on     day of the last
-- excerpt     the latest example, at most 160 characters
-- url         its address
select
    surface,
    count(distinct article_id) as articles,
    count(distinct publisher) as publishers,
    mode(why order by why) as why,
    min(published_on) as first_on,
    max(published_on) as last_on,
    max_by(excerpt, (published_at, article_id)) as excerpt,
    max_by(url, (published_at, article_id)) as url
from lake.company_candidates
join articles using (article_id, version)
group by surface
order by surface
