"""A feed or sitemap -> the articles that it lists. RSS 2.0, RDF, Atom, sitemap, news sitemap, sitemap index.

Broken XML is read as far as it goes. Formats: https://www.rssboard.org/rss-specification, RFC 4287,
https://www.sitemaps.org/protocol.html, https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

import html
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.entities import html5
from io import BytesIO
from urllib.parse import urldefrag, urljoin

from lxml import etree

from scrapers.days import BERLIN

ROOTS = {"rss": "feed", "RDF": "feed", "feed": "feed", "urlset": "sitemap", "sitemapindex": "index"}
ENTRY_TAGS = {"feed": {"item", "entry"}, "sitemap": {"url"}, "index": {"sitemap"}}
XML_ENTITIES = {b"amp", b"lt", b"gt", b"quot", b"apos"}
ENTITY = re.compile(rb"&(?:([A-Za-z][A-Za-z0-9]*);|(?!#|[A-Za-z][A-Za-z0-9]*;))")
TRACKING = re.compile(r"(?:^|&)(?:utm|wt|pk)_[a-z_]+=[^&]*", re.I)
TAG = re.compile(r"<[^>]*>")


class ListingError(ValueError):
    """What a feed or sitemap address answered with is no list: says what it is instead."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as its publisher lists it; times in UTC."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    is_news: bool = True
    """Listed as news: in a feed or a news sitemap. A plain sitemap may list a whole archive."""


@dataclass(slots=True)
class Listing:
    """kind: feed, sitemap, index. sitemaps: (address, last change) of an index's members."""

    kind: str
    entries: list[Entry] = field(default_factory=list)
    sitemaps: list[tuple[str, datetime | None]] = field(default_factory=list)
    is_damaged: bool = False
    without_address: int = 0


def read_listing(body: bytes, url: str, max_size: int = 60 * 2**20) -> Listing:
    """Everything that the document at `url` lists, in its order, each address once.

    Raises ListingError when it is no list at all or unpacks to more than max_size bytes.
    """
    body = _repair_entities(_unpack(body, max_size).lstrip(b"\xef\xbb\xbf \t\r\n\0"))
    if not body:
        raise ListingError("the answer is empty")
    # huge_tree stays off and entities unresolved: a list is data from a stranger
    events = etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        listing = _collect(events, url)
    except etree.XMLSyntaxError as error:
        raise ListingError(f"not XML ({error.msg})") from error
    if listing is None:
        raise ListingError(f"not XML; it begins with {body[:40]!r}")
    listing.is_damaged = any(entry.level_name != "WARNING" for entry in events.error_log)
    return listing


def _collect(events: Iterator, url: str) -> Listing | None:
    listing, seen = None, set()
    for event, element in events:
        name = etree.QName(element).localname
        if listing is None:
            if name not in ROOTS:
                raise ListingError(f"a document of type <{name}>, neither feed nor sitemap")
            listing = Listing(ROOTS[name])
        if event != "end" or name not in ENTRY_TAGS[listing.kind]:
            continue
        entry = _feed_entry(element, url) if listing.kind == "feed" else _sitemap_entry(element, url)
        if entry is None:
            listing.without_address += 1
        elif entry.url not in seen:
            seen.add(entry.url)
            if listing.kind == "index":
                listing.sitemaps.append((entry.url, entry.modified_at))
            else:
                listing.entries.append(entry)
        element.clear()
        while element.getprevious() is not None:  # memory stays bounded on a sitemap of 50,000 entries
            del element.getparent()[0]
    return listing


def _feed_entry(element: etree._Element, base: str) -> Entry | None:
    texts: dict[str, str] = {}
    authors: list[str] = []
    link = None
    for child in element:
        name = etree.QName(child).localname
        text = _text(child)
        if name == "link" and (child.get("href") or text):
            if child.get("rel", "alternate") == "alternate":
                link = link or child.get("href") or text
        elif name in ("creator", "author"):
            names = [_text(c) for c in child if etree.QName(c).localname == "name"] or [text]
            authors += [n for n in names if n and n not in authors]
        elif text:
            texts.setdefault(name, text)
    if link is None and element.find("guid") is not None and element.find("guid").get("isPermaLink") != "false":
        link = texts.get("guid")
    if (address := _address(link, base)) is None:
        return None
    return Entry(
        url=address,
        title=_plain(texts.get("title")),
        published_at=read_time(texts.get("pubDate") or texts.get("published") or texts.get("date")),
        modified_at=read_time(texts.get("updated") or texts.get("modified")),
        authors=tuple(authors),
        language=texts.get("language"),
    )


def _sitemap_entry(element: etree._Element, base: str) -> Entry | None:
    texts: dict[str, str] = {}
    for child in element:
        name = etree.QName(child).localname
        if name in ("loc", "lastmod"):
            texts.setdefault(name, _text(child))
        elif name == "news":
            for item in child.iter():
                texts.setdefault(f"news:{etree.QName(item).localname}", _text(item))
    if (address := _address(texts.get("loc"), base)) is None:
        return None
    return Entry(
        url=address,
        title=_plain(texts.get("news:title")),
        published_at=read_time(texts.get("news:publication_date")),
        modified_at=read_time(texts.get("lastmod")),
        language=texts.get("news:language") or None,
        is_news=any(name.startswith("news:") for name in texts),
    )


def read_time(text: str | None) -> datetime | None:
    """An RFC 822 or ISO 8601 time in UTC; without a zone it is Berlin's. None for what is neither."""
    if not text:
        return None
    text = re.sub(r"-00:?00$", "+0000", text.strip())  # RFC 822's "UTC, wherever we are"
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            time = read(text)
            return (time if time.tzinfo else time.replace(tzinfo=BERLIN)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def _plain(text: str | None) -> str | None:
    """A title without the markup and the second escaping that feeds are fond of."""
    return " ".join(TAG.sub("", html.unescape(text)).split()) or None if text else None


def _address(link: str | None, base: str) -> str | None:
    if not link:
        return None
    try:
        address = urldefrag(urljoin(base, link.strip().replace("&amp;", "&"))).url
    except ValueError:
        return None
    path, mark, query = address.partition("?")
    if mark:  # one article must not have an address of its own in every list
        query = TRACKING.sub("", query).strip("&")
        address = f"{path}?{query}" if query else path
    return address if address.startswith(("http://", "https://")) else None


def _repair_entities(body: bytes) -> bytes:
    """HTML's named entities as numbers and bare ampersands escaped: a strict reader would drop them."""

    def repaired(match: re.Match[bytes]) -> bytes:
        name = match[1]
        if name is None:
            return b"&amp;"
        if name in XML_ENTITIES:
            return match[0]
        characters = html5.get(name.decode() + ";")
        return "".join(f"&#{ord(c)};" for c in characters).encode() if characters else b"&amp;" + name + b";"

    return ENTITY.sub(repaired, body)


def _unpack(body: bytes, max_size: int) -> bytes:
    """The document, unpacked where it is gzipped, and never more than max_size of it."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, max_size)
    except zlib.error as error:
        raise ListingError(f"broken gzip ({error})") from error
    if unpacker.unconsumed_tail:
        raise ListingError(f"unpacks to more than {max_size:,} bytes")
    return unpacked
