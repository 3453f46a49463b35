"""A page that a test may keep: the publisher's structure and dates, with every word replaced by an invented one.

Words become other German words of about their length, the same word always the same: a name in the metadata and in the
by-line still agree. Kept: numbers, dates, and the words that an extractor goes by. Scripts, styles and pictures go.
"""

import gzip
import hashlib
import json
import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html

from scrapers.article_page import ArticlePage, decode, parse_article

FOLDER = Path(__file__).parents[1] / "tests" / "scrapers" / "recorded"
WORD = re.compile(r"[^\W\d_]+")
_KEPT = """
januar februar märz april mai juni juli august september oktober november dezember jan feb apr jun jul aug sep okt
nov dez montag dienstag mittwoch donnerstag freitag samstag sonntag uhr stand aktualisiert veröffentlicht von und
der die das den dem des ein eine einer eines einem einen in im am an auf aus bei mit nach zu zum zur für über ist
sind war hat haben wird werden nicht auch sich es sie er wie so dass als um vor bis oder aber
dpa afp reuters apa sda kna epd afx anzeige werbung newsletter lesen mehr thema weiterlesen quelle foto bild
autor redaktion artikel kommentare teilen drucken abo abonnieren kostenlos jetzt testen anmelden cookies de at ch
newsarticle article person organization website breadcrumblist listitem http https www com org schema true false
text html utf summary image large width device initial scale index follow max preview snippet
"""
_VOCABULARY = """
ab Ei Tag Weg Hof Rat Ort Werk Haus Preis Markt Kunde Firma Stadt Woche Zahl Monat Auftrag Betrieb Handel Gewinn
Umsatz Vertrag Vorstand Projekt Maschine Anlage Händler Zentrale Lieferung Produkt Standort Fabrik Geschäft
Mitarbeiter Partnerschaft Wirtschaft Entwicklung Unternehmen Produktion Investition Zusammenarbeit Verhandlung
Bundesregierung Geschäftsführung Aufsichtsratschef Quartalsergebnis Lieferantenkette Wirtschaftsprüfer
Genehmigungsverfahren Zusammenschlusskontrolle gut neu alt groß klein stark schnell steigen sinken bauen liefern
planen fordern erwarten berichten vereinbaren gemeinsam zusätzlich deutlich wichtig künftig bisher vergangen
international wirtschaftlich verantwortlich
"""
KEPT = frozenset(_KEPT.split())
VOCABULARY = _VOCABULARY.split()
TEXT_ATTRIBUTES = ("content", "alt", "title", "aria-label")
KEPT_ATTRIBUTES = ("class", "id", "name", "property", "itemprop", "itemtype", "itemscope", "rel", "type", "lang",
                   "role", "http-equiv", "charset", "datetime", "hidden", "aria-hidden")  # fmt: skip
LINK_ATTRIBUTES = ("href", "src")
FACTS = ("inLanguage", "uploadDate", "isAccessibleForFree", "cssSelector")
DROPPED = ("style", "svg", "iframe", "noscript", "template", "object", "video", "audio", "picture", "source")


def invent(text: str) -> str:
    """The text with every word replaced, capitals and punctuation as they were."""

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() in KEPT or len(word) == 1:
            return word
        near = sorted(VOCABULARY, key=lambda candidate: abs(len(candidate) - len(word)))[:8]
        new = near[int(hashlib.sha256(word.lower().encode()).hexdigest(), 16) % len(near)]
        if word.isupper():
            return new.upper()
        return new[0].upper() + new[1:] if word[0].isupper() else new.lower()

    return WORD.sub(other, text)


def scrub(html: bytes, encoding: str | None) -> bytes:
    """The page, UTF-8, with invented words. Structure, class names and dates stay."""
    tree = lxml.html.document_fromstring(decode(html, encoding).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in DROPPED:
            _remove(element)
        elif element.tag == "script":
            if "ld+json" in element.get("type", ""):
                element.text = _scrub_json(element.text or "")
            else:
                _remove(element)
        else:
            _scrub_element(element)
    return lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")


def _remove(element: lxml.html.HtmlMixin) -> None:
    element.tail = invent(element.tail) if element.tail else None  # it stays when the element goes
    if element.getparent() is not None:
        element.drop_tree()


def _scrub_element(element: lxml.html.HtmlElement) -> None:
    element.text = invent(element.text) if element.text else None
    element.tail = invent(element.tail) if element.tail else None
    for name, value in list(element.attrib.items()):
        if name in LINK_ATTRIBUTES or (name in TEXT_ATTRIBUTES and value.startswith(("http", "/"))):
            element.set(name, scrub_address(value))
        elif name in TEXT_ATTRIBUTES:
            element.set(name, invent(value))
        elif name not in KEPT_ATTRIBUTES:
            del element.attrib[name]


def scrub_address(address: str) -> str:
    """An address with its host and its first folder; the rest tells the title."""
    parts = urlsplit(address.split(" ")[0].split(",")[0])
    folders = parts.path.strip("/").split("/")
    first = f"/{folders[0]}" if len(folders) > 1 else ""
    return f"{parts.scheme}://{parts.netloc}{first}/seite.html" if parts.netloc else f"{first}/seite.html"


def _scrub_json(text: str) -> str:
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        return ""
    return json.dumps(_invent_values(value), ensure_ascii=False)


def _invent_values(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _invent_values(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_invent_values(item, key) for item in value]
    if not isinstance(value, str) or key.startswith(("@", "date")) or key in FACTS:
        return value
    return scrub_address(value) if value.startswith(("http://", "https://", "/")) else invent(value)


def expected_of(page: ArticlePage) -> dict[str, Any]:
    """The page's fields as they stand in the recorded JSON; the parser's own version is left out."""
    fields = asdict(page)
    fields.pop("parser")
    return {name: item.isoformat() if isinstance(item, datetime) else item for name, item in fields.items()}


def keep(name: str, url: str, html: bytes, encoding: str | None, folder: Path = FOLDER) -> tuple[Path, ArticlePage]:
    """Writes <folder>/<name>/<number>.html.gz and .json: the scrubbed page, its address and its expected row."""
    scrubbed, address = scrub(html, encoding), scrub_address(url)
    page = parse_article(scrubbed, address, encoding="utf-8")
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    target = place / f"{len(list(place.glob('*.json'))) + 1}.json"
    target.with_suffix(".html.gz").write_bytes(gzip.compress(scrubbed, mtime=0))
    _write(target, address, page)
    return target, page


def renew(target: Path) -> ArticlePage:
    """Parses a kept page again and writes what comes out as its expected row: to be read in the diff."""
    address = json.loads(target.read_text(encoding="utf-8"))["url"]
    page = parse_article(gzip.decompress(target.with_suffix(".html.gz").read_bytes()), address, encoding="utf-8")
    _write(target, address, page)
    return page


def _write(target: Path, address: str, page: ArticlePage) -> None:
    text = json.dumps({"url": address, "expected": expected_of(page)}, ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")
