"""Which frames and effects a word may stand for: reads the word lists of transforms/data/sentiment.

A word list holds exact forms and globs (`*streit`, `klag*`, `*übernahme*`), separable verbs (`steigt+ein`: the particle
follows in the same clause) and phrases (`vom_tisch`: the words follow each other).
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "sentiment"
_CLAUSE_END = frozenset(".;:!?–—")
_REACH = 14  # words between a verb and its particle, at most
_CACHED = 50_000


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a data file; lines that start with # are remarks."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if line.strip() and not line.startswith("#")))


class Lexicon:
    """Labels of words. Built from (label, words) rows, where words are separated by blanks."""

    def __init__(self, rows: Iterable[tuple[str, str]]):
        self._exact = defaultdict(list)
        self._prefix = defaultdict(list)
        self._suffix = defaultdict(list)
        self._infix = []
        self._cache: dict[str, tuple] = {}
        for label, entry_words in rows:
            for entry in entry_words.split():
                self._add(label, entry)

    def _add(self, label: str, entry: str) -> None:
        head, particle, phrase = entry, None, ()
        if "+" in entry:
            head, particle = entry.split("+")
        elif "_" in entry:
            head, *rest = entry.split("_")
            phrase = tuple(rest)
        value = (label, particle, phrase)
        if head.startswith("*") and head.endswith("*") and len(head) > 2:
            self._infix.append((head[1:-1], value))
        elif head.startswith("*"):
            self._suffix[head[1:]].append(value)
        elif head.endswith("*"):
            self._prefix[head[:-1]].append(value)
        else:
            self._exact[head].append(value)

    def _look_up(self, form: str) -> tuple:
        word = form.lstrip("-")
        found = list(self._exact.get(word, ()))
        for cut in range(2, len(word) + 1):
            found += self._prefix.get(word[:cut], ())
            found += self._suffix.get(word[-cut:], ())
        found += [value for part, value in self._infix if part in word]
        return tuple(dict.fromkeys(found))

    def labels(self, forms: Sequence[str]) -> list[tuple[int, str]]:
        """(place, label) of every word that the lists name, in the order of the words."""
        found = []
        cache = self._cache
        for place, form in enumerate(forms):
            values = cache.get(form)
            if values is None:
                if len(cache) > _CACHED:
                    cache.clear()
                values = cache[form] = self._look_up(form)
            for label, particle, phrase in values:
                if particle is not None:
                    if not _follows(forms, place, particle):
                        continue
                elif phrase and tuple(forms[place + 1 : place + 1 + len(phrase)]) != phrase:
                    continue
                if (place, label) not in found[-3:]:
                    found.append((place, label))
        return found


def _follows(forms: Sequence[str], place: int, particle: str) -> bool:
    for form in forms[place + 1 : place + 1 + _REACH]:
        if form == particle:
            return True
        if form in _CLAUSE_END:
            return False
    return False
