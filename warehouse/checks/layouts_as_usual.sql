-- warning: no publisher's latest crawl lacks a field twice running; look at it with scrapy probe, its spider has the publisher's name
select publisher, suspect_fields, started_at
from publisher_runs
qualify row_number() over (partition by publisher order by started_at desc) = 1 and is_layout_suspect
order by publisher
