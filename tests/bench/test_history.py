"""The history bench: its rows keep the contract, its turns can show, it says why it skips."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench import history
from bench.history_report import queries, verdict
from bench.history_turns import TURNS, check_companies
from lake import seeds
from lake.checking import row_errors
from lake.store import read

TITLES = [
    ("Handelsblatt", date(2021, 3, 28), "Bosch verklagt Continental", "https://www.handelsblatt.com/x/1.html"),
    ("ZeitOnline", date(2021, 3, 28), "Continental und  Bosch einigen sich", "https://www.zeit.de/wirtschaft/2"),
]


def _rows() -> list[dict]:
    return [dict(zip(("outlet", "published_on", "title", "url"), row, strict=True)) for row in TITLES]


def test_articles_keep_the_contract_and_are_known_on_their_day():
    articles = history.with_stories([history.article(row) for row in _rows()])
    assert [row_errors("articles", article) for article in articles] == [[], []]
    assert {article["published_on"] for article in articles} == {article["known_on"] for article in articles}
    assert articles[0]["fetched_at"].astimezone(UTC) == datetime(2021, 3, 28, 10, tzinfo=UTC)  # summer time since 2:00
    assert {article["title"] for article in articles} == {
        "Bosch verklagt Continental",
        "Continental und Bosch einigen sich",
    }
    assert {article["story_id"] for article in articles} == {article["article_id"] for article in articles}


def test_landing_twice_writes_the_same_and_the_first_of_an_address_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("LAKE_DIR", str(tmp_path / "lake"))
    source = tmp_path / "titles.parquet"
    pq.write_table(pa.Table.from_pylist([*_rows(), _rows()[0]]), source)
    assert history.land(source) == {"left out": 1, "days": 1}
    first = read("articles")
    history.land(source)
    assert read("articles").equals(first)
    assert first.num_rows == 2


def test_both_papers_count_whatever_their_state():
    known = seeds.publishers()
    told = {p.publisher: p.state for p in history.publishers(known)}
    assert {told[slug] for slug in history.PUBLISHERS.values()} == {"on"}
    others = {p.publisher: p.state for p in known if p.publisher not in history.PUBLISHERS.values()}
    assert others == {slug: state for slug, state in told.items() if slug in others}


def test_turns_name_known_companies_in_the_order_of_pair_ids():
    check_companies()
    for turn in TURNS:
        assert turn.first < turn.last, turn.what
        for name in turn.ids:
            assert name.split("~") == sorted(name.split("~")), turn.what


@pytest.mark.parametrize(
    ("sign", "articles", "figure", "expected"),
    [
        (1, 0, None, "no title"),
        (1, 3, None, "no side"),
        (1, 3, 0.0, "no side"),
        (1, 1, 0.5, "right"),
        (-1, 1, -0.5, "right"),
        (-1, 1, 0.5, "wrong"),
    ],
)
def test_verdict(sign, articles, figure, expected):
    assert verdict(sign, articles, figure) == expected


def test_every_query_has_a_title():
    found = list(queries())
    assert len(found) == 10
    assert all(title and sql.strip() for title, sql in found)


def test_without_gold_it_says_what_is_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TONLAGE_SHARED", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["bench.history"])
    assert history.main() == 0
    assert "skipped" in capsys.readouterr().out
