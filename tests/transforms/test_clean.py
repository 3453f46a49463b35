"""From landed rows to articles: what is kept, what is refused and why, and the same again on a rerun."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from lake import store
from lake.contracts import ContractError, contract
from tests.lake.rows import FETCHED, raw_article
from transforms.clean import clean

DAY = date(2026, 9, 14)
ENGLISH = (
    "The shipping company ordered two vessels from the yard in Rostock on Monday, it said in a statement. "
    "The order secures work for more than two years, according to the works council, and is seen as a success."
)


def land(*rows, day=DAY, part="hafenkurier~1~0001"):
    store.append("raw_articles", day, part, [raw_article(**row) for row in rows])


def articles(day=DAY):
    return store.read("articles", [day]).to_pylist()


def reasons(day=DAY):
    return {row["url"]: row["reason"] for row in store.read("quarantine", [day]).to_pylist()}


def url(name):
    return f"https://hafen.example/artikel/{name}.html"


REFUSED = {
    "not_german": {"body": ENGLISH, "title": "Shipping company orders two vessels", "language": None},
    "no_title": {"title": None},
    "no_body": {"body": " \n "},
    "teaser": {"text_status": "teaser"},
    "reserved": {"permission": "reserved", "body": None},
    "date_in_future": {"published_at": FETCHED + timedelta(hours=25)},
    "date_too_old": {"published_at": datetime(1970, 1, 1, tzinfo=UTC)},
    "no_date": {"published_at": None, "date_source": None, "is_backfill": True},
    "contract:date_source": {"date_source": None},
}


@pytest.mark.parametrize("reason", REFUSED)
def test_refused_rows_go_to_quarantine_whole(lake_dir, reason):
    land({"url": url("gut")}, {"url": url("schlecht")} | REFUSED[reason])
    counts = clean(DAY)
    assert counts == {"articles": 1, reason: 1}
    (row,) = store.read("quarantine", [DAY]).to_pylist()
    assert (row["reason"], row["url"], row["stage"]) == (reason, url("schlecht"), "clean")
    assert row["detail"]
    kept = json.loads(row["row"])
    assert set(kept) == set(contract("raw_articles").names) - {"html"}
    assert kept["title"] == REFUSED[reason].get("title", raw_article()["title"])


def test_a_page_without_date_counts_from_the_day_we_fetched_it(lake_dir):
    land({"published_at": None, "date_source": None})
    clean(DAY)
    (article,) = articles()
    assert article["date_source"] == "none"
    assert article["published_on"] == article["known_on"] == DAY


def test_a_page_out_of_an_archive_is_known_since_it_landed(lake_dir):
    """Else the figures as of a day would change when an archive is read years later."""
    land({"landed_at": FETCHED + timedelta(days=400), "is_backfill": True})
    clean(DAY)
    (article,) = articles()
    assert article["known_on"] == DAY + timedelta(days=400)
    assert article["published_on"] <= DAY


def test_days_are_berlins(lake_dir):
    land({"published_at": datetime(2026, 9, 13, 22, 30, tzinfo=UTC)})
    clean(DAY)
    assert articles()[0]["published_on"] == date(2026, 9, 14)


def test_text_and_address_are_normalised(lake_dir):
    body = raw_article()["body"].replace("Reederei", "Ree\u00adderei").replace("Montag", "Mon\u200btag  ")
    land(
        {"url": url("x") + "?utm_source=rss&b=2&a=1#kommentare", "body": "\n\n" + body, "title": " Zwei\u00a0Schiffe\n"}
    )
    clean(DAY)
    (article,) = articles()
    assert article["url"] == url("x") + "?a=1&b=2"
    assert article["title"] == "Zwei Schiffe"
    assert article["body"] == raw_article()["body"]


def test_same_address_twice_is_one_article(lake_dir):
    later = FETCHED + timedelta(minutes=5)
    land({"url": url("a")}, {"url": url("a") + "?utm_medium=feed", "fetched_at": later})
    assert clean(DAY) == {"articles": 1, "duplicate_url": 1}
    assert list(reasons()) == [url("a") + "?utm_medium=feed"]


def test_a_changed_text_is_a_new_version_of_the_same_story(lake_dir):
    land({"url": url("a")})
    clean(DAY)
    tomorrow = DAY + timedelta(days=1)
    changed = raw_article()["body"] + " Die Aktie stieg um drei Prozent."
    later = {"url": url("a"), "body": changed, "fetched_at": FETCHED + timedelta(days=1)}
    land(later, {"url": url("b"), "fetched_at": FETCHED + timedelta(days=1)}, day=tomorrow, part="hafenkurier~2~0001")
    clean(tomorrow)
    first = articles()[0]
    second = next(row for row in articles(tomorrow) if row["url"] == url("a"))
    assert (first["article_id"], first["version"]) == (second["article_id"], second["version"] - 1)
    assert second["story_id"] == first["story_id"]
    assert second["known_on"] == tomorrow


def test_copies_are_one_story_and_known_as_copies(lake_dir):
    body = " ".join([raw_article()["body"]] * 1) + "\nDer Vorstand rechnet mit weiteren Aufträgen bis zum Jahresende."
    copy = body.replace("am Montag", "gestern")
    other = "Der Stadtrat hat am Abend über die neue Brücke beraten und eine Entscheidung auf den Herbst vertagt, " * 2
    land(
        {"url": url("a"), "body": body},
        {"url": "https://boten.example/1", "publisher": "boersenbote", "body": copy, "agency": None,
         "published_at": FETCHED - timedelta(hours=1)},
        {"url": url("c"), "body": other},
    )  # fmt: skip
    clean(DAY)
    found = {row["url"]: row for row in articles()}
    assert found["https://boten.example/1"]["story_id"] == found[url("a")]["story_id"] == found[url("a")]["article_id"]
    assert found["https://boten.example/1"]["is_wire_copy"]
    assert not found[url("a")]["is_wire_copy"]
    assert found[url("c")]["story_id"] == found[url("c")]["article_id"]


def test_an_agencys_text_is_a_wire_copy(lake_dir):
    land({"agency": "dpa"})
    clean(DAY)
    assert articles()[0]["is_wire_copy"]


def test_a_rerun_gives_the_same_bytes(lake_dir):
    land({"url": url("a")}, {"url": url("b"), "body": ENGLISH, "language": None}, {"url": url("c"), "agency": "dpa"})
    clean(DAY)
    before = {path: Path(path).read_bytes() for name in ("articles", "quarantine") for path in store.parts(name, DAY)}
    clean(DAY)
    assert before == {path: Path(path).read_bytes() for path in before}


def test_a_day_on_which_every_page_is_refused(lake_dir):
    land({"body": None})
    assert clean(DAY) == {"no_body": 1}
    assert articles() == []


def test_a_quiet_day_is_empty_and_no_error(lake_dir):
    empty = dict.fromkeys(("outcomes", "examples", "doubts", "listings"), "{}")
    counts = dict.fromkeys(("requests", "response_bytes", "listed", "known", "landed", "log_errors"), 0)
    run = {"publisher": "hafenkurier", "run_id": "r", "started_at": FETCHED, "finished_at": FETCHED}
    store.append("crawl_runs", DAY, "hafenkurier~r", [run | empty | counts | {"finish_reason": "finished"}])
    assert clean(DAY) == {}
    assert articles() == []


def test_days_cleaned_out_of_order_keep_their_articles_apart(lake_dir):
    """An archive may land an older day when a newer one is there already."""
    later = DAY + timedelta(days=5)
    land({"url": url("a"), "fetched_at": FETCHED + timedelta(days=5)}, day=later, part="hafenkurier~2~0001")
    clean(later)
    land({"url": url("a"), "body": raw_article()["body"] + " Das war vorher."})
    for _ in range(2):
        clean(DAY)
        assert [(row["version"], row["fetched_at"]) for row in articles() + articles(later)] == [
            (2, FETCHED),
            (1, FETCHED + timedelta(days=5)),
        ]


def test_a_day_without_crawl_is_an_error_that_names_the_days_there_are(lake_dir):
    land({})
    with pytest.raises(ContractError, match="nothing landed on 2026-09-20; days there: 2026-09-14 to 2026-09-14"):
        clean(date(2026, 9, 20))


def test_a_mistyped_lake_is_named(lake_dir, tmp_path, monkeypatch):
    monkeypatch.setenv("LAKE_DIR", str(tmp_path / "vertippt"))
    with pytest.raises(ContractError, match=r"days there: none. Is LAKE_DIR right, .* the lake is at .*vertippt\?"):
        clean(DAY)
