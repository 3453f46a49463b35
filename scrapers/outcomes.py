"""What became of every address: one word each, counted in Scrapy's statistics as outcome/<kind>.

Outcomes are a publisher's doing (404, robots.txt, a wall) and no error of ours; each address has exactly one.
Doubts (doubt/<kind>) are about pages that landed all the same: clean and validate decide on them.
"""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from scrapy import exceptions
from scrapy.statscollectors import StatsCollector
from twisted.internet.error import ConnectError as TwistedConnectError
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.python.failure import Failure

log = logging.getLogger(__name__)
DOWNLOAD_ERRORS = (
    exceptions.IgnoreRequest,
    exceptions.DownloadTimeoutError,
    exceptions.CannotResolveHostError,
    exceptions.DownloadConnectionRefusedError,
    exceptions.DownloadCancelledError,
    exceptions.DownloadFailedError,
    exceptions.ResponseDataLossError,
    exceptions.UnsupportedURLSchemeError,
    TwistedConnectError,
    ConnectionDone,
    ConnectionLost,
    OSError,  # a body that says it is compressed and is not
    EOFError,
    UnicodeError,  # a host name that is none
)
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)


class Refused(exceptions.IgnoreRequest):
    """A request that we do not send, or an answer that we do not take; `kind` names the outcome."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def note(stats: StatsCollector, kind: str, url: str, detail: str = "") -> None:
    """Counts one address's outcome, keeps its first example, and logs it at info."""
    stats.inc_value(f"outcome/{kind}")
    if stats.get_value(f"example/{kind}") is None:
        stats.set_value(f"example/{kind}", f"{url} ({detail})" if detail else url)
    log.info("%s: %s%s", kind, url, f": {detail}" if detail else "")


def note_failure(stats: StatsCollector, failure: Failure, url: str, prefix: str = "") -> str:
    """Counts a failed download; one that is no publisher's doing but a fault of ours is logged as an error too."""
    kind = prefix + failure_kind(failure.value)
    if not isinstance(failure.value, DOWNLOAD_ERRORS):
        log.error("%s failed for a reason that is ours: %s", url, failure.getTraceback())
    note(stats, kind, url, str(failure.value))
    return kind


def failure_kind(error: BaseException) -> str:
    """The outcome's name for a download that failed."""
    if isinstance(error, Refused):
        return error.kind
    kinds = (
        (exceptions.DownloadTimeoutError, "timeout"),
        (TimeoutError, "timeout"),
        (exceptions.CannotResolveHostError, "no_such_host"),
        (exceptions.DownloadConnectionRefusedError, "connection_refused"),
        (exceptions.DownloadCancelledError, "too_large"),
        (exceptions.ResponseDataLossError, "cut_short"),
    )
    for kind, name in kinds:
        if isinstance(error, kind):
            return name
    if isinstance(error, exceptions.IgnoreRequest):
        if "redirections" in str(error):
            return "redirect_loop"
        return "too_large" if "DOWNLOAD_MAXSIZE" in str(error) else "ignored"
    return "download_failed"


def doubts(row: Mapping[str, Any]) -> list[str]:
    """What a reader of the row would frown at."""
    if row["permission"] == "reserved":
        return ["reserved"]
    found = [f"no_{name}" for name in ("title", "body", "published_at") if not row[name]]
    if row["text_status"] == "teaser":
        found.append("teaser")
    if published_at := row["published_at"]:
        if published_at < EARLIEST:
            found.append("date_before_1995")
        elif published_at > row["fetched_at"] + timedelta(hours=24):
            found.append("date_in_future")
    return found


FIELDS = ("title", "body", "published_at", "authors")


def fields(row: Mapping[str, Any]) -> list[str]:
    """`pages`, and those of FIELDS that the row has; nothing of a page that we may not read."""
    return [] if row["permission"] == "reserved" else ["pages", *(name for name in FIELDS if row[name])]


def fields_json(stats: Mapping[str, Any]) -> str:
    """The counts below field/ as crawl_runs keeps them: none left out, so that 0 of 12 pages can be told from none."""
    return as_json({name: stats.get(f"field/{name}", 0) for name in ("pages", *FIELDS)})


TRANSIENT = ("timeout", "connection_refused", "download_failed", "cut_short", "rate_limited", "beyond_limit", "http_5")


def is_complete(stats: Mapping[str, Any]) -> bool:
    """Whether the crawl saw its lists to their end, with nothing left that another try could fetch."""
    kinds = [key.removeprefix("outcome/") for key in stats if key.startswith("outcome/")]
    return stats.get("finish_reason") == "finished" and not any(kind.startswith(TRANSIENT) for kind in kinds)


def counts(stats: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """The statistics below a prefix, by kind."""
    return {key.removeprefix(prefix): value for key, value in sorted(stats.items()) if key.startswith(prefix)}


def as_json(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)
