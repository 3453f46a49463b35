"""Sentiment of the relation of two companies in a sentence, and of what it says happens to one of them."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transforms.tone.lexicon import Lexicon, read_table
from transforms.tone.slots import Word, words

SCORER_VERSION = "frames-0"

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Relation:
    """What one sentence says of the relation of two companies."""

    sentiment: int  # -1, 0, +1
    score: float  # -1 … +1: chance of +1 minus chance of -1
    kind: str  # deal, takeover, investment, cooperation, supply, dispute, lawsuit, competition, poaching, …
    cue: str | None  # the words that decided, as printed
    cue_span: tuple[int, int] | None  # their offsets in the sentence
    confidence: float  # 0 … 1: estimated chance that sentiment is right
    is_hedged: bool
    is_quoted: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class CompanySentiment:
    """What one sentence says happens to, or about, one company."""

    sentiment: int  # -1, 0, +1
    score: float  # -1 … +1
    cue: str | None
    confidence: float  # 0 … 1


_FRAMES = {row["frame"]: row for row in read_table("frames.csv")}
_FRAME_WORDS = Lexicon((name, row["words"]) for name, row in _FRAMES.items())
_EFFECT_WORDS = Lexicon((row["effect"], row["words"]) for row in read_table("effects.csv"))
_HEDGES = Lexicon(
    [
        (
            "hedge",
            "soll sollen solle sollten laut könnte könnten insidern insider zufolge offenbar wohl angeblich womöglich "
            "möglicherweise vielleicht demnach dürfte gerücht* spekulation* medienbericht* bericht heißt_es gemunkelt",
        )
    ]
)
_PAST = Lexicon([("past", "einst einstige* einstigen damals früher frühere* ehemalige* ex hatte hatten vormals")])
_NOT = Lexicon(
    [("not", "nicht kein keine keinen keiner ohne weder scheitert scheitern gescheitert* geplatzt* platzt vom_tisch")]
)
_JOINTS = frozenset({",", "und", "&", "/", "-", "oder", "sowie", "die", "der", "O", "wie", "von", "bei"})
_QUOTES = frozenset('„“”»«"')


def _coordinated(forms: list[str]) -> bool:
    """Whether A and B stand in one list: "A und B", "A, O und B"."""
    first, second = sorted((forms.index("A"), forms.index("B")))
    between = forms[first + 1 : second]
    return bool(between) and len(between) <= 6 and all(form in _JOINTS for form in between)


def _quoted(forms: list[str], place: int) -> bool:
    before = sum(form in _QUOTES for form in forms[:place])
    return before % 2 == 1 and any(form in _QUOTES for form in forms[place:])


def relation(text: str, a_spans: Spans, b_spans: Spans, others: Spans = ()) -> Relation:
    """What the sentence says of the relation of companies a and b.

    Spans are offsets [start, end) of the names in the sentence. Both may be empty ("Beide Unternehmen streiten"): then
    the sentence as a whole speaks of the pair. Raises ValueError for a span outside the sentence.
    """
    found = words(text, a_spans, b_spans, others)
    forms = [word.form for word in found]
    hits = _FRAME_WORDS.labels(forms)
    listed = "A" in forms and "B" in forms and _coordinated(forms)
    votes = []
    for place, name in hits:
        frame = _FRAMES[name]
        if listed and ((frame["shape"] == "dir" and name != "takeover") or forms[place] == "gegen"):
            continue
        votes.append((place, frame, int(frame["relation"])))
    negated = bool(_NOT.labels(forms))
    total = 0.0
    best: tuple[int, dict[str, str], int] | None = None
    for _, _, value in votes:
        total += value
    if negated and total > 0:
        total = -0.5
    sentiment = (total > 0.4) - (total < -0.4)
    for vote in votes:
        if best is None and (vote[2] == sentiment or sentiment == 0 or negated):
            best = vote
    word: Word | None = found[best[0]] if best else None
    kind = best[1]["kind"] if best else ("list" if listed else "other")
    score = max(-1.0, min(1.0, total / 2))
    return Relation(
        sentiment=sentiment,
        score=score,
        kind=kind,
        cue=text[word.start : word.end].lstrip("-") if word else None,
        cue_span=(word.start, word.end) if word else None,
        confidence=0.6,
        is_hedged=bool(_HEDGES.labels(forms)),
        is_quoted=_quoted(forms, best[0]) if best else False,
        is_past=bool(_PAST.labels(forms)) and sentiment == 0,
    )


def company(text: str, spans: Spans, others: Spans = ()) -> CompanySentiment:
    """What the sentence says happens to, or about, the company. Raises ValueError for a span outside the sentence."""
    found = words(text, spans, (), others)
    forms = [word.form for word in found]
    hits = _EFFECT_WORDS.labels(forms)
    total = sum(int(effect) for _, effect in hits)
    sentiment = (total > 0) - (total < 0)
    word = next((found[place] for place, effect in hits if int(effect) == sentiment), None)
    return CompanySentiment(
        sentiment=sentiment,
        score=max(-1.0, min(1.0, total / 2)),
        cue=text[word.start : word.end] if word else None,
        confidence=0.5,
    )


def _span(row: dict[str, Any], key: str) -> list[tuple[int, int]]:
    value = row.get(key)
    if value is None:
        return []
    spans = [value] if value and isinstance(value[0], int) else value
    return [(int(start), int(end)) for start, end in spans]


def _score_row(row: dict[str, Any]) -> dict[str, Any]:
    text, a, b = row["text"], _span(row, "a_span"), _span(row, "b_span")
    if not b and "b" not in row:
        return {"id": row["id"], "tone_a": company(text, a).sentiment}
    found = relation(text, a, b)
    return {
        "id": row["id"],
        "rel": found.sentiment,
        "rel_score": round(found.score, 4),
        "tone_a": company(text, a, b).sentiment,
        "tone_b": company(text, b, a).sentiment,
        "kind": found.kind,
        "cue": found.cue,
    }


def _scored(in_path: Path) -> Iterator[dict[str, Any]]:
    with in_path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield _score_row(row)
            except (ValueError, TypeError, KeyError) as error:
                what = f"no value for {error}" if isinstance(error, KeyError) else str(error)
                raise ValueError(
                    f"{in_path} line {number}: {what}; "
                    'expected {"id", "text", "a", "a_span": [start, end]} and, for a pair, "b", "b_span"'
                ) from error


def run_sentiment(in_path: str | os.PathLike[str], out_path: str | os.PathLike[str]) -> int:
    """Scores the rows of a JSON-lines file into another; returns how many. Writes beside, then renames.

    Raises ValueError that names file, line and what is wrong; the output file is then untouched.
    """
    source, target = Path(in_path), Path(out_path)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    count = 0
    try:
        with beside.open("w", encoding="utf-8") as out:
            for row in _scored(source):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return count
