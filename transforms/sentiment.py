"""Sentiment of the relation of two companies in a sentence, and of what it says happens to one of them.

How it works: the companies are masked (tone.slots), frames and effects are looked up (tone.batch, the word lists in
data/sentiment), a linear model weighs them by where they stand (tone.features), a small network reads the words
(tone.network), both together decide (tone.model), and the frame that agrees with the outcome gives kind and cue
(tone.explain). docs/sentiment.md says how well, and how to extend it.
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
from transforms.tone.batch import batch_of
from transforms.tone.model import model, verdicts
from transforms.tone.slots import Word, words

SCORER_VERSION = "frames-network-4"
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
    cue: str | None  # the word or phrase that stands for the kind, as printed
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


def _masked(text: str, a_spans: Spans, b_spans: Spans, others: Spans) -> list[Word]:
    found = words(text, a_spans, b_spans, others)
    return found if a_spans and b_spans else _both_named(found, bool(a_spans), bool(b_spans))


def _forms(found: list[Word]) -> list[str]:
    return [word.form for word in found]


def _cue(text: str, found: list[Word], place: int | None) -> tuple[int, int] | None:
    """Where the word or phrase of that place is printed, without the hyphen that ties it to a name."""
    if place is None:
        return None
    end = found[place + explain.phrase(_forms(found), place) - 1].end
    start = found[place].start
    start += len(text[start:end]) - len(text[start:end].lstrip("-"))
    return (start, end) if start < end else None


def _printed(text: str, span: tuple[int, int] | None) -> str | None:
    return text[slice(*span)] if span else None


def _relation(
    text: str, found: list[Word], hits: explain.Hits, sentiment: int, chances: np.ndarray, are_named: bool
) -> Relation:
    forms = _forms(found)
    kind, place = explain.kind_and_cue(forms, hits, sentiment, are_named)
    marks = explain.markers(forms)
    cue = _cue(text, found, place)
    return Relation(
        sentiment=sentiment,
        score=round(float(chances[2] - chances[0]), 4),
        kind=kind,
        cue=_printed(text, cue),
        cue_span=cue,
        confidence=round(model().relation.confidence(float(chances[sentiment + 1])), 4),
        is_hedged="hedge" in marks,
        is_quoted=explain.is_quoted(forms, place),
        # in a contrast ("einst Partner, nun Rivalen") and after an end what is true now counts
        is_past="past" in marks and not marks & {"now", "failure"},
    )


def _relations(asked: Sequence[tuple[str, Spans, Spans, Spans]]) -> Iterator[Relation]:
    read = [_masked(*one) for one in asked]
    batch = batch_of(_forms(found) for found in read)
    chances, _, _ = model().score(batch)
    signs = verdicts(chances).tolist()
    for number, ((text, a_spans, b_spans, _), found) in enumerate(zip(asked, read, strict=True)):
        yield _relation(text, found, batch.hits(number), signs[number], chances[number], bool(a_spans and b_spans))


def relations(asked: Sequence[tuple[str, Spans, Spans, Spans]]) -> list[Relation]:
    """relation() for many (text, a_spans, b_spans, others) at once: several times as fast as one by one."""
    parts = (asked[start : start + _BATCH] for start in range(0, len(asked), _BATCH))
    return [found for part in parts for found in _relations(part)]


def relation(text: str, a_spans: Spans, b_spans: Spans, others: Spans = ()) -> Relation:
    """What the sentence says of the relation of companies a and b.

    Spans are offsets [start, end) of the names in the sentence, others those of further companies. Both lists of the
    pair may be empty ("Beide Unternehmen streiten"): then the sentence as a whole speaks of the pair. Raises ValueError
    for a span outside the sentence.
    """
    return relations([(text, a_spans, b_spans, others)])[0]


def _company(text: str, found: list[Word], hits: explain.Hits, sentiment: int, chances: np.ndarray) -> CompanySentiment:
    place = explain.effect_cue(_forms(found), hits, sentiment)
    return CompanySentiment(
        sentiment=sentiment,
        score=round(float(chances[2] - chances[0]), 4),
        cue=_printed(text, _cue(text, found, place)),
        confidence=round(model().company.confidence(float(chances[sentiment + 1])), 4),
    )


def _company_sentiments(asked: Sequence[tuple[str, Spans, Spans]]) -> Iterator[CompanySentiment]:
    read = [words(text, spans, (), others) for text, spans, others in asked]
    batch = batch_of(_forms(found) for found in read)
    chances = model().score_company(batch)
    signs = verdicts(chances).tolist()
    for number, ((text, _, _), found) in enumerate(zip(asked, read, strict=True)):
        yield _company(text, found, batch.hits(number), signs[number], chances[number])


def company_sentiments(asked: Sequence[tuple[str, Spans, Spans]]) -> list[CompanySentiment]:
    """company() for many (text, spans, others) at once: several times as fast as one by one."""
    parts = (asked[start : start + _BATCH] for start in range(0, len(asked), _BATCH))
    return [found for part in parts for found in _company_sentiments(part)]


def company(text: str, spans: Spans, others: Spans = ()) -> CompanySentiment:
    """What the sentence says happens to, or about, the company. Raises ValueError for a span outside the sentence."""
    return company_sentiments([(text, spans, others)])[0]


@cache
def _registry() -> CompanyIndex:
    return CompanyIndex(companies())


def _others(text: str, own: Spans) -> list[tuple[int, int]]:
    """Spans of the registry's companies that are not the row's own."""
    return [(mention.start, mention.end) for mention in _registry().find(text, besides=own)]


def _spans(row: dict[str, Any], key: str) -> list[tuple[int, int]]:
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
    found = words(text, a, b, _others(text, [*a, *b]))
    if _is_pair(row) and not (a and b):
        found = _both_named(found, bool(a), bool(b))
    return row, found


def _scored(rows: list[tuple[dict[str, Any], list[Word]]]) -> Iterator[dict[str, Any]]:
    batch = batch_of(_forms(found) for _, found in rows)
    relations, tones_a, tones_b = model().score(batch)
    signs = [verdicts(chances).tolist() for chances in (relations, tones_a, tones_b)]
    for number, ((row, found), chances, sign, tone_a, tone_b) in enumerate(zip(rows, relations, *signs, strict=True)):
        if not _is_pair(row):
            yield {"id": row["id"], "tone_a": tone_a}
            continue
        are_named = bool(row["a_span"] and row["b_span"])
        kind, place = explain.kind_and_cue(_forms(found), batch.hits(number), sign, are_named)
        yield {
            "id": row["id"],
            "rel": sign,
            "rel_score": round(float(chances[2] - chances[0]), 4),
            "tone_a": tone_a,
            "tone_b": tone_b,
            "kind": kind,
            "cue": _printed(row["text"], _cue(row["text"], found, place)),
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
