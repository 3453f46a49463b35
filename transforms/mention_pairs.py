"""Sentences that speak about a pair of companies: both named, or meant by "beide Unternehmen", "die Zusammenarbeit"."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import Any

from transforms.mention_names import DATA
from transforms.sentences import Span, split

Pair = tuple[str, str]
ANAPHOR_REACH = 5  # sentences back to the pair that "beide Unternehmen" means
RELATION_REACH = 3  # … that "die Zusammenarbeit" means


@dataclass(frozen=True)
class PairSentence:
    """A sentence about a pair.

    start and end are offsets in the body (sentence 0: in the title); a_spans and b_spans are offsets in the sentence,
    both empty unless the sentence names or points at each company.
    """

    sentence_no: int
    start: int
    end: int
    company_a: str
    company_b: str
    reach: str
    a_spans: list[Span] = field(default_factory=list)
    b_spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class _Patterns:
    anaphor: re.Pattern[str]
    relation: re.Pattern[str]
    company: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    with (DATA / "pair_words.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        words = {row["kind"]: row["words"].replace("*", r"\w*") for row in rows}
    adjective = r"(?:\w+(?:en|e|er) )?"
    rivals = words["rivals"]
    article = r"(?:[Dd](?:ie|er|as|en|em|es)|[Dd]iese[rsmn]?|[Ii]hre?[rnm]?|[Zz]u[mr]|[Ii]m|[Bb]eim|[Vv]om)"
    to_others = r"(?! (?:mit|zwischen|zu|zum|zur|gegen|in|im|von|der|des|aus)\b)"
    first = r"(?:D(?:er|as|ie)|Dieser|Dieses|Diese)"
    return _Patterns(
        re.compile(rf"\b(?:[Bb]eiden? {adjective}(?:{words['partners']}|{rivals})|[Dd]ie {adjective}(?:{rivals}))\b"),
        re.compile(rf"\b{article} {adjective}(?:{words['relation']})\b{to_others}"),
        re.compile(rf"{first} {adjective}(?:{words['company']})\b(?! (?:mit|der|des|von)\b)"),
    )


def _numbered(title: str, body: str) -> Iterator[tuple[int, int, int, str]]:
    """Number, start, end and words of each sentence; the title is number 0."""
    yield 0, 0, len(title), title
    for number, (start, end) in enumerate(split(body), start=1):
        yield number, start, end, body[start:end]


def _named(mentions: Sequence[Mapping[str, Any]]) -> Mapping[int, Mapping[str, list[Span]]]:
    named: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        if not mention["is_source_credit"]:
            named[mention["sentence_no"]][mention["company_id"]].append((mention["start_char"], mention["end_char"]))
    return named


def pair_sentences(title: str, body: str, mentions: Sequence[Mapping[str, Any]]) -> list[PairSentence]:
    """The sentences about a pair, in order; mentions are rows of `mentions`, source credits are passed over.

    reach: `direct`: the sentence names both. `anaphor`: "beide Unternehmen", the last two that a sentence named alone.
    `relation_noun`: "die Zusammenarbeit" behind exactly such a pair. `carried`: it names one company and begins with
    "Der Konzern", which is the only company of the sentence before.
    """
    named = _named(mentions)
    patterns = _patterns()
    found: list[PairSentence] = []
    pair: Pair | None = None
    is_alone = True  # no third company since the pair was named
    pair_no = 0
    before: str | None = None  # the only company of the sentence before
    for number, start, end, words in _numbered(title, body):
        spans = (
            {c: [(s - start, e - start) for s, e in at] for c, at in named[number].items()} if number in named else {}
        )
        companies = sorted(spans)
        if len(companies) >= 2:
            found += [
                PairSentence(number, start, end, a, b, "direct", spans[a], spans[b])
                for a, b in combinations(companies, 2)
            ]
            if len(companies) == 2:
                pair, is_alone, pair_no = (companies[0], companies[1]), True, number
            elif pair and set(pair) <= spans.keys():
                is_alone, pair_no = False, number
            else:
                pair = None
        elif carried := _carried(number, start, end, words, spans, before, patterns):
            found.append(carried)
            pair, is_alone, pair_no = (carried.company_a, carried.company_b), True, number
        elif pair and set(companies) <= set(pair):
            reach = _reach(words, number - pair_no, is_alone=is_alone, patterns=patterns)
            if reach:
                found.append(PairSentence(number, start, end, *pair, reach))
                pair_no = number
        else:
            pair = None
        before = companies[0] if len(companies) == 1 else None
    return found


def _reach(words: str, distance: int, *, is_alone: bool, patterns: _Patterns) -> str | None:
    if distance <= ANAPHOR_REACH and patterns.anaphor.search(words):
        return "anaphor"
    if is_alone and distance <= RELATION_REACH and patterns.relation.search(words):
        return "relation_noun"
    return None


def _carried(
    number: int,
    start: int,
    end: int,
    words: str,
    spans: Mapping[str, list[Span]],
    before: str | None,
    patterns: _Patterns,
) -> PairSentence | None:
    """`Der Konzern verklagt SAP.` after a sentence that names Oracle only."""
    if before is None or len(spans) != 1 or before in spans or not (match := patterns.company.match(words)):
        return None
    ((other, at),) = spans.items()
    if at[0][0] <= match.end() + 1:
        return None  # "Der Konzern SAP"
    a, b = sorted((before, other))
    places = {before: [match.span()], other: at}
    return PairSentence(number, start, end, a, b, "carried", places[a], places[b])
