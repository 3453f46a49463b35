"""Great Expectations on a day: bad rows to quarantine and back, a page for the day, a stop when the day is broken."""

import os
import re
import subprocess
import sys
from datetime import date

import pytest

from lake import store
from tests.conftest import PROJECT
from tests.lake.rows import raw_article
from transforms.clean import clean
from transforms.validate import BrokenDayError, validate

DAY = date(2026, 9, 14)
TEXT = raw_article()["body"]


def land(good: int, bad: int):
    rows = [
        raw_article(url=f"https://hafen.example/{i}", body=f"{TEXT} Das war Meldung {i}.") for i in range(good + bad)
    ]
    for row in rows[good:]:
        row["body"] += " <div class='ad'>Anzeige</div>"
    store.append("raw_articles", DAY, "hafenkurier~1~0001", rows)
    clean(DAY)


def test_bad_rows_go_to_quarantine_and_return_when_they_are_good(lake_dir):
    land(good=9, bad=1)
    verdict = validate(DAY)
    assert verdict.kept == 9
    assert dict(verdict.refused) == {"expectation:column_values_to_not_match_regex:body": 1}
    (row,) = store.read("quarantine", [DAY]).to_pylist()
    assert (row["stage"], row["url"]) == ("validate", "https://hafen.example/9")
    assert any("age_days" in words or "word_count" in words for words in verdict.warnings)
    assert "expect_column_values" in verdict.page.read_text() or "Expectation" in verdict.page.read_text()
    again = validate(DAY)
    assert (again.kept, again.refused) == (verdict.kept, verdict.refused)
    assert store.read("quarantine", [DAY]).to_pylist() == [row]


def test_a_few_bad_rows_do_not_stop_a_small_day(lake_dir):
    land(good=1, bad=2)
    assert validate(DAY).kept == 1


def test_a_run_killed_between_its_two_writes_is_made_good(lake_dir):
    land(good=9, bad=1)
    before = store.read("articles", [DAY])
    verdict = validate(DAY)
    store.replace("articles", DAY, before)  # quarantine was written, articles not yet
    again = validate(DAY)
    assert (again.kept, again.refused) == (verdict.kept, verdict.refused)
    assert store.read("quarantine", [DAY]).num_rows == 1


def test_the_page_keeps_no_text_and_fetches_nothing(lake_dir):
    land(good=9, bad=1)
    page = validate(DAY).page.read_text(encoding="utf-8")
    assert TEXT[:100] in page
    assert TEXT[100:] not in page
    assert not re.search(r"<(?:script|link)[^>]+(?:src|href)=.?(?:https?:)?//", page)


def test_a_broken_day_stops_and_leaves_the_rows(lake_dir):
    land(good=3, bad=12)
    with pytest.raises(BrokenDayError, match=r"articles 2026-09-14: .*regex\(body\): 80.0 % of rows"):
        validate(DAY)
    assert store.read("articles", [DAY]).num_rows == 15


def test_the_command_fails_loudly_and_says_what_to_do(lake_dir):
    done = subprocess.run(
        [sys.executable, "-m", "transforms", "validate", "2026-09-14"],
        capture_output=True, text=True, cwd=PROJECT, env=os.environ, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "articles: nothing cleaned for 2026-09-14. Try: python -m transforms clean 2026-09-14" in done.stderr
    assert done.stdout == ""
