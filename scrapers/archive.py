"""Backfill from WARC files as Common Crawl's CC-NEWS publishes them: known publishers' German pages into raw_articles.

A file is read in order and landed in parts named `archive~<file>~<offset>`, each of one day. The offset is where the
part's last record begins: a reader that was killed goes on behind it, and lands nothing twice. Format: ISO 28500.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import py3langid
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from scrapy.http import HtmlResponse
from scrapy.responsetypes import responsetypes

from lake import store
from scrapers.article_row import article_row, check_answer, parse_page, reserved_row
from scrapers.listing import Entry
from scrapers.outcomes import Refused
from scrapers.tdm import reservation

OWNER = "archive"
MAX_ROWS = 200
MAX_BYTES = 16 * 2**20
PARSE_SECONDS = 10.0
TELL_EVERY = 10_000
LANGUAGE_CHARS = 200  # less text than that does not tell its language


class ArchiveError(ValueError):
    """A file that is no WARC or ends too early: says which, where, and what had landed by then."""


@dataclass
class Progress:
    """What was done with one file; outcomes by kind for pages of known publishers that did not land."""

    file: str
    records: int = 0
    landed: int = 0
    resumed_at: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _bytes: int = 0
    _day: date | None = None
    _offset: int = 0

    def add(self, row: dict[str, Any], offset: int) -> None:
        """Takes a row; lands the ones before it when they are enough, or of another day."""
        day = row["fetched_at"].date()
        if self._rows and (len(self._rows) >= MAX_ROWS or self._bytes >= MAX_BYTES or day != self._day):
            self.land()
        self._rows.append(row)
        self._bytes += len(row["html"] or b"")
        self._day, self._offset = day, offset

    def land(self) -> None:
        """Appends what was collected as one part."""
        if self._rows:
            store.append("raw_articles", self._day, f"{OWNER}~{self.file}~{self._offset:015}", self._rows)
            self.landed += len(self._rows)
            self._rows, self._bytes = [], 0


def read_archive(path: Path, publishers: dict[str, str]) -> Progress:
    """Lands one file. publishers: host -> slug, a host stands for what lies below it too.

    Raises ArchiveError when the file is no WARC or breaks off; what was read of it by then has landed.
    """
    name = re.sub(r"\.warc(\.gz)?$", "", path.name)
    progress = Progress(re.sub(r"[^A-Za-z0-9._-]", "_", name))
    seen, progress.resumed_at = _landed(progress.file)
    offset = -1
    with path.open("rb") as file:
        file.seek(progress.resumed_at)
        try:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
                offset = record.stream_pos
                content = record.reader.read()
                if len(content) < record.content_length:
                    raise ArchiveError(f"{path} breaks off in the record at {offset}")
                progress.records += 1
                if progress.records % TELL_EVERY == 0:
                    print(f"{progress.file}: {progress.records:,} records, {progress.landed:,} landed", flush=True)
                if offset == progress.resumed_at and seen:
                    continue  # the last one that landed
                url = record.headers.get("WARC-Target-URI") or ""
                publisher = _publisher(url, publishers)
                if publisher and url not in seen:
                    seen.add(url)
                    _take(record, content, publisher, progress)
        except (OSError, ArchiveError) as error:
            progress.land()
            raise ArchiveError(f"{path}: {error}; {progress.landed} pages had landed") from error
    progress.land()
    return progress


def _take(record: WarcRecord, content: bytes, publisher: str, progress: Progress) -> None:
    """The page's row, or its outcome."""
    try:
        row = _row(record, content)
    except Refused as refused:
        progress.outcomes[refused.kind] = progress.outcomes.get(refused.kind, 0) + 1
        return
    row |= {"publisher": publisher, "run_id": progress.file, "discovered_by": progress.file, "is_backfill": True}
    progress.add(row, record.stream_pos)


def _row(record: WarcRecord, content: bytes) -> dict[str, Any]:
    record.set_bytes_content(content)
    record.parse_http(auto_decode="all")
    url = record.headers["WARC-Target-URI"]
    header = {name.lower(): value for name, value in record.http_headers.astuples()}
    body = record.reader.read()
    kind = responsetypes.from_args(headers={"Content-Type": header.get("content-type", "")}, url=url, body=body)
    response = kind(url, status=record.http_headers.status_code, headers=header, body=body)
    entry = Entry(url)
    check_answer(response, entry)
    is_reserved = reservation(url, [], header, body).is_reserved
    row = reserved_row(response, entry) if is_reserved else _german(response, entry)
    date_ = record.record_date
    return row | {"fetched_at": (date_ if date_.tzinfo else date_.replace(tzinfo=UTC)).astimezone(UTC)}


def _german(response: HtmlResponse, entry: Entry) -> dict[str, Any]:
    page = parse_page(response, entry, PARSE_SECONDS)
    text = f"{page.title or ''}\n{page.body}"
    if len(text) >= LANGUAGE_CHARS and py3langid.classify(text)[0] != "de":
        raise Refused("other_language", "")
    # What robots.txt said when the page was fetched is not on record
    return article_row(response, entry, page, None) | {"permission": "unknown"}


def _publisher(url: str, publishers: dict[str, str]) -> str | None:
    host = urlsplit(url).hostname or ""
    while host:
        if host in publishers:
            return publishers[host]
        host = host.partition(".")[2]
    return None


def _landed(file: str) -> tuple[set[str], int]:
    """Addresses that landed from the file, and the offset of the last of them."""
    prefix = f"{OWNER}~{file}~"
    days = store.days("raw_articles")
    names = [
        part.rsplit("/", 1)[1].removesuffix(".parquet") for day in days for part in store.parts("raw_articles", day)
    ]
    offsets = [int(name.removeprefix(prefix)) for name in names if name.startswith(prefix)]
    if not offsets:
        return set(), 0
    urls = store.read("raw_articles", days, ["url"], part=lambda name: name.startswith(prefix))
    return set(urls["url"].to_pylist()), max(offsets)


def summary(progress: Progress, started_at: datetime) -> str:
    """One line: what was done, and how fast."""
    seconds = max((datetime.now(UTC) - started_at).total_seconds(), 0.001)
    resumed = f", resumed at {progress.resumed_at:,}" if progress.resumed_at else ""
    refused = "".join(f", {count} {kind}" for kind, count in sorted(progress.outcomes.items()))
    return f"{progress.file}: {progress.records} records, {progress.landed} landed{refused}{resumed}, {seconds:.1f} s"
