-- critical: on every day looked at pair_sentiment_daily has each pair that was named together by then
select d.published_on, count(*) as pairs, (select count(*) from main.pairs as p where p.first_on <= d.published_on) as expected
from pair_sentiment_daily as d
where contains(getvariable('days_looked_at'), published_on)
group by d.published_on
having count(*) <> expected
