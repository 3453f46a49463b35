"""Recorded pages: a miniature of a publisher's page (see miniature.py) beside the row that the parser makes of it."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapers.article_page import ArticlePage, parse_article
from scrapers.miniature import miniature, scrub_address
from scrapers.shrinking import PARAGRAPHS

FOLDER = Path(__file__).parents[1] / "tests" / "scrapers" / "recorded"


def expected_of(page: ArticlePage) -> dict[str, Any]:
    """The page's fields as they stand in the recorded JSON; the parser's own version is left out."""
    fields = asdict(page)
    fields.pop("parser")
    return {name: item.isoformat() if isinstance(item, datetime) else item for name, item in fields.items()}


def keep(name: str, url: str, html: bytes, encoding: str | None, folder: Path = FOLDER) -> tuple[Path, ArticlePage]:
    """Writes <folder>/<name>/<number>.html and .json: the miniature, its address and its expected row.

    Raises ValueError where a sentence of the page would be kept (see miniature).
    """
    kept, address = miniature(html, url, encoding), scrub_address(url)
    page = parse_article(kept, address, encoding="utf-8")
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    target = place / f"{len(list(place.glob('*.json'))) + 1}.json"
    target.with_suffix(".html").write_bytes(kept)
    _write(target, address, page)
    return target, page


def differences(page: ArticlePage, kept: ArticlePage) -> list[str]:
    """What the parser reads otherwise in the miniature than in the page itself, apart from the words."""
    alike = (
        "published_at",
        "date_source",
        "modified_at",
        "section",
        "language",
        "is_paywalled",
        "text_status",
        "agency",
    )
    found = [f"{name} {getattr(page, name)}, now {getattr(kept, name)}" for name in alike]
    found = [text for text, name in zip(found, alike, strict=True) if getattr(page, name) != getattr(kept, name)]
    if len(page.authors) != len(kept.authors):
        found.append(f"{len(page.authors)} authors, now {len(kept.authors)}")
    before, after = len(page.body.split("\n")), len(kept.body.split("\n"))
    if after > before or after < min(before, PARAGRAPHS - 3):
        found.append(f"{before} paragraphs, now {after}")
    return found


def renew(target: Path) -> ArticlePage:
    """Parses a kept page again and writes what comes out as its expected row: to be read in the diff."""
    address = json.loads(target.read_text(encoding="utf-8"))["url"]
    page = parse_article(target.with_suffix(".html").read_bytes(), address, encoding="utf-8")
    _write(target, address, page)
    return page


def _write(target: Path, address: str, page: ArticlePage) -> None:
    text = json.dumps({"url": address, "expected": expected_of(page)}, ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")
