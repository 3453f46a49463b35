-- warning: at most one article in ten is dated by the day of fetching, for want of a date
select publisher, count(*) as articles, count(*) filter (date_source = 'none') as undated
from main.articles group by publisher having undated > 0.1 * count(*)
