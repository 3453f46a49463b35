"""Sentiment of the relation of two companies in a sentence, and of what it says happens to one of them.

How it works: the companies are masked (tone.slots), frames and effects are looked up (tone.batch, the word lists in
data/sentiment), a linear model weighs them by where they stand (tone.features), a small network reads the words
(tone.network), both together decide (tone.model), and the frame that agrees with the outcome gives kind and cue
(tone.explain). docs/sentiment.md says how well, and how to extend it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from transforms.masked import cue_span, forms, masked, printed
from transforms.sentences import Spans
from transforms.tone import explain
from transforms.tone.batch import AT_ONCE, batch_of
from transforms.tone.model import model, verdicts
from transforms.tone.slots import Word, words

SCORER_VERSION = "frames-network-5"


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


def _relation(
    text: str, found: list[Word], hits: explain.Hits, sentiment: int, chances: np.ndarray, are_named: bool
) -> Relation:
    own = forms(found)
    kind, place = explain.kind_and_cue(own, hits, sentiment, are_named)
    is_hedged, is_past = explain.how_meant(own, place)
    cue = cue_span(text, found, place)
    return Relation(
        sentiment=sentiment,
        score=round(float(chances[2] - chances[0]), 4),
        kind=kind,
        cue=printed(text, cue),
        cue_span=cue,
        confidence=round(model().relation.confidence(float(chances[sentiment + 1])), 4),
        is_hedged=is_hedged,
        is_quoted=explain.is_quoted(own, place),
        is_past=is_past,
    )


def _relations(asked: Sequence[tuple[str, Spans, Spans, Spans]]) -> Iterator[Relation]:
    read = [masked(*one) for one in asked]
    batch = batch_of(forms(found) for found in read)
    chances, _, _ = model().score(batch)
    signs = verdicts(chances).tolist()
    for number, ((text, a_spans, b_spans, _), found) in enumerate(zip(asked, read, strict=True)):
        yield _relation(text, found, batch.hits(number), signs[number], chances[number], bool(a_spans and b_spans))


def relations(asked: Sequence[tuple[str, Spans, Spans, Spans]]) -> list[Relation]:
    """relation() for many (text, a_spans, b_spans, others) at once: several times as fast as one by one."""
    parts = (asked[start : start + AT_ONCE] for start in range(0, len(asked), AT_ONCE))
    return [found for part in parts for found in _relations(part)]


def relation(text: str, a_spans: Spans, b_spans: Spans, others: Spans = ()) -> Relation:
    """What the sentence says of the relation of companies a and b.

    Spans are offsets [start, end) of the names in the sentence, others those of further companies. Both lists of the
    pair may be empty ("Beide Unternehmen streiten"): then the sentence as a whole speaks of the pair. Raises ValueError
    for a span outside the sentence.
    """
    return relations([(text, a_spans, b_spans, others)])[0]


def _company(text: str, found: list[Word], hits: explain.Hits, sentiment: int, chances: np.ndarray) -> CompanySentiment:
    place = explain.effect_cue(forms(found), hits, sentiment)
    return CompanySentiment(
        sentiment=sentiment,
        score=round(float(chances[2] - chances[0]), 4),
        cue=printed(text, cue_span(text, found, place)),
        confidence=round(model().company.confidence(float(chances[sentiment + 1])), 4),
    )


def _company_sentiments(asked: Sequence[tuple[str, Spans, Spans]]) -> Iterator[CompanySentiment]:
    read = [words(text, spans, (), others) for text, spans, others in asked]
    batch = batch_of(forms(found) for found in read)
    chances = model().score_company(batch)
    signs = verdicts(chances).tolist()
    for number, ((text, _, _), found) in enumerate(zip(asked, read, strict=True)):
        yield _company(text, found, batch.hits(number), signs[number], chances[number])


def company_sentiments(asked: Sequence[tuple[str, Spans, Spans]]) -> list[CompanySentiment]:
    """company() for many (text, spans, others) at once: several times as fast as one by one."""
    parts = (asked[start : start + AT_ONCE] for start in range(0, len(asked), AT_ONCE))
    return [found for part in parts for found in _company_sentiments(part)]


def company(text: str, spans: Spans, others: Spans = ()) -> CompanySentiment:
    """What the sentence says happens to, or about, the company. Raises ValueError for a span outside the sentence."""
    return company_sentiments([(text, spans, others)])[0]
