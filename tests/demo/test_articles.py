"""The articles: enough of them, and expected.csv says what each was written to mean."""

import csv
import re
from collections import Counter
from datetime import date

import pytest

from demo.articles import FOLDER, TRAPS, load, parse
from demo.mastheads import MASTHEADS

FIRST, LAST = date(2026, 7, 6), date(2026, 9, 27)
ARTICLES = {(m.slug, a.stem): a for m in MASTHEADS for a in load(m.slug)}
STORIES = {
    "microsoft~openai",
    "commerzbank~unicredit",
    "basf~bayer",
    "bosch~volkswagen",
    "adidas~puma",
    "siemens~thyssenkrupp",
    "deutsche-telekom~vodafone",
}


def expected():
    with (FOLDER.parent / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_expected_row_has_its_article_and_every_article_its_row():
    assert {(r["masthead"], r["article"]) for r in expected()} == set(ARTICLES)


def test_expected_traps_are_the_articles_traps():
    assert [r for r in expected() if r["trap"] != ARTICLES[r["masthead"], r["article"]].trap] == []


def test_expected_pairs_are_ids_and_sentiments_and_stand_once():
    rows = expected()
    keys = Counter((r["masthead"], r["article"], r["pair_id"]) for r in rows)
    assert [key for key, count in keys.items() if count > 1] == []
    for row in rows:
        if row["pair_id"]:
            assert re.fullmatch(r"[a-z0-9-]+~[a-z0-9-]+", row["pair_id"])
            assert row["pair_id"].split("~") == sorted(row["pair_id"].split("~"))
        assert row["relation_sentiment"] in ({"-1", "0", "1"} if row["pair_id"] else {""})


def test_seven_stories_are_told_over_the_weeks():
    weeks = {pair: set() for pair in STORIES}
    for row in expected():
        if row["pair_id"] in weeks:
            moment = ARTICLES[row["masthead"], row["article"]].published_at
            weeks[row["pair_id"]].add(moment.isocalendar().week)
    assert {pair: len(found) for pair, found in weeks.items() if len(found) < 6} == {}


@pytest.mark.parametrize(
    ("pair_id", "turned_on", "before", "after"),
    [
        ("microsoft~openai", date(2026, 8, 17), 1, -1),
        ("commerzbank~unicredit", date(2026, 8, 20), 1, -1),
        ("basf~bayer", date(2026, 9, 14), -1, 1),
    ],
)
def test_a_story_turns_on_its_day(pair_id, turned_on, before, after):
    sums = Counter()
    for row in expected():
        if row["pair_id"] == pair_id:
            day = ARTICLES[row["masthead"], row["article"]].published_at.date()
            sums[day >= turned_on, int(row["relation_sentiment"])] += 1
    assert sums[False, before] >= 4
    assert sums[False, after] == 0
    assert sums[True, after] >= 3
    assert sums[True, before] == 0


def test_eighty_articles_of_realistic_length_in_every_week():
    sound = [a for a in ARTICLES.values() if not a.trap]
    assert len(ARTICLES) >= 80
    assert {a.published_at.date() for a in sound} <= {FIRST.fromordinal(n) for n in range(*_days())}
    per_week = Counter(a.published_at.isocalendar().week for a in sound)
    assert len(per_week) == 12
    assert min(per_week.values()) >= 4
    short = {a.stem: n for a in sound if not 100 <= (n := sum(len(b.split()) for b in a.blocks)) <= 350}
    assert short == {}


def _days():
    return FIRST.toordinal(), LAST.toordinal() + 1


def test_each_trap_is_laid_exactly_once():
    assert Counter(a.trap for a in ARTICLES.values() if a.trap) == dict.fromkeys(TRAPS, 1)


def test_at_least_four_wire_stories_stand_under_both_mastheads_and_one_has_two_titles():
    wire = [{a.blocks[0]: a for a in load(m.slug) if a.agency} for m in MASTHEADS]
    shared = [(wire[0][opening], wire[1][opening]) for opening in set(wire[0]) & set(wire[1])]
    assert len(shared) >= 4
    assert any(a.title != b.title for a, b in shared)
    assert all(a.blocks != b.blocks for a, b in shared)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("2026-07-06-x", "---\ntitle: A\nautor: B\n---\nText", "front matter line 'autor: B' is none of"),
        ("2026-07-06-x", "---\ntitle: A\nteaser: B\n---\nText", "no value for section"),
        (
            "2026-07-06-x",
            "---\ntitle: A\nteaser: B\nsection: C\npublished_at: 2026-07-06T07:00:00\n---\nText",
            "no time zone",
        ),
        ("2026-07-06-x", "---\ntitle: A\nteaser: B\nsection: C\ntrap: bear\n---\nText", "no trap is called bear"),
        ("2026-07-06-x", "Text", "begin with a front matter"),
        ("Übernahme", "---\ntitle: A\nteaser: B\nsection: C\n---\nText", "call it YYYY-MM-DD-name.md"),
    ],
)
def test_a_wrong_article_is_refused_by_name(tmp_path, name, text, message):
    path = tmp_path / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message) as error:
        parse(path)
    assert str(path) in str(error.value)
