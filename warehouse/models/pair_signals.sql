-- pair_signals: what an analyst should look at, and why: one row when a signal opens, closed when it no longer holds.
-- grain: one row per pair, day of opening and signal (pair_id, raised_on, signal)
-- sources: companies, pair_drifts, pair_signal_articles, pair_signal_days, pair_signal_runs, pair_signal_windows
-- rebuilt: from raised_on, closed_on from pair_signal_runs
--
-- pair_id      the pair, a~b
-- raised_on    the day on which the signal opened, Berlin time
-- signal       attention_spike, sentiment_break, turn, drift, first_contact, split, silence, coverage_gap
-- severity     1 notable, 2 strong, 3 very strong
-- reason       why, a German sentence
-- article_ids  articles behind it, the most relevant first, at most 10
-- known_on     Berlin day since which the articles about the pair that decided it are known; see docs/signals.md
-- closed_on    the first day on which the signal no longer held, or the pair was no longer watched; null: open
with told as (
    select
        r.*, d.* exclude (pair_id, published_on), f.rise > f.fall as is_rise,
        coalesce(x.company, r.pair_id.split_part('~', 1)) as name_a,
        coalesce(y.company, r.pair_id.split_part('~', 2)) as name_b
    from pair_signal_runs as r
    left join pair_signal_days as d on d.pair_id = r.pair_id and d.published_on = raised_on
    asof left join (
        from pair_drifts where published_on > (select min(raised_on) - 35 from pair_signal_runs)
    ) as f on f.pair_id = r.pair_id and f.published_on <= raised_on
    left join companies as x on x.company_id = r.pair_id.split_part('~', 1)
    left join companies as y on y.company_id = r.pair_id.split_part('~', 2)
)
select
    pair_id, raised_on, signal,
    case signal
        when 'attention_spike' then 1 + (spike_p <= 1e-5)::int + (spike_p <= 1e-8)::int
        when 'sentiment_break' then 1 + (abs(break_z) >= 3.3)::int + (abs(break_z) >= 4)::int
        when 'turn' then 2 + (abs(estimate_28) >= 0.3)::int
        when 'drift' then 1 + (drift >= 7)::int + (drift >= 10)::int
        else 1
    end as severity,
    name_a || ' und ' || name_b || ': ' || case signal
        when 'attention_spike' then articles || ' Artikel in ' || publishers || ' Medien am ' || german_day(raised_on)
            || ', erwartet: ' || german_number(expected_articles, 1) || '.'
        when 'sentiment_break' then 'Der Ton der letzten 7 Tage (' || german_signed(sentiment_7, 2) || ', ' || stories_7
            || ' Meldungen) bricht mit dem der 28 Tage davor (' || german_signed(sentiment_before, 2) || ', '
            || stories_before || ' Meldungen): ' || german_signed(break_z, 1) || ' Standardfehler.'
        when 'turn' then 'Die Beziehung ist gekippt, die letzten 28 Tage stehen bei ' || german_signed(sentiment_28, 2)
            || ' (' || german_signed(sentiment_low, 2) || ' bis ' || german_signed(sentiment_high, 2) || ').'
        when 'drift' then 'Schleichende ' || if(is_rise, 'Verbesserung', 'Verschlechterung') || ' seit dem '
            || german_day(drift_since) || ' (CUSUM ' || german_number(drift, 1) || ', Alarm ab 5).'
        when 'first_contact' then 'Zum ersten Mal schreibt die Presse über ihre Beziehung, am ' || german_day(told_on) || ' ('
            || german_signed(sentiment_28, 2) || ').'
        when 'split' then 'Die Presse ist geteilt: ' || positive || ' gute, ' || negative
            || ' schlechte Meldungen in 28 Tagen.'
        when 'silence' then '28 Tage kein gemeinsamer Artikel, erwartet an ' || round(expected_28)::int || ' Tagen.'
        else 'Am ' || german_day(raised_on) || ' fehlen etwa ' || german_number(100 * (1 - coverage), 0)
            || ' % der Artikel, Signale sind ausgesetzt.'
    end as reason,
    article_ids, known_on, closed_on
from told
join pair_signal_articles using (pair_id, raised_on, signal)
left join pair_signal_windows using (pair_id, raised_on)
order by raised_on, pair_id, signal
