"""Random histories in which signals open and close: bursts, turns, slides, silences, articles known weeks late.

One article in twelve is corrected: it names the pair no longer, says the contrary, or has another day of publication.
Every 60 days a few articles are taken to speak of the pair, the other way, until weeks later a correction withdraws it.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from tests.warehouse.random_lake import BERLIN, PUBLISHERS

START = datetime(2025, 1, 1, 5, 0, tzinfo=UTC)
DAYS = 420


def late(random):
    """Days until an article is known: most at once, some a day later, few weeks later."""
    return random.choices((0, 1, 3, 10, 40, 90), (80, 8, 4, 4, 3, 1))[0]


def eventful(random, pairs=("adidas~basf", "adidas~puma", "basf~bayer", "bayer~puma")):
    """Histories with bursts, turns, slides, silences, corrections, withdrawals.

    Twenty articles a day name none of the pairs and are known at once, so that late ones hardly move the number of all.
    """
    found = defaultdict(list)
    for day in range(DAYS):
        for number in range(20):
            found["articles"].append(article(f"other~{day:03d}~{number}", START + timedelta(days=day, minutes=number)))
    for pair in pairs:
        tone, rate, before = 0.0, 0.5, []
        for day in range(random.randrange(120), DAYS):
            if day % 45 == 0:
                tone, rate = random.choice((-0.8, -0.3, 0.4, 0.9)), random.choice((0.0, 0.3, 0.7, 1.5))
            if day % 60 == 40:
                mistake(random, found, pair, day, -tone)
            burst = random.choice((0, 0, 0, 0, 0, 0, 0, 5)) if random.random() < 0.15 else 0
            for _ in range(burst + sum(random.random() < rate / 3 for _ in range(3))):
                published = START + timedelta(days=day, minutes=random.randrange(900))
                number = f"{pair}~{len(found['articles']):05d}"
                near = [story for story, at in before[-5:] if published - at < timedelta(days=5)]
                story = random.choice(near) if near and random.random() < 0.15 else number
                before.append((story, published))
                told = article(number, published, random.choice(PUBLISHERS), story, late(random))
                found["articles"].append(told)
                said = of_pair(random, told, pair, tone)
                found["article_pairs"].append(said)
                if random.random() < 1 / 12:
                    correct(random, found, told, said)
    return found


def mistake(random, found, pair, day, tone):
    """Six articles within three days that a later version takes away from the pair, all in the same weeks.

    In every third case or so the first has a copy that goes on speaking of the pair: it leads the story then.
    """
    kept, is_copied = random.randrange(40, 90), random.random() < 0.3
    for number in range(6):
        published = START + timedelta(days=day + number // 2, minutes=random.randrange(900))
        told = article(f"{pair}~{day:03d}~{number}", published, random.choice(PUBLISHERS))
        found["articles"] += [told, revised(told, timedelta(days=kept))]
        found["article_pairs"].append(of_pair(random, told, pair, tone))
        if is_copied and number == 0:
            name = told["article_id"]
            copy = article(f"{name}~copy", published + timedelta(hours=1), random.choice(PUBLISHERS), name)
            found["articles"].append(copy)
            found["article_pairs"].append(of_pair(random, copy, pair, tone))


def correct(random, found, told, said):
    """A later version of the article."""
    new = revised(told, timedelta(days=random.choice((0, 1, 5, 20, 60)), hours=3))
    says = said | {name: new[name] for name in ("version", "fetched_at")}
    what = random.choice(("gone", "contrary", "moved"))
    if what == "moved":
        published = told["published_at"] + timedelta(days=random.choice((-40, -5, -1, 1, 2)))
        if published > new["fetched_at"]:
            return
        new |= {"published_at": published, "published_on": berlin_day(published)}
    if what == "contrary":
        says |= {"relation_sentiment": -said["relation_sentiment"]}
    found["articles"].append(new)
    if what != "gone":
        found["article_pairs"].append(says)


def berlin_day(at):
    return at.astimezone(BERLIN).date()


def revised(told, after):
    """The article's second version, fetched so much later."""
    fetched = told["fetched_at"] + after
    return told | {
        "version": 2,
        "fetched_at": fetched,
        "known_on": berlin_day(fetched),
        "run_id": f"{told['run_id']}~2",
    }


def article(article_id, published, publisher=PUBLISHERS[0], story_id=None, days=0):
    """An article that is known so many days after its publication."""
    fetched = published + timedelta(days=days, hours=2)
    return {
        "article_id": article_id,
        "version": 1,
        "url": f"https://hafen.example/{article_id}",
        "publisher": publisher,
        "title": f"Meldung {article_id}",
        "body": "Erfunden.",
        "published_at": published,
        "published_on": berlin_day(published),
        "known_on": berlin_day(fetched),
        "fetched_at": fetched,
        "date_source": "jsonld",
        "language": "de",
        "text_status": "full",
        "story_id": story_id or article_id,
        "is_wire_copy": story_id not in (None, article_id),
        "word_count": 1,
        "text_hash": article_id,
        "run_id": f"run-{article_id}",
    }


def of_pair(random, told, pair, tone):
    """What the article says of the pair: mostly good where tone is near 1, mostly bad near -1."""
    company_a, company_b = pair.split("~")
    sentiment = 1.0 if random.random() < (1 + tone) / 2 else -1.0
    return {name: told[name] for name in ("article_id", "version", "fetched_at")} | {
        "pair_id": pair,
        "company_a": company_a,
        "company_b": company_b,
        "sentences": 1,
        "dominance": 1.0,
        "relevance": random.randint(5, 10) / 10,
        "relation_sentiment": random.choice((sentiment, sentiment, 0.0)),
        "hedged_share": 0.0,
    }
