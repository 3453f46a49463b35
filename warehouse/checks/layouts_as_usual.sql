-- warning: no crawl of the last 24 hours lacks a field, or its articles, for the second time running: see scrapy probe
select publisher, suspect_fields, max(started_at) as started_at
from main.publisher_suspects
where is_layout_suspect and started_at > (select max(started_at) from main.publisher_suspects) - interval 1 day
group by publisher, suspect_fields
order by publisher
