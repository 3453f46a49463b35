-- critical: on every day looked at pair_sentiment_daily and _rolling have each pair that was named together by then
with expected as (
    select published_on, count(*) as pairs
    from (select unnest(getvariable('days_looked_at')) as published_on)
    join main.pairs on first_on <= published_on and hash(pair_id) <= getvariable('last_hash')
    group by published_on
),
daily as (
    select published_on, count(*) as pairs
    from pair_sentiment_daily
    where contains(getvariable('days_looked_at'), published_on) and hash(pair_id) <= getvariable('last_hash')
    group by published_on
),
rolling as (
    select published_on, count(*) filter (window_days = 7) as pairs_7,
        count(*) filter (window_days = 28) as pairs_28, count(*) filter (window_days = 91) as pairs_91
    from pair_sentiment_rolling
    where contains(getvariable('days_looked_at'), published_on) and hash(pair_id) <= getvariable('last_hash')
    group by published_on
)
select published_on, e.pairs as expected, d.pairs as daily, pairs_7, pairs_28, pairs_91
from expected as e
left join daily as d using (published_on)
left join rolling as r using (published_on)
where (e.pairs, e.pairs, e.pairs, e.pairs) is distinct from (d.pairs, pairs_7, pairs_28, pairs_91)
