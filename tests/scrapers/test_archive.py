"""Backfill from WARC files: what lands, what does not, and that a reader which was killed goes on where it was."""

import gzip
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from lake import store
from tests.scrapers.fake_publisher import ROOT, SCRAPY, article, scrapy

pytest.importorskip("fastwarc", reason="fastwarc is not installed: no archive can be read")

HTML = "Content-Type: text/html; charset=utf-8"
ENGLISH = "".join(
    f"<p>{text}</p>"
    for text in (
        "The shipping company and the shipyard have agreed to build four freighters, both companies said on Tuesday.",
        "The first two ships are to be delivered in spring, and the yard wants to create a hundred more jobs.",
        "The partners had argued about the price for a long time. Now both sides have found a way.",
    )
)


def record(
    url: str, page: str, at: datetime, status: str = "200 OK", headers: str = HTML, kind: str = "response"
) -> bytes:
    """One WARC record as a gzip member of its own."""
    body = page.encode()
    http = f"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\n"
        f"WARC-Target-URI: {url}\r\n"
        f"WARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 1)


def write(path: Path, records: Iterable[bytes]) -> Path:
    path.write_bytes(b"".join(records))
    return path


def run(lake: Path, *args: str) -> subprocess.CompletedProcess:
    env = {**os.environ, "LAKE_DIR": str(lake)}
    return subprocess.run(
        [str(SCRAPY), "archive", *args], cwd=ROOT, env=env, capture_output=True, text=True, timeout=180
    )


def rows(lake: Path, monkeypatch: pytest.MonkeyPatch) -> pa.Table:
    monkeypatch.setenv("LAKE_DIR", str(lake))
    return store.read("raw_articles")


NIGHT = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)


def test_known_publishers_german_pages_land(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(
        tmp_path / "CC-NEWS-20260301235900-00007.warc.gz",
        [
            record("https://taz.de/!1/", article("Werft baut vier Frachter"), NIGHT),
            record("https://www.heise.de/news/2", article("Rechenzentrum an der Elbe"), NIGHT + timedelta(minutes=2)),
            record("https://taz.de/!1/", article("Ein zweites Mal"), NIGHT),
            record("https://taz.de/!3/", "weg", NIGHT, status="404 Not Found"),
            record("https://taz.de/!4/", article("Anfrage"), NIGHT, kind="request"),
            record("https://www.dw.com/en/a-5", article("Shipyard builds four ships", body=ENGLISH), NIGHT),
            record("https://taz.de/!6/", article("Vorbehalten"), NIGHT, headers=f"{HTML}\r\ntdm-reservation: 1"),
            record("https://fremd.example/7", article("Fremd"), NIGHT),
            record("https://nottaz.de/8", article("Auch fremd"), NIGHT),
        ],
    )
    done = run(tmp_path / "lake", str(file))
    assert done.returncode == 0, done.stderr
    assert "8 records, 3 landed, 1 http_404, 1 other_language" in done.stdout
    landed = {row["url"]: row for row in rows(tmp_path / "lake", monkeypatch).to_pylist()}
    assert sorted(landed) == ["https://taz.de/!1/", "https://taz.de/!6/", "https://www.heise.de/news/2"]
    row = landed["https://www.heise.de/news/2"]
    assert (row["publisher"], row["permission"], row["is_backfill"]) == ("heise", "unknown", True)
    assert row["fetched_at"] == NIGHT + timedelta(minutes=2)
    assert row["landed_at"] > row["fetched_at"] + timedelta(days=30)  # we know it since today
    assert (row["title"], len(row["body"].split("\n"))) == ("Rechenzentrum an der Elbe", 3)
    assert (landed["https://taz.de/!6/"]["permission"], landed["https://taz.de/!6/"]["html"]) == ("reserved", None)
    assert [str(day) for day in store.days("raw_articles")] == ["2026-03-01", "2026-03-02"]

    readings = {reading["publisher"]: reading for reading in store.read("crawl_runs").to_pylist()}
    assert sorted(readings) == ["archive", "dw", "heise", "taz"]
    assert {reading["run_id"] for reading in readings.values()} == {row["run_id"]}
    assert json.loads(readings["archive"]["listings"])[0]["entries"] == 8
    assert [readings[name]["landed"] for name in sorted(readings)] == [0, 0, 1, 2]
    reading = readings["taz"]
    assert (reading["listed"], reading["known"], reading["problem"]) == (3, 0, None)
    assert json.loads(readings["dw"]["outcomes"]) == {"other_language": 1}
    assert json.loads(reading["outcomes"]) == {"http_404": 1}
    assert json.loads(reading["examples"])["http_404"] == "https://taz.de/!3/"
    assert json.loads(reading["doubts"]) == {"date_in_future": 1, "reserved": 1}  # dated in November
    assert json.loads(reading["fields"]) == {"pages": 1, "title": 1, "body": 1, "published_at": 1, "authors": 0}

    again = run(tmp_path / "lake", str(file))
    assert again.returncode == 0
    assert "0 landed" in again.stdout
    assert rows(tmp_path / "lake", monkeypatch).num_rows == 3
    assert store.read("crawl_runs")["publisher"].to_pylist().count("archive") == 2


def test_a_reader_that_was_killed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = [f"https://taz.de/!{number}/" for number in range(700)]
    file = write(tmp_path / "viele.warc.gz", (record(url, article(f"Nachricht {url}"), NIGHT) for url in urls))
    lake = tmp_path / "lake"
    process = scrapy(lake, "archive", str(file), "--jobs", "1")
    deadline = time.monotonic() + 120
    while not list(lake.glob("raw_articles/*/*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.02)
    children = subprocess.run(
        ["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    for pid in (process.pid, *map(int, children)):
        os.kill(pid, signal.SIGKILL)
    process.wait()
    before = rows(lake, monkeypatch).num_rows
    assert 0 < before < 700

    done = run(lake, str(file))
    assert done.returncode == 0, done.stderr
    assert "resumed at" in done.stdout
    assert sorted(rows(lake, monkeypatch)["url"].to_pylist()) == sorted(urls)


def test_a_file_that_breaks_off_lands_what_it_holds_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [record(f"https://taz.de/!{number}/", article(f"Nachricht {number}"), NIGHT) for number in range(3)]
    cut = write(tmp_path / "cut.warc.gz", [*whole[:2], whole[2][: len(whole[2]) // 2]])
    no_warc = write(tmp_path / "no.warc.gz", [b"Dies ist kein Archiv."])
    done = run(tmp_path / "lake", str(cut), str(no_warc))
    assert done.returncode == 1
    assert "breaks off in the record at" in done.stderr
    assert "2 pages had landed" in done.stderr
    assert f"{no_warc}: " in done.stderr
    monkeypatch.setenv("LAKE_DIR", str(tmp_path / "lake"))
    problems = [problem for problem in store.read("crawl_runs")["problem"].to_pylist() if problem]
    assert sorted(problem.split(":")[0] for problem in problems) == sorted(map(str, (cut, no_warc)))
    assert rows(tmp_path / "lake", monkeypatch).num_rows == 2


def test_a_broken_record_is_an_outcome_and_the_next_one_lands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No HTTP answer in a record, a body that is not the gzip it says, a publisher that we pause: the rest lands."""
    file = write(
        tmp_path / "broken.warc.gz",
        [
            record("https://taz.de/!1/", "leer", NIGHT, status="abc"),
            record("https://taz.de/!2/", "kein gzip", NIGHT, headers=f"{HTML}\r\nContent-Encoding: gzip"),
            record("https://www.der-postillon.com/3", article("Satire über Werften"), NIGHT),
            record("https://taz.de/!4/", article("Werft baut vier Frachter"), NIGHT),
        ],
    )
    done = run(tmp_path / "lake", str(file))
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "lake", monkeypatch)["url"].to_pylist() == ["https://taz.de/!4/"]
    monkeypatch.setenv("LAKE_DIR", str(tmp_path / "lake"))
    outcomes = {run["publisher"]: json.loads(run["outcomes"]) for run in store.read("crawl_runs").to_pylist()}
    assert outcomes == {"archive": {}, "taz": {"broken_record": 2}}
