"""What a page says about its article outside the text: JSON-LD, meta tags, <time>, a German date as the last resort."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from scrapers import page_jsonld as jsonld
from scrapers.extraction.blocks import Block
from scrapers.page_byline import split_names
from scrapers.page_dates import BERLIN, find_german, parse_iso

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "publishdate", "publish-date", "pubdate",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "sailthru.date", "parsely-pub-date",
    "article.published", "last-published", "date", "dc.date", "dcterms.date",
)  # fmt: skip
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_AUTHOR_META = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_SECTION_META = ("article:section", "og:article:section", "parsely-section", "cxenseparse:section", "section")


@dataclass
class PageMetadata:
    """Fields as the page states them; a None or an empty list where it says nothing."""

    titles: dict[str, str] = field(default_factory=dict)  # jsonld, og, h1, title
    published_at: datetime | None = None
    date_source: str | None = None
    modified_at: datetime | None = None
    authors: list[str] = field(default_factory=list)
    is_organisation: bool = False  # JSON-LD says that the author is no person
    section: str | None = None
    language: str | None = None
    is_paywalled: bool | None = None
    article_body: str | None = None
    site_name: str | None = None
    is_article: bool = False  # JSON-LD or og:type says so
    lead: str = ""  # the page's description
    time_tags: list[str] = field(default_factory=list)  # datetime attributes of <time>, in order


def read_metadata(tree: LexborHTMLParser) -> PageMetadata:
    """Reads the metadata of a parsed page."""
    meta = _meta_tags(tree)
    values = [v for s in tree.css('script[type*="ld+json"]') if (v := jsonld.load(s.text())) is not None]
    article, everything = jsonld.find_article(values, _canonical(tree, meta))
    found = PageMetadata(is_article=bool(article) or meta.get("og:type", "").lower().endswith("article"))
    found.lead = jsonld.text(meta.get("og:description") or meta.get("description")) or ""
    found.site_name = meta.get("og:site_name") or jsonld.text(article.get("publisher"))
    found.titles = _titles(tree, meta, article)
    _dates(found, tree, meta, article)
    found.authors = _authors(tree, meta, article, everything)
    stated = article.get("author")
    found.is_organisation = isinstance(stated, dict) and "Organization" in " ".join(jsonld.types(stated))
    found.section = (
        jsonld.text(article.get("articleSection"))
        or next((meta[k] for k in _SECTION_META if meta.get(k)), None)
        or jsonld.breadcrumb_section(values, {*found.titles.values(), found.site_name})
    )
    found.language = _language(tree, meta, article)
    stated_free = (jsonld.is_free(node.get("isAccessibleForFree")) for node in (article, *everything))
    free = next((is_free for is_free in stated_free if is_free is not None), None)
    tier = meta.get("article:content_tier", "").lower()
    if free is None and tier in ("free", "metered", "locked"):
        free = tier != "locked"
    found.is_paywalled = None if free is None else not free
    found.article_body = _plain(article.get("articleBody"))
    return found


def _plain(text: Any) -> str | None:
    """articleBody without the markup that some publishers leave in it."""
    if not isinstance(text, str):
        return None
    return LexborHTMLParser(text).text(separator=" ") if "<" in text and ">" in text else text


def _meta_tags(tree: LexborHTMLParser) -> dict[str, str]:
    """Name, property or itemprop (lower case) -> content of the page's meta tags; the first of equals wins."""
    meta: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attrs = node.attributes
        content = (attrs.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            if content and attrs.get(key):
                meta.setdefault(attrs[key].lower(), content)
    return meta


def _canonical(tree: LexborHTMLParser, meta: dict[str, str]) -> str:
    link = tree.css_first('link[rel="canonical"]')
    return (link.attributes.get("href") if link else None) or meta.get("og:url", "")


def _titles(tree: LexborHTMLParser, meta: dict[str, str], article: jsonld.Node) -> dict[str, str]:
    h1 = [t for n in tree.css("h1") if (t := " ".join(n.text(separator=" ").split()))]
    title = tree.css_first("head title") or tree.css_first("title")
    given = {
        "jsonld": jsonld.text(article.get("headline")) or jsonld.text(article.get("name")),
        "og": jsonld.text(meta.get("og:title")),
        "h1": h1[0] if h1 else None,
        "title": " ".join(title.text().split()) if title else None,
    }
    return {k: v for k, v in given.items() if v}


def _dates(found: PageMetadata, tree: LexborHTMLParser, meta: dict[str, str], article: jsonld.Node) -> None:
    found.modified_at = parse_iso(article.get("dateModified")) or next(
        (d for k in _MODIFIED_META if (d := parse_iso(meta.get(k)))), None
    )
    found.time_tags = [stamp for n in tree.css("time")[:20] if (stamp := n.attributes.get("datetime") or n.text())]
    stated = [("jsonld", article.get(name)) for name in ("datePublished", "dateCreated", "uploadDate")]
    stated += [("meta", meta.get(key)) for key in _PUBLISHED_META]
    dated = [(day, source) for source, value in stated if (day := parse_iso(value))]
    if not dated:
        return
    found.published_at, found.date_source = dated[0]
    if _is_bare_day(dated[0][0]):
        # The same day with its hour, where the page tells it elsewhere.
        dated += [(day, "time_tag") for stamp in found.time_tags if (day := parse_iso(stamp))]
        same = [(day, source) for day, source in dated if _same_day(day, dated[0][0]) and not _is_bare_day(day)]
        if same:
            found.published_at, found.date_source = same[0]


def _is_bare_day(when: datetime) -> bool:
    return (when.hour, when.minute, when.second) == (0, 0, 0) or when.astimezone(BERLIN).time() == time.min


def _same_day(one: datetime, other: datetime) -> bool:
    return one.astimezone(BERLIN).date() == other.astimezone(BERLIN).date()


def printed_date(time_tags: Sequence[str], blocks: Sequence[Block]) -> tuple[datetime | None, str | None]:
    """(the date, time_tag or text) as the page prints it: a <time>, else a German date in a short line.

    Lines around the title come first, then the page from its top; a date inside a sentence is none of the article's.
    """
    for stamp in time_tags:
        if day := parse_iso(stamp):
            return day, "time_tag"
    title_at = next((i for i, b in enumerate(blocks) if b.element.tag == "h1"), 0)
    near = blocks[max(0, title_at - 5) : title_at + 25]
    for block in (*near, *blocks):
        if len(block.text) <= 120 and (hit := find_german(block.text)):
            return hit[0], "text"
    return None, None


def _people(value: Any, everything: list[jsonld.Node]) -> list[str]:
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and not item.get("name") and item.get("@id"):
            item = next((n for n in everything if n.get("@id") == item["@id"] and n.get("name")), item)
        raw = item.get("name") if isinstance(item, dict) else item
        for one in raw if isinstance(raw, list) else [raw]:
            if name := jsonld.text(one):
                names.append(name)
    return names


def _authors(
    tree: LexborHTMLParser, meta: dict[str, str], article: jsonld.Node, everything: list[jsonld.Node]
) -> list[str]:
    raw = _people(article.get("author") or article.get("creator"), everything)
    if not raw:
        raw = [meta[k] for k in _AUTHOR_META if meta.get(k)][:1]
    if not raw:
        raw = [n.text() for n in tree.css('a[rel~="author"], [itemprop="author"] [itemprop="name"]')[:5]]
    return list(dict.fromkeys(name for text in raw for name in split_names(text)))


def _language(tree: LexborHTMLParser, meta: dict[str, str], article: jsonld.Node) -> str | None:
    html = tree.root
    given = (
        jsonld.text(article.get("inLanguage")),
        html.attributes.get("lang") if html else None,
        meta.get("og:locale"),
        meta.get("content-language"),
    )
    return next((m.group(1).lower() for g in given if g and (m := re.match(r"([A-Za-z]{2})(?![A-Za-z])", g))), None)
