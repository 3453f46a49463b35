"""What `scrapy probe` prints: permissions, lists, an article's fields with their sources and verdicts."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from scrapy.http import HtmlResponse

from scrapers.listing import Listing
from scrapers.outcomes import doubts
from scrapers.permissions import Host
from scrapers.probe import ProbeSpider
from scrapers.tdm import Reservation

WIDTH = 72
FIELDS = ("title", "published_at", "modified_at", "authors", "section", "language", "is_paywalled", "text_status",
          "agency", "body")  # fmt: skip
RANK = {"news sitemap": 0, "feed": 1, "sitemap": 2, "sitemap index": 3}


def lines(spider: ProbeSpider, name: str | None) -> Iterator[str]:
    """The whole report; name: the spider that serves this site already."""
    yield f"spider      {name or 'none yet'}"
    for host in spider.hosts:
        yield from _host(host)
    if spider.reservation:
        yield f"this page   text and data mining: {_reserved(spider.reservation)}"
    if spider.article is not None:
        yield ""
        yield from _article(spider.article, spider.response)
    if spider.lists:
        yield ""
        yield from _lists(spider.lists, name)
    for url, why in spider.refusals:
        yield f"no use      {url}: {why}"


def is_usable(spider: ProbeSpider) -> bool:
    """Whether a spider could work with what was found."""
    if spider.article is not None and spider.reservation and not spider.reservation.is_reserved:
        return not doubts(spider.article)
    return any(listing.entries for _, _, listing in spider.lists)


def _host(host: Host) -> Iterator[str]:
    delay = f"one request in {host.crawl_delay:g} s" if host.crawl_delay else "no crawl delay"
    yield f"host        {host.name}: robots.txt {host.robots}, {delay}, tdmrep.json {host.tdm_file}"
    if host.barred_bots:
        yield f"            bars {', '.join(host.barred_bots)}"


def _reserved(said: Reservation) -> str:
    if said.is_reserved is None:
        return "nothing said"
    policy = f", licence at {said.policy}" if said.policy else ""
    return f"{'RESERVED: no text would be kept' if said.is_reserved else 'free'} (says the {said.where}{policy})"


def _article(row: dict[str, Any], response: HtmlResponse) -> Iterator[str]:
    found = set(doubts(row))
    paragraphs = (row["body"] or "").split("\n")
    verdicts = {
        "title": "missing" if "no_title" in found else "ok",
        "published_at": next((d for d in found if "date" in d or "published" in d), "ok"),
        "body": "missing" if "no_body" in found else "ok" if len(paragraphs) >= 3 else "short: under 3 paragraphs",
        "language": "ok" if row["language"] in ("de", None) else "not German: clean will refuse it",
        "text_status": "clean will refuse it" if row["text_status"] == "teaser" else "ok",
    }
    for name in FIELDS:
        value = row[name]
        where = (row["date_source"] if name == "published_at" else ", ".join(places(value, response))) or "-"
        yield f"{name:<12}  {_short(value):<{WIDTH}}  {where:<16}  {verdicts.get(name, '')}".rstrip()
    yield f"{'':<12}  {len(paragraphs)} paragraphs, {len(row['body'] or '')} characters, parser {row['parser']}"
    verdict = f"would land with {', '.join(sorted(found))}" if found else "would land without a doubt"
    yield f"verdict       {verdict}"


def places(value: Any, response: HtmlResponse) -> list[str]:
    """Where in the page the value stands word for word: jsonld, meta, h1, text."""
    value = value[0] if isinstance(value, list) and value else value
    if not isinstance(value, str) or len(value) < 3:  # a language code stands everywhere
        return []
    needle = value.split("\n")[0]
    structured = []
    for script in response.css('script[type*="ld+json"]::text').getall():
        try:
            structured.append(json.dumps(json.loads(script, strict=False), ensure_ascii=False))
        except ValueError:
            structured.append(script)
    candidates = {
        "jsonld": " ".join(structured).replace('\\"', '"'),
        "meta": " ".join(response.css("meta::attr(content)").getall()),
        "h1": " ".join(" ".join(response.css("h1 ::text").getall()).split()),
        "text": " ".join(response.xpath("//p//text()").getall()),
    }
    return [place for place, text in candidates.items() if needle in text]


def _short(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return value.isoformat()
    text = ", ".join(value) if isinstance(value, list) else str(value)
    text = text.replace("\n", " | ")
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def kind_of(listing: Listing) -> str:
    """feed, news sitemap, sitemap, sitemap index."""
    if listing.kind == "index":
        return "sitemap index"
    if listing.kind == "sitemap" and any(entry.title for entry in listing.entries):
        return "news sitemap"
    return listing.kind


def _lists(lists: list[tuple[str, str, Listing]], name: str | None) -> Iterator[str]:
    ranked = sorted(lists, key=lambda item: RANK[kind_of(item[2])])
    for url, found_in, listing in ranked:
        times = [time for entry in listing.entries if (time := entry.published_at or entry.modified_at)]
        newest = f", newest {max(times):%Y-%m-%d %H:%M} UTC" if times else ""
        count = f"{len(listing.entries) or len(listing.sitemaps)} entries"
        damage = ", damaged XML" if listing.is_damaged else ""
        yield f"{kind_of(listing):<13} {url}  ({found_in}; {count}{newest}{damage})"
        if listing.entries:
            yield f"{'':<13} e.g. {listing.entries[0].url}"
    best_url, _, best = ranked[0]
    if not name and best.entries:
        template = "feed" if best.kind == "feed" else "sitemap"
        yield f"next: scrapy genspider -t {template} NAME {best_url}"
