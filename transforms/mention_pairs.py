"""Sentences that speak about a pair of companies: both named, or meant by "beide Unternehmen", "die Zusammenarbeit"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from transforms.sentences import split

Span = tuple[int, int]

_ANAPHOR = re.compile(
    r"\b(?:[Dd]ie |[Dd]en |[Dd]er )?[Bb]eiden? (?:\w+(?:en|e) )?(?:Unternehmen|Konzerne|Konzernen|Firmen|Giganten|Partner|Partnern|"
    r"Rivalen|Konkurrenten|Seiten|Häuser|Häusern|Gesellschaften|Banken|Hersteller|Herstellern|Autobauer|Autobauern|Parteien|"
    r"Tech-Giganten|Tech-Konzerne|Techkonzerne|Technologiekonzerne|Versicherer|Händler|Anbieter|Airlines|Fluggesellschaften|"
    r"Unternehmens\w*|\w+konzerne|\w+riesen|\w+hersteller|\w+unternehmen|\w+firmen)\b"
    r"|\b[Dd]ie (?:Partner|Rivalen|Kontrahenten|Erzrivalen|Konkurrenten|Streitparteien|Fusionspartner|Ex-Partner|einstigen Partner|"
    r"ehemaligen Partner|früheren Partner)\b|\b(?:[Uu]nternehmen|[Kk]onzerne) beide\b|\bbeide (?:haben|hatten|wollen|wollten)\b"
)
_RELATION = re.compile(
    r"\b(?:[Dd]ie|[Dd]er|[Dd]as|[Dd]en|[Dd]em|[Dd]es|[Dd]iese[rsmn]?|[Dd]iese|[Ii]hre[rnm]?|[Dd]ieser|[Zz]um|[Zz]ur|[Ii]m|[Bb]eim|[Vv]om) (?:\w+(?:en|e|er) )?"
    r"(?:Zusammenarbeit|Partnerschaft|Streits?|Rechtsstreits?|Rivalität|Allianz|Bündnis(?:ses)?|Konflikts?|Beziehung|Kooperation|Fusion|"
    r"Übernahme|Zusammenschluss(?:es)?|Verhältnis(?:ses)?|Joint Venture|Gemeinschaftsunternehmen|Deals?|Bruchs?|Machtkampfs?|Vereinbarung)\b"
)


@dataclass(frozen=True)
class PairSentence:
    """A sentence about a pair; a_spans and b_spans are offsets in the sentence, empty unless both are named in it."""

    sentence_no: int
    start: int
    end: int
    company_a: str
    company_b: str
    reach: str
    a_spans: list[Span] = field(default_factory=list)
    b_spans: list[Span] = field(default_factory=list)


def _numbered(title: str, body: str) -> Iterator[tuple[int, int, int, str]]:
    """Number, start, end and words of each sentence; the title is number 0."""
    yield 0, 0, len(title), title
    for number, (start, end) in enumerate(split(body), start=1):
        yield number, start, end, body[start:end]


def pair_sentences(title: str, body: str, mentions: Sequence[Mapping[str, Any]]) -> list[PairSentence]:
    """The sentences about a pair, in order; mentions are rows of `mentions`, source credits are passed over.

    reach: `direct` both are named; `anaphor` "beide Unternehmen"; `relation_noun` "die Zusammenarbeit". The last two
    stand for the pair that was last named in one sentence, when that sentence named exactly two companies.
    """
    named: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        if not mention["is_source_credit"]:
            named[mention["sentence_no"]][mention["company_id"]].append((mention["start_char"], mention["end_char"]))
    found = []
    last: tuple[str, str] | None = None
    for number, start, end, words in _numbered(title, body):
        spans = {c: [(s - start, e - start) for s, e in found_spans] for c, found_spans in named[number].items()}
        for a, b in combinations(sorted(spans), 2):
            found.append(PairSentence(number, start, end, a, b, "direct", spans[a], spans[b]))
        if len(spans) >= 2:
            last = tuple(sorted(spans)) if len(spans) == 2 else None
        elif last:
            if not set(spans) <= set(last):
                last = None
            elif _ANAPHOR.search(words):
                found.append(PairSentence(number, start, end, *last, "anaphor"))
            elif _RELATION.search(words):
                found.append(PairSentence(number, start, end, *last, "relation_noun"))
    return found
