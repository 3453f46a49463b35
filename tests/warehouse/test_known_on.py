"""Whoever asks for known_on <= t sees no signal that a build on day t had not open, however late articles came."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from tests.warehouse.random_lake import PUBLISHERS
from tests.warehouse.test_as_of import ask, tables

START = datetime(2025, 1, 1, 5, 0, tzinfo=UTC)
DAYS = 420

SIGNALS = "select pair_id, signal, raised_on from pair_signals where known_on <= ? order by all"
BY_ITS_BASE = """select count(*) from pair_signals as s where known_on > raised_on and known_on >
    (select max(revised_on) from articles where list_contains(s.article_ids, article_id))"""
OPEN = """select count(*) from pair_signals
    where pair_id = ? and signal = ? and raised_on <= ? and coalesce(closed_on > ?, true)"""


def late(random):
    """Days until an article is known: most at once, some a day later, few weeks later."""
    return random.choices((0, 1, 3, 10, 40, 90), (80, 8, 4, 4, 3, 1))[0]


def eventful(random, pairs=("adidas~basf", "adidas~puma", "basf~bayer", "bayer~puma")):
    """Histories with bursts, turns, slides, silences; every article in one version, others than these none."""
    found = defaultdict(list)
    for pair in pairs:
        tone, rate, before = 0.0, 0.5, []
        for day in range(random.randrange(120), DAYS):
            if day % 45 == 0:
                tone, rate = random.choice((-0.8, -0.3, 0.4, 0.9)), random.choice((0.0, 0.3, 0.7, 1.5))
            burst = random.choice((0, 0, 0, 0, 0, 0, 0, 5)) if random.random() < 0.15 else 0
            for _ in range(burst + sum(random.random() < rate / 3 for _ in range(3))):
                published = START + timedelta(days=day, minutes=random.randrange(900))
                number = f"{pair}~{len(found['articles']):04d}"
                near = [story for story, at in before[-5:] if published - at < timedelta(days=5)]
                story = random.choice(near) if near and random.random() < 0.15 else number
                before.append((story, published))
                add(random, found, pair, number, story, published, tone)
    return found


def add(random, found, pair, number, story, published, tone):
    """One article and what it says of the pair."""
    at = {"fetched_at": published + timedelta(days=late(random), hours=2)}
    key = {"article_id": number, "version": 1}
    found["articles"].append(
        key
        | at
        | {
            "url": f"https://hafen.example/{number}",
            "publisher": random.choice(PUBLISHERS),
            "title": f"Meldung {number}",
            "body": "Erfunden.",
            "published_at": published,
            "published_on": published.date(),
            "known_on": at["fetched_at"].date(),
            "date_source": "jsonld",
            "language": "de",
            "text_status": "full",
            "story_id": story,
            "is_wire_copy": story != number,
            "word_count": 1,
            "text_hash": number,
            "run_id": f"run-{number}",
        }
    )
    company_a, company_b = pair.split("~")
    sentiment = 1.0 if random.random() < (1 + tone) / 2 else -1.0
    found["article_pairs"].append(
        key
        | at
        | {
            "pair_id": pair,
            "company_a": company_a,
            "company_b": company_b,
            "sentences": 1,
            "dominance": 1.0,
            "relevance": random.randint(5, 10) / 10,
            "relation_sentiment": random.choice((sentiment, sentiment, 0.0)),
            "hedged_share": 0.0,
        }
    )


@pytest.mark.parametrize("seed", range(2))
def test_a_signal_is_known_only_when_a_build_of_that_day_had_it(tmp_path, monkeypatch, seed):
    random = Random(seed)
    found = eventful(random)
    whole = tables(monkeypatch, tmp_path / "whole", found)
    seen = Counter()
    for days in sorted(random.sample(range(150, DAYS), 3)):
        day = (START + timedelta(days=days)).date()
        cut = tables(monkeypatch, tmp_path / f"{day}", found, until=day)
        for pair, signal, raised in ask(whole, SIGNALS, day):
            assert ask(cut, OPEN, pair, signal, raised, raised) != [(0,)], (day, pair, signal, raised)
            seen[signal] += 1
    assert len(seen) >= 5, seen
    assert ask(whole, BY_ITS_BASE)[0][0] > 10, "no late article of a base: nothing was tried"
