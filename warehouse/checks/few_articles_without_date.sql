-- warning: at most one article in ten is dated by the day of fetching, for want of a date
select publisher, sum(articles) as articles, sum(undated) as undated
from main.publisher_output group by publisher having sum(undated) > 0.1 * sum(articles)
