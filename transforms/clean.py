"""raw_articles -> articles of one day: normalised, German, dated, versioned, grouped into stories.

What is refused goes to quarantine with its reason and the whole row. A rerun of a day replaces the day.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.compute as pc
from py3langid import classify

from lake import store
from lake.addresses import canonical_url
from lake.checking import row_errors
from lake.contracts import ContractError
from transforms.landed import landed
from transforms.normalise import line, paragraphs, short_hash
from transforms.purged import split_purged
from transforms.quarantine import quarantined
from transforms.stories import Candidate, assign_stories

Row = dict[str, Any]
BERLIN = ZoneInfo("Europe/Berlin")
FIRST_YEAR = 1995  # no German publisher was online before
AHEAD = timedelta(hours=24)  # clocks and zones are wrong by hours, not by days
STORY_DAYS = 7  # copies of one text appear within a week
SURE_LENGTH = 200  # characters from which the language is found without a mistake


def _language(title: str, body: str, declared: str | None) -> str:
    if len(body) < SURE_LENGTH and declared:
        return declared.lower()[:2]
    return classify(f"{title}\n{body}"[:4000])[0]


def _refusal(raw: Row, title: str, body: str) -> tuple[str, str] | None:
    """Reason and detail when a page is no article that we can use."""
    probe = f"Try: scrapy probe {raw['url']}"
    if raw["permission"] == "reserved":
        return "reserved", "the publisher reserves text and data mining; no text is kept"
    if not title:
        return "no_title", f"no title was found; is the selector of spider '{raw['publisher']}' out of date? {probe}"
    if raw["text_status"] == "teaser":
        return "teaser", f"only the beginning is free to read ({len(body)} characters)"
    if not body:
        return "no_body", f"no text was found; is the selector of spider '{raw['publisher']}' out of date? {probe}"
    if (language := _language(title, body, raw["language"])) != "de":
        return "not_german", f"the text is {language}"
    published, fetched = raw["published_at"], raw["fetched_at"]
    if published is None:
        return ("no_date", f"neither page nor listing has a date. {probe}") if raw["is_backfill"] else None
    if published > fetched + AHEAD:
        return "date_in_future", f"published_at {published.isoformat()} is after fetched_at {fetched.isoformat()}"
    if published.year < FIRST_YEAR:
        return "date_too_old", f"published_at {published.isoformat()} is before {FIRST_YEAR}"
    return None


def _article(raw: Row, title: str, body: str) -> Row:
    fetched, url = raw["fetched_at"], canonical_url(raw["url"])
    published = raw["published_at"] or fetched
    copied = ("publisher", "modified_at", "authors", "section", "is_paywalled", "text_status", "agency", "run_id")
    return {
        **{name: raw[name] for name in copied},
        "article_id": short_hash(url),
        "url": url,
        "title": title,
        "body": body,
        "fetched_at": fetched,
        "published_at": published,
        "published_on": published.astimezone(BERLIN).date(),
        "known_on": (raw["landed_at"] or fetched).astimezone(BERLIN).date(),
        "date_source": raw["date_source"] if raw["published_at"] else "none",
        "language": "de",
        "word_count": len(body.split()),
        "text_hash": short_hash(f"{title}\n{body}"),
    }


def _known(days: list[date], ids: list[str]) -> list[Row]:
    """The versions that these days hold of these articles, oldest first."""
    if not ids:
        return []
    columns = ["article_id", "version", "text_hash", "story_id"]
    rows = store.read("articles", days, columns, pc.field("article_id").isin(ids)).to_pylist()
    return sorted(rows, key=lambda row: row["version"])


def _with_versions(articles: list[Row], held: list[Row], day: date) -> tuple[list[Row], list[Row]]:
    """(articles with their version, repeats of a text that we have), in order of fetching.

    Versions count from the days before, and from what the day holds already. A day cleaned after a later one takes a
    number that the later does not use, so that the pair stays unique; which text is the newest is told by fetched_at.
    """
    ids = sorted({a["article_id"] for a in articles})
    latest = {row["article_id"]: row for row in _known([d for d in store.days("articles") if d < day], ids)}
    latest |= {row["article_id"]: row for row in held}
    later: dict[str, set[int]] = {}
    for row in _known([d for d in store.days("articles") if d > day], ids):
        later.setdefault(row["article_id"], set()).add(row["version"])
    fresh, repeats = [], []
    for article in articles:
        last = latest.get(article["article_id"])
        if last and last["text_hash"] == article["text_hash"]:
            repeats.append(article)
            continue
        article["version"] = last["version"] + 1 if last else 1
        if article["version"] in later.get(article["article_id"], ()):
            article["version"] = max(later[article["article_id"]]) + 1
        article["story_id"] = last["story_id"] if last else None
        latest[article["article_id"]] = article
        fresh.append(article)
    return fresh, repeats


def _with_stories(articles: list[Row], day: date) -> list[Row]:
    before = [d for d in store.days("articles") if day - timedelta(days=STORY_DAYS) <= d < day]
    columns = ["article_id", "body", "published_at", "story_id", "publisher"]
    known = store.read("articles", before, columns, pc.field("body").is_valid()).to_pylist()
    stories = assign_stories(
        (Candidate(row["article_id"], row["body"], row["published_at"], row["story_id"]) for row in known),
        [Candidate(a["article_id"], a["body"], a["published_at"], a["story_id"]) for a in articles],
    )
    publisher_of = {row["article_id"]: row["publisher"] for row in [*known, *articles]}
    for article in articles:
        story_id = article["story_id"] = stories[article["article_id"]]
        copied = publisher_of.get(story_id, article["publisher"]) != article["publisher"]
        article["is_wire_copy"] = article["agency"] is not None or copied
    return articles


def _held(purged: list[Row], day: date) -> tuple[list[Row], list[Row], list[Row]]:
    """What was made of pages before their texts were purged: articles, what clean refused, what validate refused."""
    if not purged:
        return [], [], []
    pages = {(canonical_url(raw["url"]), raw["run_id"]) for raw in purged}
    articles = [row for row in store.read("articles", [day]).to_pylist() if (row["url"], row["run_id"]) in pages]
    refused = store.read("quarantine", [day]).to_pylist()
    refused = [row for row in refused if (canonical_url(row["url"]), row["run_id"]) in pages]
    by_stage = {stage: [row for row in refused if row["stage"] == stage] for stage in ("clean", "validate")}
    return articles, by_stage["clean"], by_stage["validate"]


def clean(day: date) -> Counter:
    """Writes the day's articles and quarantine. Returns counts: articles, and each reason of refusal.

    Raises ContractError when no crawl ran on the day, so that a typing error is not taken for a quiet day, and when its
    texts were purged. Of a day with some texts purged, what was made of them is kept.
    """
    if day not in store.days("raw_articles") and day not in store.days("crawl_runs"):
        raise ContractError(
            f"raw_articles: nothing landed on {day}; days there: {_span()}. Is LAKE_DIR right, for the lake is at "
            f"{store.lake_dir()}? Else try: scrapy crawl NAME"
        )
    rows, purged = split_purged("raw_articles", day, landed(day))
    rows.sort(key=lambda row: (row["fetched_at"], row["url"], row["run_id"]))
    held, refused, refused_later = _held(purged, day)
    articles = []
    for raw in rows:
        title, body = line(raw["title"]), paragraphs(raw["body"])
        if refusal := _refusal(raw, title, body):
            refused.append(quarantined("clean", raw, *refusal))
        else:
            articles.append(_article(raw, title, body))
    by_key = {(canonical_url(raw["url"]), raw["fetched_at"]): raw for raw in rows}
    articles, repeats = _with_versions(articles, held, day)
    for article in repeats:
        raw = by_key[article["url"], article["fetched_at"]]
        refused.append(quarantined("clean", raw, "duplicate_url", f"same text as {article['url']}, which we have"))
    kept = held
    for article in sorted(_with_stories(articles, day), key=lambda a: (a["article_id"], a["version"])):
        if errors := row_errors("articles", article):
            raw = by_key[article["url"], article["fetched_at"]]
            refused.append(quarantined("clean", raw, f"contract:{errors[0][0]}", errors[0][1]))
        else:
            kept.append(article)
    store.replace("quarantine", day, sorted(refused, key=lambda r: (r["url"], r["run_id"], r["reason"])), part="clean")
    store.replace("quarantine", day, refused_later, part="validate")  # the others are judged anew by validate
    store.replace("articles", day, sorted(kept, key=lambda a: (a["article_id"], a["version"])))
    return Counter({"articles": len(kept)}) + Counter(row["reason"] for row in refused)


def _span() -> str:
    days = store.days("raw_articles")
    return f"{days[0]} to {days[-1]}" if days else "none"
