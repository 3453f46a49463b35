"""scrapy extract IN.parquet OUT.parquet: pages in, articles out, without the network."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from lake.contracts import TEXTS, TIMESTAMP
from scrapers.article_page import PARSER, UnreadablePageError, parse_article

NEEDED = ("page_id", "url", "html")
ARTICLES = pa.schema(
    [
        ("page_id", pa.string()), ("url", pa.string()), ("title", pa.string()), ("body", pa.string()),
        ("published_at", TIMESTAMP), ("modified_at", TIMESTAMP), ("authors", TEXTS), ("language", pa.string()),
        ("section", pa.string()), ("is_paywalled", pa.bool_()), ("text_status", pa.string()),
        ("agency", pa.string()), ("date_source", pa.string()), ("parser", pa.string()), ("error", pa.string()),
    ]
)  # fmt: skip
BATCH_ROWS = 200


def extract_rows(pages: Iterator[dict]) -> Iterator[dict]:
    """One article row per page row (page_id, url, html). A page that is none keeps its row, with the reason in error."""
    for page in pages:
        row = {"page_id": str(page["page_id"]), "url": page["url"], "authors": []}
        try:
            found = parse_article(page["html"] or b"", page["url"] or "", encoding=page.get("encoding"))
        except UnreadablePageError as error:
            yield row | {"text_status": "unknown", "parser": PARSER, "error": str(error)}
            continue
        yield row | {name: getattr(found, name) for name in ARTICLES.names if hasattr(found, name)}


def extract_file(source: Path, target: Path) -> tuple[int, int]:
    """Extracts a whole file, batch by batch; (pages, pages that are none). Raises UsageError for a file without pages."""
    with pq.ParquetFile(source) as pages:
        if missing := [name for name in NEEDED if name not in pages.schema_arrow.names]:
            raise UsageError(f"{source}: no column {', '.join(missing)}; extract needs {', '.join(NEEDED)}")
        columns = [*NEEDED, *(["encoding"] if "encoding" in pages.schema_arrow.names else [])]
        aside = target.with_name(f".{target.name}.{os.getpid()}")
        count = unreadable = 0
        try:
            with pq.ParquetWriter(aside, ARTICLES, compression="zstd") as writer:
                for batch in pages.iter_batches(BATCH_ROWS, columns=columns):
                    rows = list(extract_rows(batch.to_pylist()))
                    writer.write_table(pa.Table.from_pylist(rows, schema=ARTICLES))
                    count += len(rows)
                    unreadable += sum("error" in row for row in rows)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    return count, unreadable


class Command(ScrapyCommand):
    requires_project = True
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "IN.parquet OUT.parquet"

    def short_desc(self) -> str:
        return "Extract articles from pages in a Parquet file, without the network"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        if len(args) != 2:
            raise UsageError("give two files: scrapy extract IN.parquet OUT.parquet")
        source, target = map(Path, args)
        if not source.is_file():
            raise UsageError(f"{source}: no such file; it must hold the columns {', '.join(NEEDED)}")
        pages, unreadable = extract_file(source, target)
        print(f"{target}: {pages} pages, {unreadable} of them no readable page")
