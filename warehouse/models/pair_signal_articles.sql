-- pair_signal_articles: the articles behind each signal, and since when all that decided it is known.
-- grain: one row per signal (pair_id, raised_on, signal)
-- sources: article_pairs, pair_days, pair_signal_days, pair_signal_runs, pair_withdrawals, pairs
-- rebuilt: never, a view: pair_signals keeps what follows from it
--
-- pair_id      the pair, a~b
-- raised_on    the day on which the signal opened, Berlin time
-- signal       attention_spike, sentiment_break, turn, drift, first_contact, split, silence, coverage_gap
-- told_on      first day of what it tells of: a break of 7 days; a turn, drift or split of 28; others of one
-- base_on      first day of what decided it: the days that it is held against, and that the pair was watched
-- known_on     Berlin day since which all articles about the pair from base_on to raised_on are known as they are now
-- article_ids  its articles from told_on on, the most relevant first, at most 10
with based as (
    select
        r.pair_id, raised_on, signal, first_on,
        case
            when signal = 'first_contact' then first_side_on
            when signal = 'sentiment_break' then raised_on - 6
            when signal in ('turn', 'drift', 'split') then raised_on - 27
            else raised_on
        end as told_on,
        case signal
            when 'first_contact' then first_on
            when 'attention_spike' then raised_on - 56
            when 'turn' then side_before_on - 34
            when 'drift' then drift_since - 119
            when 'silence' then raised_on - 83
            when 'coverage_gap' then first_on
            else raised_on - 34
        end as base_on
    from pair_signal_runs as r
    join pairs using (pair_id)
    left join pair_signal_days as d on d.pair_id = r.pair_id and d.published_on = raised_on
),
behind as (
    select pair_id, raised_on, signal, list(article_id order by relevance desc, article_id)[:10] as article_ids
    from (select pair_id, raised_on, signal, unnest(range(raised_on - told_on + 1)) as k from based) as t
    join article_pairs as p using (pair_id)
    where p.published_on = raised_on - k::int and novelty_rank is not null
    group by all
),
decided as (
    select pair_id, raised_on, signal, max(known_on) as based_on, arg_min_null(previous_on, d.published_on) as before_on
    from (select *, unnest(range(storage_year(base_on), storage_year(raised_on) + 1)) as year from based)
    join (select *, storage_year(published_on) as year from pair_days) as d using (pair_id, year)
    where d.published_on between base_on and raised_on
    group by all
),
heard as (
    select d.pair_id, raised_on, signal, h.known_on as before_known_on
    from decided as d
    join pair_days as h on h.pair_id = d.pair_id and h.published_on = before_on and signal in ('attention_spike', 'silence')
),
withdrawn as (
    select b.pair_id, raised_on, signal, max(known_on) as gone_on
    from based as b
    join pair_withdrawals as w on w.pair_id = b.pair_id and w.published_on <= raised_on
        and (w.published_on >= base_on or first_on >= base_on)
    where not is_trial
    group by all
)
select
    b.pair_id, raised_on, signal, told_on, base_on,
    greatest(raised_on, based_on, gone_on, before_known_on) as known_on,
    coalesce(article_ids, []) as article_ids
from based as b
left join behind using (pair_id, raised_on, signal)
left join decided using (pair_id, raised_on, signal)
left join withdrawn using (pair_id, raised_on, signal)
left join heard using (pair_id, raised_on, signal)
