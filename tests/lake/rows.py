"""Rows that keep a contract, to be changed in one field by a test."""

from datetime import UTC, datetime
from typing import Any

FETCHED = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)


def raw_article(**changed: Any) -> dict[str, Any]:
    row = {
        "url": "https://hafen.example/artikel/1.html",
        "publisher": "hafenkurier",
        "fetched_at": FETCHED,
        "run_id": "20260914T093000Z-000001",
        "html": b"<html></html>",
        "encoding": "utf-8",
        "http_status": 200,
        "title": "Reederei bestellt zwei Schiffe in Rostock",
        "body": "Die Reederei hat am Montag zwei Schiffe bei der Werft in Rostock bestellt, wie sie mitteilte.\n"
        "Der Auftrag sichert nach Angaben des Betriebsrats die Arbeit für gut zwei Jahre und gilt als Erfolg.",
        "published_at": datetime(2026, 9, 14, 6, 15, tzinfo=UTC),
        "date_source": "jsonld",
        "authors": ["Jette Brandt"],
        "language": "de",
        "text_status": "full",
        "parser": "test/1",
        "discovered_by": "https://hafen.example/feed.xml",
        "permission": "allowed",
    }
    return row | changed
