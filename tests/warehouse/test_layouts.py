"""layouts_as_usual sees pages that still give a title, a body and a date, but less of them than they used to."""

from datetime import timedelta

import duckdb

from tests.warehouse.eventful_lake import START, article
from tests.warehouse.random_lake import land
from warehouse.build import build, warehouse_db
from warehouse.run_checks import FOLDER

USUAL = {"word_count": 400, "authors": ["Ada Muster"], "section": "Wirtschaft"}
CHECK = (FOLDER / "layouts_as_usual.sql").read_text(encoding="utf-8")
DAYS = 8


def days_of(publisher, fallen, articles=12, days=2):
    """Articles of DAYS days, the last of which have fallen; every fourth is a short one without an author anyway."""
    for day in range(DAYS):
        for number in range(articles):
            usual = USUAL | ({"word_count": 90, "authors": []} if number % 4 == 0 else {})
            at = START + timedelta(days=day, minutes=number)
            told = article(f"{publisher}~{day}~{number}", at, publisher) | usual
            yield told | (fallen if day >= DAYS - days else {})


FALLS = {  # publisher -> what its last articles say, what else is unlike the others, what is to be suspected
    "faz": ({}, {}, None),
    "heise": ({"word_count": 150}, {}, ["word_count"]),
    "spiegel": ({"word_count": 210}, {}, None),
    "taz": ({"authors": []}, {}, ["authors"]),
    "welt": ({"authors": [], "section": None}, {}, ["authors", "section"]),
    "stern": ({"word_count": 150}, {"days": 1}, None),  # only the second time running
    "zeit": ({"word_count": 150}, {"articles": 9}, None),  # too few to tell
}


def test_publishers_whose_articles_shrink_are_seen(lake_dir):
    found = [told for name, (fallen, more, _) in FALLS.items() for told in days_of(name, fallen, **more)]
    land({"articles": found})
    said = []
    build(say=said.append)
    with duckdb.connect(str(warehouse_db()), read_only=True) as con:
        rows = con.execute(CHECK).fetchall()
    assert [row[:2] for row in rows] == [(name, suspect) for name, (*_, suspect) in FALLS.items() if suspect]
    assert any("warning: layouts_as_usual" in line for line in said)


def test_a_publisher_is_named_once_where_two_days_lie_within_24_hours(lake_dir):
    found = []
    for day in range(DAYS + 1):
        for number in range(12):
            at = START + timedelta(days=day, minutes=number if day == DAYS else 60 * number)
            words = 100 if day >= DAYS - 2 else 400
            found.append(article(f"taz~{day}~{number}", at, "taz") | USUAL | {"word_count": words})
    land({"articles": found})
    build(say=print)
    with duckdb.connect(str(warehouse_db()), read_only=True) as con:
        assert [row[:2] for row in con.execute(CHECK).fetchall()] == [("taz", ["word_count"])]
