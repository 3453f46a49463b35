"""Random histories in which signals open and close: bursts, turns, slides, silences, and articles known weeks late."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from tests.warehouse.random_lake import PUBLISHERS

START = datetime(2025, 1, 1, 5, 0, tzinfo=UTC)
DAYS = 420


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
