"""Backfill from WARC files as Common Crawl's CC-NEWS publishes them: known publishers' German pages into raw_articles.

A file is read in order and landed in parts named `archive~<file>~<offset>`, each of one day. The offset is where the
part's last record begins: a reader that was killed goes on behind it, and lands nothing twice. Format: ISO 28500.
"""

import zlib
from datetime import UTC
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import py3langid
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from scrapy.http import HtmlResponse
from scrapy.responsetypes import responsetypes

from scrapers.archive_progress import Progress
from scrapers.article_row import article_row, check_answer, parse_page, reserved_row
from scrapers.listing import Entry
from scrapers.outcomes import Refused
from scrapers.tdm import reservation

PARSE_SECONDS = 10.0
TELL_EVERY = 10_000
LANGUAGE_CHARS = 200  # less text than that does not tell its language


class ArchiveError(ValueError):
    """A file that is no WARC or ends too early: says which, where, and what had landed by then."""


def read_archive(path: Path, publishers: dict[str, str]) -> Progress:
    """Lands one file, and its rows in crawl_runs. publishers: host -> slug, a host stands for what lies below it too.

    Raises ArchiveError when the file is no WARC or breaks off; what was read of it by then has landed.
    """
    progress = Progress.begin(path)
    problem = None
    try:
        _read(path, publishers, progress)
    except (OSError, ArchiveError) as error:
        problem = f"{path}: {error}"
    progress.land()
    progress.append_runs(problem)
    if problem:
        raise ArchiveError(f"{problem}; {progress.landed} pages had landed")
    return progress


def _read(path: Path, publishers: dict[str, str], progress: Progress) -> None:
    seen = set(progress.landed_before)
    with path.open("rb") as file:
        file.seek(progress.resumed_at)
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
            content = record.reader.read()
            if len(content) < record.content_length:
                raise ArchiveError(f"breaks off in the record at {record.stream_pos}")
            progress.records += 1
            if progress.records % TELL_EVERY == 0:
                print(f"{progress.file}: {progress.records:,} records, {progress.landed:,} landed", flush=True)
            if record.stream_pos == progress.resumed_at and seen:
                continue  # the last one that landed
            url = record.headers.get("WARC-Target-URI") or ""
            publisher = _publisher(url, publishers)
            if publisher and url not in seen:
                seen.add(url)
                progress.tallies[publisher].bytes += len(content)
                _take(record, content, publisher, progress)
            elif publisher:
                progress.tallies[publisher].known += url in progress.landed_before


def _take(record: WarcRecord, content: bytes, publisher: str, progress: Progress) -> None:
    """The page's row, or its outcome."""
    tally = progress.tallies[publisher]
    tally.listed += 1
    try:
        row = _row(record, content)
    except Refused as refused:
        tally.refuse(refused.kind, record.headers["WARC-Target-URI"])
        return
    row |= {"publisher": publisher, "run_id": progress.run_id, "discovered_by": progress.file, "is_backfill": True}
    row["landed_at"] = progress.started_at  # what was fetched years ago is known to us since today
    progress.add(row, record.stream_pos)


def _row(record: WarcRecord, content: bytes) -> dict[str, Any]:
    url = record.headers["WARC-Target-URI"]
    answer = WarcRecord()  # of its own: a body that cannot be decoded would end the file's iterator
    answer.set_bytes_content(content)
    answer.is_http = True
    try:
        answer.parse_http(auto_decode="all")
        body, headers = answer.reader.read(), answer.http_headers
    except (ValueError, OSError, EOFError, zlib.error) as error:
        raise Refused("broken_record", str(error)) from error
    if headers is None or headers.status_code is None:
        raise Refused("broken_record", "no HTTP answer")
    header = {name.lower(): value for name, value in headers.astuples()}
    kind = responsetypes.from_args(headers={"Content-Type": header.get("content-type", "")}, url=url, body=body)
    response = kind(url, status=headers.status_code, headers=header, body=body)
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
    return article_row(response, entry, page) | {"permission": "unknown"}


def _publisher(url: str, publishers: dict[str, str]) -> str | None:
    host = urlsplit(url).hostname or ""
    while host:
        if host in publishers:
            return publishers[host]
        host = host.partition(".")[2]
    return None
