"""Random histories in the lake: wire copies, late articles, corrections, several fetches a day, quiet days."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from lake import seeds, store
from tests.lake.rows import raw_article

Row = dict[str, Any]
History = dict[str, list[Row]]
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 20, 5, 0, tzinfo=UTC)  # the clocks change on 29 March
COMPANIES = ("adidas", "basf", "bayer", "puma")
PUBLISHERS = tuple(p.publisher for p in seeds.publishers() if p.state != "trial")[:3]
TRIAL = next(p.publisher for p in seeds.publishers() if p.state == "trial")
EVERYONE = (*PUBLISHERS, *PUBLISHERS, TRIAL, "unlisted")  # with those that count in no figure


def history(random: Random, days: int = 40, articles: int = 60, publishers: tuple[str, ...] = PUBLISHERS) -> History:
    """Rows of each dataset that a warehouse of daily figures reads, in order of their fetching.

    A later version of an article names other companies, and now and then has another day of publication.
    """
    found: History = defaultdict(list)
    stories: list[tuple[str, datetime]] = []
    for number in range(articles):
        fetched = START + timedelta(minutes=random.randrange(days * 24 * 60))
        late = random.choice((0, 0, 0, 1, 3, 20))
        published = fetched - timedelta(days=late, minutes=random.randrange(600))
        article_id = f"{number:04d}"
        near = [story for story, at in stories if abs(at - published) < timedelta(days=7)]
        story_id = random.choice(near) if near and random.random() < 0.3 else article_id
        stories.append((article_id, published))
        publisher = publishers[number % len(publishers)]
        for version in range(1, random.choice((1, 1, 1, 2, 3)) + 1):
            article = _article(article_id, version, story_id, published, fetched) | {"publisher": publisher}
            add(random, found, article)
            fetched += timedelta(hours=random.randrange(1, 200))
            if random.random() < 0.3:
                published = min(fetched, published + timedelta(days=random.choice((-40, -3, -1, 1, 3))))
    return found


def _article(article_id: str, version: int, story_id: str, published: datetime, at: datetime) -> Row:
    return {
        "article_id": article_id,
        "version": version,
        "url": f"https://hafen.example/{article_id}",
        "title": f"Meldung {article_id}, Fassung {version}",
        "body": "Erfunden.",
        "published_at": published,
        "published_on": published.astimezone(BERLIN).date(),
        "known_on": at.astimezone(BERLIN).date(),
        "fetched_at": at,
        "date_source": "jsonld",
        "language": "de",
        "text_status": "full",
        "story_id": story_id,
        "is_wire_copy": story_id != article_id,
        "word_count": 1,
        "text_hash": f"{article_id}~{version}",
        "run_id": f"run-{article_id}-{version}",
    }


def add(random: Random, found: History, article: Row) -> None:
    """The article, its page, and what is drawn for it to say of companies drawn."""
    key = {name: article[name] for name in ("article_id", "version")}
    at = {"fetched_at": article["fetched_at"]}
    found["articles"].append(article)
    raw = {name: article[name] for name in ("url", "publisher", "published_at", "run_id")}
    lists = random.choice((["feed"], ["sitemap"], ["feed", "sitemap"], ["feed", "sitemap"]))
    found["raw_articles"].append(raw_article(**raw, **at, html=None, listed_in=lists))
    named = sorted(random.sample(COMPANIES, random.choice((1, 2, 2, 3))))
    for number, company_id in enumerate(named * 2):
        span = {"start_char": 10 * number, "end_char": 10 * number + 4, "surface": company_id, "match_rule": "name"}
        flags = dict.fromkeys(("in_title", "in_lead", "is_quoted"), False)
        credit = random.random() < 0.1
        tone = None if credit else random.choice((-1, 0, 1))
        row = {"sentence_no": number, "company_id": company_id, "is_source_credit": credit, "company_sentiment": tone}
        found["mentions"].append(key | row | span | flags | at)
    for a, b in combinations(named, 2):
        toned = random.random() < 0.9
        pair = {
            "pair_id": f"{a}~{b}",
            "company_a": a,
            "company_b": b,
            "sentences": int(toned),
            "dominance": 1.0,
            "relevance": random.randint(1, 10) / 10,
            "relation_sentiment": random.choice((-1.0, -0.5, 0.0, 0.25, 1.0)) if toned else None,
            "hedged_share": random.choice((0.0, 1.0)) if toned else None,
        }
        found["article_pairs"].append(key | pair | at)
        if toned:
            sentence = {
                "sentence_no": 1,
                "pair_id": f"{a}~{b}",
                "relation_sentiment": round(pair["relation_sentiment"]),
                "relation_kind": "other",
                "confidence": random.randint(5, 10) / 10,
                "reach": "direct",
                "is_hedged": bool(pair["hedged_share"]),
                "is_quoted": False,
                "is_past": False,
                "excerpt": "Erfunden.",
            }
            found["pair_sentences"].append(key | sentence | at)


def land(found: History, until: date | None = None) -> None:
    """Writes the history into the lake; until: only what was fetched by the end of that Berlin day."""
    for dataset, rows in found.items():
        of_day = defaultdict(list)
        for row in rows:
            if until is None or row["fetched_at"].astimezone(BERLIN).date() <= until:
                of_day[row["fetched_at"].date()].append(row)
        for day, landed in of_day.items():
            drop = set() if dataset in ("articles", "raw_articles") else {"fetched_at"}
            rows_of_day = [{name: value for name, value in row.items() if name not in drop} for row in landed]
            store.replace(dataset, day, rows_of_day)
