"""The bench of the warehouse puts its table into the page, and nothing else there changes."""

import pytest

from bench import warehouse

FOUND = {1000: {"full build": "1 s", "file": "2 MB"}, 10_000: {"full build": "3 s", "file": "4 MB"}}


def test_a_column_per_size():
    assert warehouse.table(FOUND) == (
        "| articles | 1,000 | 10,000 |\n|---|---|---|\n| full build | 1 s | 3 s |\n| file | 2 MB | 4 MB |"
    )


def test_the_page_keeps_what_stands_around_the_table(monkeypatch, tmp_path):
    before, _, after = warehouse.DOC.read_text(encoding="utf-8").partition(warehouse.MARKS[0])
    after = after.partition(warehouse.MARKS[1])[2]
    assert before
    assert after
    copy = tmp_path / "page.md"
    copy.write_text(warehouse.DOC.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(warehouse, "DOC", copy)
    for text in ("| first |", "| second |"):
        warehouse.write(text)
    start, end = warehouse.MARKS
    assert copy.read_text(encoding="utf-8") == f"{before}{start}\n\n| second |\n\n{end}{after}"


def test_a_page_without_a_place_is_an_error(monkeypatch, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("no marks", encoding="utf-8")
    monkeypatch.setattr(warehouse, "DOC", page)
    with pytest.raises(SystemExit, match="no place for the table"):
        warehouse.write("| a |")
    assert page.read_text(encoding="utf-8") == "no marks"
