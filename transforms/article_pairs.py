"""From an article's mentions and pair sentences to one row per pair: how relevant, and in which tone."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

Row = dict[str, Any]
WORD = re.compile(r"\w{3,}")
SAME = 0.7  # share of common words from which two sentences of one article say the same
TITLE_WEIGHT, HEDGED_WEIGHT = 1.5, 0.5
IN_TITLE, IN_LEAD, IN_SENTENCES, FULL_SENTENCES = 0.3, 0.2, 0.5, 3


def _alike(first: set[str], second: set[str]) -> bool:
    return bool(first and second) and len(first & second) / len(first | second) >= SAME


def distinct(sentences: Iterable[Row], text_of: dict[int, str]) -> list[Row]:
    """The sentences without near-repeats; of a repeated one the most confident votes."""
    kept: list[tuple[set[str], Row]] = []
    for row in sorted(sentences, key=lambda r: (-r["confidence"], r["sentence_no"])):
        words = set(WORD.findall(text_of[row["sentence_no"]].lower()))
        if not any(_alike(words, other) for other, _ in kept):
            kept.append((words, row))
    return [row for _, row in sorted(kept, key=lambda item: item[1]["sentence_no"])]


def _weight(row: Row) -> float:
    loud = TITLE_WEIGHT if row["sentence_no"] == 0 else 1.0
    return row["confidence"] * loud * (HEDGED_WEIGHT if row["is_hedged"] else 1.0)


def _relation(rows: list[Row]) -> float | None:
    weight = sum(_weight(row) for row in rows)
    return sum(row["relation_sentiment"] * _weight(row) for row in rows) / weight if weight else None


def _loudest(rows: list[Row], sentiment: float | None) -> int | None:
    if not rows:
        return None
    return max(rows, key=lambda r: (r["relation_sentiment"] * (sentiment or 0.0) * _weight(r), _weight(r)))[
        "sentence_no"
    ]


def _mean(values: list[int]) -> float | None:
    return sum(values) / len(values) if values else None


def article_pairs(mentions: list[Row], sentences: list[Row], text_of: dict[int, str]) -> list[Row]:
    """One row of `article_pairs` for each two companies that the article names, without article_id and version.

    mentions and sentences are rows of `mentions` and `pair_sentences`; text_of gives a sentence's words by its number.
    Source credits do not count.
    """
    counted = [m for m in mentions if not m["is_source_credit"]]
    count = Counter(m["company_id"] for m in counted)
    in_title = {m["company_id"] for m in counted if m["in_title"]}
    in_lead = {m["company_id"] for m in counted if m["in_lead"]}
    toned = {(m["company_id"], m["sentence_no"]): m["company_sentiment"] for m in counted}
    tones = defaultdict(list)
    for (company_id, _), tone in toned.items():
        if tone is not None:
            tones[company_id].append(tone)
    of_pair = defaultdict(list)
    for row in sentences:
        of_pair[row["pair_id"]].append(row)
    rows = []
    for a, b in combinations(sorted(count), 2):
        voting = distinct(of_pair[f"{a}~{b}"], text_of)
        dominance = (count[a] + count[b]) / count.total()
        presence = IN_TITLE * ({a, b} <= in_title) + IN_LEAD * ({a, b} <= in_lead)
        sentiment, tone_a, tone_b = _relation(voting), _mean(tones[a]), _mean(tones[b])
        rows.append(
            {
                "pair_id": f"{a}~{b}",
                "company_a": a,
                "company_b": b,
                "sentences": len(voting),
                "dominance": dominance,
                "relevance": (presence + IN_SENTENCES * min(1.0, len(voting) / FULL_SENTENCES)) * dominance,
                "relation_sentiment": sentiment,
                "company_sentiment_a": tone_a,
                "company_sentiment_b": tone_b,
                "sentiment_gap": None if tone_a is None or tone_b is None else tone_a - tone_b,
                "hedged_share": sum(r["is_hedged"] for r in voting) / len(voting) if voting else None,
                "best_sentence_no": _loudest(voting, sentiment),
            }
        )
    return rows
