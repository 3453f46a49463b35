"""A sentence as words, with a slot for each company: A and B for the pair, O for any other.

Masking keeps the name of a company from voting: "Sportstreit AG klagt gegen Krisenbank" must read "A klagt gegen B".
What is glued to a name stays and starts with a hyphen: "VW-Streit" is the words A, -streit.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

LONGEST = 4000
"""Characters of a sentence that are read: a megabyte without a full stop is no sentence."""

_WORD = re.compile(r"-?\w+(?:[-.’'/&]\w+)*|[^\w\s]")
_GENITIVE = re.compile(r"(?:'s|’s|s|'|’)(?![\w-])")


SLOTS = frozenset("ABO")
"""What stands for a company: A and B for the pair, O for any other; every other form is lower case."""


class Word(NamedTuple):
    form: str  # lower case; A, B or O for a company
    start: int  # offset of the first character in the sentence
    end: int  # offset behind the last one


_new = tuple.__new__  # a named tuple's own constructor takes twice as long
Spans = Iterable[tuple[int, int]]


def _slots(text: str, a_spans: Spans, b_spans: Spans, others: Spans) -> list[tuple[int, int, str]]:
    found = [
        (int(s), int(e), name) for spans, name in ((a_spans, "A"), (b_spans, "B"), (others, "O")) for s, e in spans
    ]
    for start, end, _ in found:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}–{end} lies outside the sentence of {len(text)} characters")
    if len(found) > 1:
        found.sort()
        kept = found[:1]
        for slot in found[1:]:
            if slot[0] >= kept[-1][1]:
                kept.append(slot)
            elif kept[-1][2] == "O" and slot[2] != "O":
                kept[-1] = slot  # the pair's own name wins over another company's inside it
        found = kept
    return found


def words(text: str, a_spans: Spans = (), b_spans: Spans = (), others: Spans = ()) -> list[Word]:
    """The words of a sentence with its companies masked; spans are character offsets [start, end).

    Raises ValueError for a span outside the sentence.
    """
    found: list[Word] = []
    at = 0
    stop = min(len(text), LONGEST)
    for start, end, name in _slots(text, a_spans, b_spans, others):
        if start >= LONGEST:
            break
        found += [_new(Word, (m[0].lower(), *m.span())) for m in _WORD.finditer(text, at, start)]
        found.append(Word(name, start, end))
        at = end
        if genitive := _GENITIVE.match(text, at):
            at = genitive.end()
    found += [_new(Word, (m[0].lower(), *m.span())) for m in _WORD.finditer(text, at, stop)]
    return found
