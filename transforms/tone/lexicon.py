"""Which frames and effects a word may stand for: reads the word lists of transforms/data/sentiment.

A word list holds exact forms and globs (`*streit`, `klag*`, `*übernahme*`), separable verbs (`steigt+ein`: the particle
follows in the same clause) and phrases (`vom_tisch`: the words follow each other).
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "sentiment"
_CLAUSE_END = frozenset(".;:!?–—|")
_REACH = 14  # words between a verb and its particle, at most
_CACHED = 60_000  # forms kept with what they may stand for

Condition = tuple[int, str | None, tuple[str, ...]]  # label, particle that must follow, words that must follow


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a data file; lines that start with # are remarks."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if line.strip() and not line.startswith("#")))


class Lexicon:
    """Labels of words. Built from (label, words) rows, where words are separated by blanks."""

    def __init__(self, rows: Iterable[tuple[int, str]]):
        self._exact: dict[str, list[Condition]] = defaultdict(list)
        self._prefix: dict[str, list[Condition]] = defaultdict(list)
        self._suffix: dict[str, list[Condition]] = defaultdict(list)
        self._infix: list[tuple[str, Condition]] = []
        self._known: dict[str, tuple[Condition, ...]] = {}
        for label, entries in rows:
            for entry in entries.split():
                self._add(label, entry)

    def _add(self, label: int, entry: str) -> None:
        head, particle, following = entry, None, ()
        if "+" in entry:
            head, particle = entry.split("+")
            particle, *rest = particle.split("_")
            following = tuple(rest)
        elif "_" in entry:
            head, *rest = entry.split("_")
            following = tuple(rest)
        condition = (label, particle, following)
        if len(head) > 2 and head.startswith("*") and head.endswith("*"):
            self._infix.append((head[1:-1], condition))
        elif head.startswith("*"):
            self._suffix[head[1:]].append(condition)
        elif head.endswith("*"):
            self._prefix[head[:-1]].append(condition)
        else:
            self._exact[head].append(condition)

    def conditions(self, form: str) -> tuple[Condition, ...]:
        """What the word may stand for, each with what must follow for it to count."""
        known = self._known.get(form)
        if known is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            known = self._known[form] = self._look_up(form.lstrip("-"))
        return known

    def _look_up(self, word: str) -> tuple[Condition, ...]:
        found = list(self._exact.get(word, ()))
        for cut in range(1, len(word) + 1):
            found += self._prefix.get(word[:cut], ())
            found += self._suffix.get(word[-cut:], ())
        found += [condition for part, condition in self._infix if part in word]
        return tuple(dict.fromkeys(found))


def holds(condition: Condition, forms: Sequence[str], place: int) -> bool:
    """Whether what must follow the word at this place does follow."""
    _, particle, following = condition
    if particle is None:
        return not following or tuple(forms[place + 1 : place + 1 + len(following)]) == following
    for at in range(place + 1, min(place + 1 + _REACH, len(forms))):
        if forms[at] == particle:
            return tuple(forms[at + 1 : at + 1 + len(following)]) == following
        if forms[at] in _CLAUSE_END:
            return False
    return False
