-- critical: on every day looked at pair_sentiment_daily and _rolling have each pair that was named together by then once
with expected as (
    select published_on, count(*) as pairs
    from (select unnest(getvariable('days_looked_at')) as published_on)
    join pairs_looked_at on first_on <= published_on
    group by published_on
),
daily as (
    select published_on, count(*) as pairs, count(distinct pair_id) as distinct_pairs
    from pair_sentiment_daily
    where contains(getvariable('days_looked_at'), published_on) and hash(pair_id) <= getvariable('last_hash')
    group by published_on
),
rolling as (
    select published_on, count(distinct pair_id) as distinct_pairs, count(*) filter (window_days = 7) as pairs_7,
        count(*) filter (window_days = 28) as pairs_28, count(*) filter (window_days = 91) as pairs_91
    from pair_sentiment_rolling
    where contains(getvariable('days_looked_at'), published_on) and hash(pair_id) <= getvariable('last_hash')
    group by published_on
)
select published_on, e.pairs as expected, d.pairs as daily, pairs_7, pairs_28, pairs_91
from expected as e
left join daily as d using (published_on)
left join rolling as r using (published_on)
where [e.pairs, e.pairs, e.pairs, e.pairs, e.pairs, e.pairs]
    is distinct from [d.pairs, d.distinct_pairs, r.distinct_pairs, pairs_7, pairs_28, pairs_91]
