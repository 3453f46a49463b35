-- pair_signals: what an analyst should look at, and why: one row when a signal opens, closed when it no longer holds.
-- grain: one row per pair, day of opening and signal (pair_id, raised_on, signal)
-- sources: article_pairs, articles, companies, pair_drifts, pair_sentiment_rolling, pair_signal_days, pair_signal_runs
--
-- pair_id      the pair, a~b
-- raised_on    the day on which the signal opened, Berlin time
-- signal       attention_spike, sentiment_break, turn, drift, first_contact, split, silence, coverage_gap
-- severity     1 notable, 2 strong, 3 very strong
-- reason       why, a German sentence
-- article_ids  articles behind it, the most relevant first, at most 10
-- known_on     Berlin day on which the last of the articles behind it was known, raised_on at the earliest
-- closed_on    the first day on which the signal no longer held; null: open
with told as (
    select
        r.*, d.* exclude (pair_id, published_on), w.relation_sentiment as tone_7, m.relation_sentiment as tone_28,
        b.relation_sentiment as tone_before, m.positive, m.negative, m.sentiment_low, m.sentiment_high,
        f.rise > f.fall as is_rise, if(is_rise, rising_since, falling_since) as drift_since,
        coalesce(x.company, r.pair_id.split_part('~', 1)) as name_a,
        coalesce(y.company, r.pair_id.split_part('~', 2)) as name_b,
        map {'turn': 28, 'drift': 28, 'split': 28, 'sentiment_break': 7}[r.signal].coalesce(1) as span
    from pair_signal_runs as r
    join pair_signal_days as d on d.pair_id = r.pair_id and d.published_on = raised_on
    join pair_sentiment_rolling as w on w.pair_id = r.pair_id and w.published_on = raised_on and w.window_days = 7
    join pair_sentiment_rolling as m on m.pair_id = r.pair_id and m.published_on = raised_on and m.window_days = 28
    left join pair_sentiment_rolling as b
        on b.pair_id = r.pair_id and b.published_on = raised_on - 7 and b.window_days = 28
    asof left join pair_drifts as f on f.pair_id = r.pair_id and f.published_on <= raised_on
    left join companies as x on x.company_id = r.pair_id.split_part('~', 1)
    left join companies as y on y.company_id = r.pair_id.split_part('~', 2)
),
behind as (
    select
        t.pair_id, raised_on, signal, max(known_on) as known_on,
        list(p.article_id order by relevance desc, p.article_id)[:10] as article_ids
    from told as t
    join article_pairs as p on p.pair_id = t.pair_id and p.published_on between raised_on - (span - 1) and raised_on
    join articles using (article_id)
    group by all
)
select
    pair_id, raised_on, signal,
    case signal
        when 'attention_spike' then 1 + (attention_p <= 1e-5)::int + (attention_p <= 1e-8)::int
        when 'sentiment_break' then 1 + (abs(break_z) >= 3.3)::int + (abs(break_z) >= 4)::int
        when 'turn' then 2 + (abs(estimate_28) >= 0.3)::int
        when 'drift' then 1 + (drift >= 7)::int + (drift >= 10)::int
        else 1
    end as severity,
    name_a || ' und ' || name_b || ': ' || case signal
        when 'attention_spike' then articles || ' Artikel in ' || publishers || ' Medien am ' || german_day(raised_on)
            || ', erwartet: ' || german_number(expected_articles, 1) || '.'
        when 'sentiment_break' then 'Der Ton der letzten 7 Tage (' || german_signed(tone_7, 2) || ', ' || stories_7
            || ' Meldungen) bricht mit dem der 28 Tage davor (' || german_signed(tone_before, 2) || ', '
            || stories_before || ' Meldungen): ' || german_signed(break_z, 1) || ' Standardfehler.'
        when 'turn' then 'Die Beziehung ist gekippt, die letzten 28 Tage stehen bei ' || german_signed(tone_28, 2)
            || ' (' || german_signed(sentiment_low, 2) || ' bis ' || german_signed(sentiment_high, 2) || ').'
        when 'drift' then 'Schleichende ' || if(is_rise, 'Verbesserung', 'Verschlechterung') || ' seit dem '
            || german_day(drift_since) || ' (CUSUM ' || german_number(drift, 1) || ', Alarm ab 5).'
        when 'first_contact' then 'Zum ersten Mal gemeinsam genannt, am ' || german_day(raised_on) || '.'
        when 'split' then 'Die Presse ist geteilt: ' || positive || ' gute, ' || negative
            || ' schlechte Meldungen in 28 Tagen.'
        when 'silence' then '28 Tage kein gemeinsamer Artikel, erwartet an ' || round(expected_28)::int || ' Tagen.'
        else 'Am ' || german_day(raised_on) || ' fehlen etwa ' || german_number(100 * (1 - coverage), 0)
            || ' % der Artikel, Signale sind ausgesetzt.'
    end as reason,
    coalesce(article_ids, []) as article_ids,
    greatest(raised_on, b.known_on) as known_on,
    closed_on
from told
left join behind as b using (pair_id, raised_on, signal)
order by pair_id, raised_on, signal
