"""scrapy extract IN.parquet OUT.parquet: pages in, articles out, without the network.

The parser is the crawl's own; the spider of a page's domain lends its paywall marker, any other page has none.
"""

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from lake.contracts import TEXTS, TIMESTAMP
from scrapers.article_page import PARSER, UnreadablePageError, parse_article
from scrapers.time_limit import time_limit

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
PAGE_SECONDS = 10.0


def markers_by_domain(spiders: Iterable[type]) -> dict[str, str]:
    """Domain -> the paywall marker of its spider, for the spiders that have one."""
    return {
        domain: spider.paywall_marker
        for spider in spiders
        if getattr(spider, "paywall_marker", None)
        for domain in spider.allowed_domains
    }


def _marker(url: str, markers: Mapping[str, str]) -> str | None:
    host = urlsplit(url).hostname or ""
    labels = host.split(".")
    return next((markers[name] for i in range(len(labels)) if (name := ".".join(labels[i:])) in markers), None)


def extract_rows(pages: Iterable[dict], markers: Mapping[str, str]) -> Iterator[dict]:
    """One article row per page row (page_id, url, html). What cannot be read keeps its row and says why."""
    for page in pages:
        url = page["url"] or ""
        row = {"page_id": str(page["page_id"]), "url": page["url"], "authors": []}
        try:
            with time_limit(PAGE_SECONDS):
                found = parse_article(
                    page["html"] or b"", url, encoding=page.get("encoding"), paywall_marker=_marker(url, markers)
                )
        except (UnreadablePageError, TimeoutError) as error:
            yield row | {"text_status": "unknown", "parser": PARSER, "error": str(error)}
            continue
        yield row | {name: getattr(found, name) for name in ARTICLES.names if hasattr(found, name)}


def extract_file(source: Path, target: Path, markers: Mapping[str, str]) -> tuple[int, int]:
    """Extracts a file, batch by batch; (pages, pages that cannot be read). Raises UsageError for one without pages."""
    with pq.ParquetFile(source) as pages:
        names = pages.schema_arrow.names
        if missing := [name for name in NEEDED if name not in names]:
            raise UsageError(f"{source}: no column {', '.join(missing)}; extract needs {', '.join(NEEDED)}")
        columns = [*NEEDED, *(["encoding"] if "encoding" in names else [])]
        aside = target.with_name(f".{target.name}.{os.getpid()}")
        count = unreadable = 0
        try:
            with pq.ParquetWriter(aside, ARTICLES, compression="zstd") as writer:
                for batch in pages.iter_batches(BATCH_ROWS, columns=columns):
                    rows = list(extract_rows(batch.to_pylist(), markers))
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
        if not target.absolute().parent.is_dir():
            raise UsageError(f"{target}: there is no folder {target.parent}; make it first")
        loader = self.crawler_process.spider_loader
        markers = markers_by_domain(loader.load(name) for name in loader.list())
        pages, unreadable = extract_file(source, target, markers)
        print(f"{target}: {pages} pages, {unreadable} of them cannot be read (column error says why)")
