"""The sentiment of a file of sentences, for the command `python -m transforms sentiment`."""

import os
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from lake.seeds import companies
from transforms.jsonl import read_rows, writing
from transforms.masked import cue_span, forms, masked, printed
from transforms.mentions import CompanyIndex
from transforms.sentences import Span, Spans
from transforms.tone import explain
from transforms.tone.batch import AT_ONCE, batch_of
from transforms.tone.model import model, verdicts
from transforms.tone.slots import Word, words


@cache
def _registry() -> CompanyIndex:
    return CompanyIndex(companies())


def _others(text: str, own: Spans) -> list[Span]:
    """Spans of the registry's companies that are not the row's own."""
    return [(mention.start, mention.end) for mention in _registry().find(text, besides=own)]


def _spans(row: dict[str, Any], key: str) -> list[Span]:
    """A span [start, end], a list of them, or null where the sentence does not name the company."""
    value = row[key]
    spans = value if value and isinstance(value[0], (list, tuple)) else [value] if value else []
    for span in spans:
        if not (isinstance(span, (list, tuple)) and len(span) == 2 and all(type(at) is int for at in span)):
            raise ValueError(f"{key} must be [start, end] in characters, a list of such, or null, not {value!r:.40}")
    return [(start, end) for start, end in spans]


def _is_pair(row: dict[str, Any]) -> bool:
    return row.get("b") is not None or row.get("b_span") is not None


def _prepared(row: dict[str, Any]) -> tuple[dict[str, Any], list[Word]]:
    _, text, a = row["id"], row["text"], _spans(row, "a_span")
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {text!r:.40}")
    b = _spans(row, "b_span") if _is_pair(row) else []
    if any(start < other_end and other < end for start, end in a for other, other_end in b):
        raise ValueError(f"a_span {row['a_span']} and b_span {row['b_span']} overlap")
    others = _others(text, [*a, *b])
    return row, masked(text, a, b, others) if _is_pair(row) else words(text, a, (), others)


def _scored(rows: list[tuple[dict[str, Any], list[Word]]]) -> Iterator[dict[str, Any]]:
    batch = batch_of(forms(found) for _, found in rows)
    relations, tones_a, tones_b = model().score(batch)
    signs = [verdicts(chances).tolist() for chances in (relations, tones_a, tones_b)]
    for number, ((row, found), chances, sign, tone_a, tone_b) in enumerate(zip(rows, relations, *signs, strict=True)):
        if not _is_pair(row):
            yield {"id": row["id"], "tone_a": tone_a}
            continue
        are_named = bool(row["a_span"] and row["b_span"])
        kind, place = explain.kind_and_cue(forms(found), batch.hits(number), sign, are_named)
        yield {
            "id": row["id"],
            "rel": sign,
            "rel_score": round(float(chances[2] - chances[0]), 4),
            "tone_a": tone_a,
            "tone_b": tone_b,
            "kind": kind,
            "cue": printed(row["text"], cue_span(row["text"], found, place)),
        }


def run_sentiment(in_path: str | os.PathLike[str], out_path: str | os.PathLike[str]) -> int:
    """Scores the rows of a JSON-lines file into another; returns how many. Writes beside, then renames.

    A row {id, text, a, a_span, b, b_span} gives {id, rel, rel_score, tone_a, tone_b, kind, cue}, one without b gives
    {id, tone_a}. Other companies in the text are found with the registry. Raises InputError that names file, line and
    what is wrong; the output file is then untouched.
    """
    prepared = read_rows(Path(in_path), _prepared)
    count = 0
    with writing(Path(out_path)) as write:
        while batch := list(islice(prepared, AT_ONCE)):
            count += write(_scored(batch))
    return count
