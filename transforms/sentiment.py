"""Sentiment of the relation of two companies in a sentence, and of what it says happens to one of them.

How it works: the companies are masked (tone.slots), frames and effects are looked up (tone.lexicon, the word lists in
data/sentiment), a small linear model weighs them by where they stand (tone.features, tone.model), and the frame that
agrees with the outcome gives kind and cue (tone.explain). docs/sentiment.md says how well, and how to extend it.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from lake.seeds import companies
from transforms.jsonl import read_rows, writing
from transforms.mentions import CompanyIndex
from transforms.tone import explain
from transforms.tone.model import model, verdicts
from transforms.tone.slots import Word, words

SCORER_VERSION = "frames-linear-1"
_BATCH = 512
_PAIR = frozenset(
    {"unternehmen", "konzerne", "konzernen", "firmen", "giganten", "seiten", "partner", "partnern", "rivalen", "riesen"}
    | {"kontrahenten", "häuser", "konkurrenten", "parteien", "banken", "hersteller"}
)
_PRONOUNS = frozenset({"er", "sie", "es", "konzern", "unternehmen", "firma"})

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Relation:
    """What one sentence says of the relation of two companies."""

    sentiment: int  # -1, 0, +1
    score: float  # -1 … +1: chance of +1 minus chance of -1
    kind: str  # deal, takeover, investment, cooperation, supply, dispute, lawsuit, competition, poaching, …
    cue: str | None  # the word that stands for the kind, as printed
    cue_span: tuple[int, int] | None  # its offsets in the sentence
    confidence: float  # 0 … 1: how often such a verdict was right in cross-validation
    is_hedged: bool
    is_quoted: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class CompanySentiment:
    """What one sentence says happens to, or about, one company."""

    sentiment: int  # -1, 0, +1
    score: float  # -1 … +1: chance of +1 minus chance of -1
    cue: str | None
    confidence: float  # 0 … 1: how often such a verdict was right in cross-validation


def _both_named(found: list[Word], has_a: bool, has_b: bool) -> list[Word]:
    """The sentence with both companies in it, where it names one or none of them.

    "Beide Unternehmen streiten" reads "A und B streiten", "Die Zusammenarbeit scheiterte" reads "Die Zusammenarbeit
    zwischen A und B scheiterte"; a single missing company stands for the first pronoun, else before the sentence.
    """
    forms = [word.form for word in found]
    if has_a != has_b:
        slot = "B" if has_a else "A"
        place = next((at for at, form in enumerate(forms) if form in _PRONOUNS), None)
        if place is None:
            return [Word(slot, 0, 0), Word(":", 0, 0), *found]
        return [*found[:place], Word(slot, found[place].start, found[place].end), *found[place + 1 :]]
    for at, form in enumerate(forms[:-1]):
        if form in {"beide", "beiden"} and forms[at + 1] in _PAIR:
            start, end = found[at].start, found[at + 1].end
            pair = [Word("A", start, end), Word("und", start, start), Word("B", start, end)]
            return found[:at] + pair + found[at + 2 :]
    noun = explain.relation_noun(forms)
    if noun is None:
        return [Word("A", 0, 0), Word("und", 0, 0), Word("B", 0, 0), Word(":", 0, 0), *found]
    end = found[noun].end
    pair = [Word(form, end, end) for form in ("zwischen", "A", "und", "B")]
    return found[: noun + 1] + pair + found[noun + 1 :]


def _verdict(chances: np.ndarray) -> int:
    return int(verdicts(chances[None, :])[0])


def _masked(text: str, a_spans: Spans, b_spans: Spans, others: Spans) -> list[Word]:
    found = words(text, a_spans, b_spans, others)
    return found if a_spans and b_spans else _both_named(found, bool(a_spans), bool(b_spans))


def _relation(text: str, found: list[Word], chances: np.ndarray, are_named: bool) -> Relation:
    forms = [word.form for word in found]
    sentiment = _verdict(chances)
    kind, place = explain.kind_and_cue(forms, sentiment, are_named)
    marks = explain.markers(forms)
    word = found[place] if place is not None else None
    printed = text[word.start : word.end].lstrip("-") if word else None
    return Relation(
        sentiment=sentiment,
        score=round(float(chances[2] - chances[0]), 4),
        kind=kind,
        cue=printed or None,
        cue_span=(word.end - len(printed), word.end) if word and printed else None,
        confidence=round(model().relation.confidence(float(chances[sentiment + 1])), 4),
        is_hedged="hedge" in marks,
        is_quoted=explain.is_quoted(forms, place),
        # in a contrast ("einst Partner, nun Rivalen") and after an end what is true now counts
        is_past="past" in marks and not marks & {"now", "failure"},
    )


def relation(text: str, a_spans: Spans, b_spans: Spans, others: Spans = ()) -> Relation:
    """What the sentence says of the relation of companies a and b.

    Spans are offsets [start, end) of the names in the sentence, others those of further companies. Both lists of the
    pair may be empty ("Beide Unternehmen streiten"): then the sentence as a whole speaks of the pair. Raises ValueError
    for a span outside the sentence.
    """
    found = _masked(text, a_spans, b_spans, others)
    chances, _, _ = model().score([[word.form for word in found]])
    return _relation(text, found, chances[0], bool(a_spans and b_spans))


def _company(text: str, found: list[Word], chances: np.ndarray) -> CompanySentiment:
    sentiment = _verdict(chances)
    place = explain.effect_cue([word.form for word in found], sentiment)
    return CompanySentiment(
        sentiment=sentiment,
        score=round(float(chances[2] - chances[0]), 4),
        cue=text[found[place].start : found[place].end].lstrip("-") if place is not None else None,
        confidence=round(model().company.confidence(float(chances[sentiment + 1])), 4),
    )


def company(text: str, spans: Spans, others: Spans = ()) -> CompanySentiment:
    """What the sentence says happens to, or about, the company. Raises ValueError for a span outside the sentence."""
    found = words(text, spans, (), others)
    chances = model().score_company([[word.form for word in found]])
    return _company(text, found, chances[0])


@cache
def _registry() -> CompanyIndex:
    return CompanyIndex(companies())


def _others(text: str, own: Spans) -> list[tuple[int, int]]:
    """Spans of the registry's companies that are not the row's own."""
    found = [(mention.start, mention.end) for mention in _registry().find(text)]
    return [span for span in found if not any(span[0] < end and start < span[1] for start, end in own)]


def _spans(row: dict[str, Any], key: str) -> list[tuple[int, int]]:
    value = row[key]
    spans = [value] if value and isinstance(value[0], int) else value
    return [(int(start), int(end)) for start, end in spans]


def _is_pair(row: dict[str, Any]) -> bool:
    return row.get("b") is not None or row.get("b_span") is not None


def _prepared(row: dict[str, Any]) -> tuple[dict[str, Any], list[Word]]:
    _, text, a = row["id"], row["text"], _spans(row, "a_span")
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {text!r:.40}")
    b = _spans(row, "b_span") if _is_pair(row) else []
    found = words(text, a, b, _others(text, [*a, *b]))
    if _is_pair(row) and not (a and b):
        found = _both_named(found, bool(a), bool(b))
    return row, found


def _scored(rows: list[tuple[dict[str, Any], list[Word]]]) -> Iterator[dict[str, Any]]:
    relations, tones_a, tones_b = model().score([[word.form for word in found] for _, found in rows])
    for (row, found), relation_chances, tone_a, tone_b in zip(rows, relations, tones_a, tones_b, strict=True):
        if not _is_pair(row):
            yield {"id": row["id"], "tone_a": _verdict(tone_a)}
            continue
        verdict = _relation(row["text"], found, relation_chances, bool(row["a_span"] and row["b_span"]))
        yield {
            "id": row["id"],
            "rel": verdict.sentiment,
            "rel_score": verdict.score,
            "tone_a": _verdict(tone_a),
            "tone_b": _verdict(tone_b),
            "kind": verdict.kind,
            "cue": verdict.cue,
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
        while batch := list(islice(prepared, _BATCH)):
            count += write(_scored(batch))
    return count
