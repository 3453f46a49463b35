"""Texts go when their time is over or someone asks; figures, titles and addresses stay, and nothing is made empty."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow.compute as pc
import pytest

from lake import compact as compaction
from lake import store
from lake.compact import compact
from lake.contracts import ContractError
from lake.purge import purge_days
from scrapers.archive_progress import Progress
from scrapers.ledger import Ledger
from tests.conftest import PROJECT
from tests.lake.rows import raw_article
from transforms.clean import clean
from transforms.score import score
from warehouse.purge import retention_days

OLD = (datetime.now(UTC) - timedelta(days=40)).replace(hour=9)
NEW = OLD + timedelta(days=35)
KEPT_DAYS = "30"
DEAL = "Bayer übernimmt Monsanto für 60 Milliarden Dollar."
TABLES = (
    "builds",
    "articles",
    "mentions",
    "pair_sentences",
    "pair_sentiment_daily",
    "publisher_coverage",
    "quarantine",
)
TEXTS = {"raw_articles": ("html", "body"), "articles": ("body",), "quarantine": ("row",)}


def page(name: str, at: datetime = OLD, sentence: str = DEAL, **changed: object) -> dict:
    body = f"{sentence} Das teilte ein Sprecher am Vormittag in Rostock mit, wie die Zeitung Nr. {name} meldet."
    row = {"url": f"https://hafen.example/{name}", "title": sentence, "body": body, "fetched_at": at}
    return raw_article(**row | {"published_at": at} | changed)


def land(part: str, *rows: dict) -> None:
    store.append("raw_articles", rows[0]["fetched_at"].date(), part, rows)


def command(*arguments: str, room: str = "warehouse", days: str | None = KEPT_DAYS) -> subprocess.CompletedProcess:
    env = {name: value for name, value in os.environ.items() if name != "RETENTION_DAYS"}
    env |= {} if days is None else {"RETENTION_DAYS": days}
    command = [sys.executable, "-m", room, *arguments]
    return subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=300)


def done(*arguments: str, **how: str) -> str:
    finished = command(*arguments, **how)
    assert (finished.returncode, finished.stderr) == (0, ""), arguments
    return finished.stdout


def files(lake_dir: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in lake_dir.rglob("*.parquet")}


def texts(day: datetime) -> dict[str, int]:
    """How many texts the lake holds of a day, by dataset and column."""
    counts = {}
    for dataset, columns in TEXTS.items():
        table = store.read(dataset, [day.date()])
        counts |= {f"{dataset}.{name}": table.num_rows - table[name].null_count for name in columns}
    return counts


def without_texts(table: list[dict]) -> list[dict]:
    return [{k: v for k, v in row.items() if k not in ("html", "body", "row", "purged_at")} for row in table]


def everything() -> dict[str, list[dict]]:
    names = (*TEXTS, "mentions", "pair_sentences", "article_pairs", "company_candidates")
    return {name: without_texts(store.read(name).to_pylist()) for name in names}


def figures() -> dict[str, list[tuple]]:
    with duckdb.connect(os.environ["WAREHOUSE_DB"], read_only=True) as con:
        return {table: con.execute(f"from {table} order by all").fetchall() for table in TABLES}


@pytest.fixture
def lake(lake_dir: Path) -> Path:
    """An old day and a new one, each with two articles and a refused page, a reserved page on the old one."""
    nothing = {"html": None, "title": None, "body": None, "published_at": None, "permission": "reserved"}
    land("hafenkurier~1~0001", page("1"), page("2", sentence="Bayer streitet mit Monsanto über den Preis."))
    land("boersenbote~1~0001", page("3", title=None, publisher="boersenbote"), page("4", **nothing))
    land("hafenkurier~2~0001", page("5", NEW, "SAP und Siemens gründen ein Unternehmen."), page("6", NEW, body=None))
    for day in (OLD.date(), NEW.date()):
        clean(day)
        score(day)
    return lake_dir


def test_fields_that_were_parsed_again_are_texts_too(lake: Path) -> None:
    again = {name: page("1")[name] for name in ("url", "publisher", "run_id", "title", "body", "text_status", "parser")}
    store.append("reparsed_articles", OLD.date(), "general-9~1", [again | {"parsed_at": OLD}])
    done("purge")
    (row,) = store.read("reparsed_articles").to_pylist()
    assert (row["title"], row["body"], row["purged_at"] is None) == (DEAL, None, False)


@pytest.mark.parametrize("verb", [["purge"], ["purge", "--dry-run"]])
def test_without_a_retention_nothing_is_dropped(lake: Path, verb: list[str]) -> None:
    before = files(lake)
    finished = command(*verb, days=None)
    assert finished.returncode == 1
    assert "python -m warehouse purge: RETENTION_DAYS is not set, so nothing is dropped" in finished.stderr
    assert files(lake) == before


@pytest.mark.parametrize("days", ["", " ", "0", "-3", "ein Jahr", "1.5", "²"])
def test_a_retention_is_a_number_of_days_or_never(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("RETENTION_DAYS", days)
    with pytest.raises(
        ContractError, match=r"RETENTION_DAYS is .* or never\. docs/law\.md says what there is to decide"
    ):
        retention_days()


def test_never_is_a_decision_too(lake: Path) -> None:
    before = files(lake)
    assert done("purge", days="never") == "purge: RETENTION_DAYS is never, so nothing is dropped\n"
    assert files(lake) == before


def test_old_texts_go_and_all_else_stays(lake: Path) -> None:
    done("build")
    before, told, new = everything(), figures(), texts(NEW)
    assert texts(OLD) == {"raw_articles.html": 3, "raw_articles.body": 3, "articles.body": 2, "quarantine.row": 2}
    would = done("purge", "--dry-run")
    assert "purge raw_articles: 3 rows in 2 files, 0.0 MB freed, were it not a dry run" in would
    assert texts(OLD)["raw_articles.html"] == 3

    said = done("purge")
    assert "purge raw_articles: 3 rows in 2 files" in said
    assert f"rows of days before {(datetime.now(UTC) - timedelta(days=30)).date()}" in said
    assert set(texts(OLD).values()) == {0}
    assert texts(NEW) == new
    assert everything() == before
    purged = store.read("raw_articles", [OLD.date()]).to_pylist()
    assert {row["url"][-1]: row["purged_at"] is not None for row in purged} == dict.fromkeys("123", True) | {"4": False}
    assert "Bayer" in store.read("pair_sentences", [OLD.date()])["excerpt"][0].as_py()

    after = files(lake)
    assert "purge: 0 rows of days before" in done("purge")
    assert files(lake) == after

    assert "warning" not in done("build").replace("few_articles_without_date", "")
    assert figures() == told
    with duckdb.connect(os.environ["WAREHOUSE_DB"], read_only=True) as con:
        (article_id,) = con.execute("select article_id from articles where url like '%/1'").fetchone()
        found = con.execute("select title, body from article_body(?)", [article_id]).fetchall()
    assert found == [(DEAL, None)]


def test_a_purged_day_is_not_made_empty(lake: Path) -> None:
    done("purge")
    before = files(lake)
    for stage in ("clean", "validate", "score"):
        finished = command(stage, OLD.date().isoformat(), room="transforms")
        assert finished.returncode == 1
        assert f"the texts of {OLD.date()} were purged, so the day cannot be made again" in finished.stderr
    assert files(lake) == before
    later = OLD + timedelta(days=1)
    land("hafenkurier~3~0001", page("1", later), page("1", later, "Bayer und Monsanto sind sich einig.", run_id="x"))
    counts = clean(later.date())
    assert counts == {"articles": 1, "duplicate_url": 1}  # a purged text is still known by its hash
    assert store.read("articles", [later.date()])["version"].to_pylist() == [2]


def test_what_lands_on_a_purged_day_is_cleaned_and_the_rest_stays(lake: Path) -> None:
    """An archive may hold pages of a day whose texts were purged."""
    done("purge")
    rows = {name: store.read(name, [OLD.date()]).to_pylist() for name in (*TEXTS, "mentions", "pair_sentences")}
    hour = timedelta(hours=1)
    land("archive~x~1", page("7", OLD + hour, run_id="a"), page("1", OLD + hour, "SAP kauft Siemens.", run_id="a"))
    for _ in range(2):
        clean(OLD.date())
        score(OLD.date())
        articles = store.read("articles", [OLD.date()]).to_pylist()
        assert [row for row in articles if row["purged_at"]] == rows["articles"]
        assert {(row["url"][-1], row["version"]) for row in articles} == {("1", 1), ("2", 1), ("7", 1), ("1", 2)}
        refused = store.read("quarantine", [OLD.date()]).to_pylist()
        assert without_texts(refused) == without_texts(rows["quarantine"])
        assert {row["reason"] for row in refused if row["row"]} == {"reserved"}  # judged anew: it has no text
        for name in ("mentions", "pair_sentences"):
            found = store.read(name, [OLD.date()]).to_pylist()
            assert [row for row in found if row in rows[name]] == rows[name]
            assert len(found) > len(rows[name])
    done("validate", OLD.date().isoformat(), room="transforms")
    assert [row for row in store.read("articles", [OLD.date()]).to_pylist() if row["purged_at"]] == rows["articles"]
    done("build")


def test_pages_that_were_never_cleaned_are_not_lost_unread(lake: Path) -> None:
    """An archive lands days that are past retention already."""
    earlier = OLD - timedelta(days=300)
    land("archive~CC-NEWS-1~000000000000010", page("8", earlier, run_id="a"))
    land("archive~CC-NEWS-1~000000000000020", page("9", run_id="a"))
    finished = command("purge")
    assert finished.returncode == 1
    assert f"2 days are past retention, but not cleaned and scored yet, the first {earlier.date()}" in finished.stderr
    assert texts(earlier)["raw_articles.body"] == 1
    assert texts(OLD)["raw_articles.body"] == 4
    for day in (earlier.date(), OLD.date()):
        clean(day)
    assert "2 days are past retention" in command("purge").stderr  # what came later is not scored yet
    score(OLD.date())
    finished = command("purge")
    assert f"1 days are past retention, but not cleaned and scored yet, the first {earlier.date()}" in finished.stderr
    done("purge", "--uncleaned")
    assert set((texts(OLD) | texts(earlier)).values()) == {0}


def test_purged_addresses_are_known_and_archives_resume(lake: Path) -> None:
    land("archive~CC-NEWS-1~000000000000010", page("9", run_id="a"))
    clean(OLD.date())
    score(OLD.date())
    known = Ledger.read("hafenkurier", 90).landed
    assert "https://hafen.example/1" in known
    done("purge")
    assert Ledger.read("hafenkurier", 90).landed == known
    progress = Progress.begin(Path("CC-NEWS-1.warc.gz"))
    assert (progress.resumed_at, progress.landed_before) == (10, {"https://hafen.example/9"})


def test_parts_that_a_compacted_one_replaced_are_purged_too(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "LEAD", timedelta(0))
    compact(NEW.date(), str)
    done("purge")
    held = [store.files_dataset("raw_articles", [p]).to_table() for p in store.all_files("raw_articles", OLD.date())]
    assert len(held) == 3
    assert all(table["html"].null_count == table["body"].null_count == table.num_rows for table in held)
    monkeypatch.setattr(compaction, "GRACE", timedelta(0))
    compact(NEW.date(), str)
    assert len(store.all_files("raw_articles", OLD.date())) == 1
    assert store.read("raw_articles", [OLD.date()]).num_rows == 4


def test_a_purge_that_was_killed_is_completed_by_the_next(lake_dir: Path) -> None:
    for number in range(60):
        rows = [page(f"{number}/{i}", html=os.urandom(20_000)) for i in range(20)]
        land(f"hafenkurier~{number}~0001", *rows)
    before = without_texts(store.read("raw_articles").to_pylist())
    environment = os.environ | {"RETENTION_DAYS": KEPT_DAYS}
    seen = set()
    for _ in range(3):
        start = purged()
        command = [sys.executable, "-m", "warehouse", "purge", "--uncleaned"]
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
        wait(lambda start=start: purged() > start)
        process.send_signal(signal.SIGKILL)
        process.wait()
        table = store.read("raw_articles")
        assert without_texts(table.to_pylist()) == before
        assert table["html"].null_count == table["body"].null_count == purged()
        seen.add(purged())
    assert len(seen) == 3
    assert purged() < 1200
    done("purge", "--uncleaned")
    assert purged() == 1200
    assert without_texts(store.read("raw_articles").to_pylist()) == before


def purged() -> int:
    return store.scan("raw_articles").count_rows(filter=pc.field("purged_at").is_valid())


def wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_leftover_of_a_killed_process_goes(lake: Path) -> None:
    for name, age in (("alt.parquet", 2), ("neu.parquet", 0)):
        path = lake / "_writing" / name
        path.write_bytes(b"Text")
        then = time.time() - age * 86_400
        os.utime(path, (then, then))
    assert "1 files that killed processes had left" in done("purge", "--dry-run")
    assert "1 files that killed processes had left" in done("purge")
    assert [path.name for path in (lake / "_writing").iterdir()] == ["neu.parquet"]


@pytest.mark.parametrize(
    "address", ["https://hafen.example/5?b=1&utm_source=rss", "https://hafen.example/5?b=1", "listed"]
)
def test_one_article_on_request_whatever_its_age(lake: Path, address: str) -> None:
    """By its address as fetched, canonical or listed; all its versions, and nothing of others that begin like it."""
    later = NEW + timedelta(days=1)
    url = "https://hafen.example/5?b=1"
    tracked = page("5", later, url=f"{url}&utm_source=rss", listed_url="https://kurz.example/x")
    land(
        "hafenkurier~3~0001",
        tracked,
        page("50", later),
        page("other", later, url="https://hafen.example/5?b=2"),  # of the same crawl and second
    )
    clean(later.date())
    score(later.date())
    last = later + timedelta(days=1)
    land("hafenkurier~4~0001", page("5", last, "Bayer verklagt Monsanto.", url=url))
    clean(last.date())
    score(last.date())
    before = {name: everything()[name] for name in ("raw_articles", "articles")}

    said = done("purge", "--url", "https://kurz.example/x" if address == "listed" else address, days=None)
    assert "purge raw_articles: 2 rows in 2 files" in said
    assert "purge articles: 2 rows in 2 files" in said
    assert "next: python -m warehouse build" in said
    assert {name: everything()[name] for name in before} == before
    rows = store.read("articles").to_pylist()
    assert {row["url"] for row in rows if row["purged_at"]} == {url}
    ids = {row["article_id"]: row["url"] for row in rows}
    excerpts = store.read("pair_sentences").to_pylist()
    assert {ids[row["article_id"]] for row in excerpts if row["excerpt"] == "…"} == {url}
    clean(later.date())
    score(later.date())
    assert {name: everything()[name] for name in before} == before
    assert store.read("pair_sentences").to_pylist() == excerpts
    assert "0 rows of" in done("purge", "--url", url)
    done("build")


def test_a_publisher_on_request(lake: Path) -> None:
    done("purge", "--publisher", "boersenbote", days=None)
    assert texts(OLD) == {"raw_articles.html": 2, "raw_articles.body": 2, "articles.body": 2, "quarantine.row": 1}
    assert clean(OLD.date())["articles"] == 2
    assert texts(OLD)["quarantine.row"] == 1
    done("purge", "--publisher", "hafenkurier", days=None)
    assert set((texts(OLD) | texts(NEW)).values()) == {0}
    assert set(store.read("pair_sentences")["excerpt"].to_pylist()) == {"…"}


@pytest.mark.parametrize("what", [("--url", "https://hafen.example/gibt-es-nicht"), ("--publisher", "gibt-es-nicht")])
def test_what_the_lake_does_not_hold_cannot_be_purged(lake: Path, what: tuple[str, str]) -> None:
    before = files(lake)
    finished = command("purge", *what)
    assert finished.returncode == 1
    assert "gibt-es-nicht" in finished.stderr
    assert files(lake) == before


def test_a_file_of_many_pages_keeps_its_order(lake_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "ROW_GROUP_BYTES", 10_000)
    land("hafenkurier~1~0001", *(page(f"{n}", html=os.urandom(2_000)) for n in range(400)))
    before = without_texts(store.read("raw_articles").to_pylist())
    assert purge_days(NEW.date(), str) == 400
    assert without_texts(store.read("raw_articles").to_pylist()) == before
