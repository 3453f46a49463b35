"""Sentences: tests/transforms/mentions/sentences.csv holds invented texts, their sentences parted by |."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.sentences import split

CASES = Path(__file__).parent / "mentions" / "sentences.csv"
GLUE = {"heading": "\n", "glued": ""}

with CASES.open(encoding="utf-8", newline="") as file:
    ROWS = [pytest.param(row, id=f"{row['trap']}-{n}") for n, row in enumerate(csv.DictReader(file), start=2)]


@pytest.mark.parametrize("row", ROWS)
def test_split(row: dict[str, str]) -> None:
    sentences = row["text"].split("|")
    text = GLUE.get(row["trap"], " ").join(sentences)
    assert [text[start:end] for start, end in split(text)] == sentences


@given(st.text(alphabet=st.sampled_from(list('aA1 .!?…„“"»«()\n\u00a0ä3')), max_size=80))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    spans = split(text)
    assert all(start < end and not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("unit", [".", "a.", " ", "\n ", '"', ". ", "A. ", "3. ", "z. B. ", "„", "…“"])
def test_a_long_run_of_anything(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    spans = split(text)
    assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(text.split())
