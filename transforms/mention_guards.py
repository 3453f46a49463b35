"""Whether an ambiguous name means the company: the entries of `needs` and `excludes`, see lake.seeds."""

import csv
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache

from lake.seeds import Company, company_places, pattern
from transforms.mention_names import DATA, ordinary_words
from transforms.sentences import Span, split

_GENITIVE = r"(?:['’]?s|['’])?"
_COMPOUND = re.compile(rf"{_GENITIVE}-\w")
_ANY = 20  # characters that the * of an entry is looked for over


class Text:
    """A text with its sentences, found when first asked for, line by line. To be asked from front to back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[Span, bool] = {}
        self._line = (0, -1)
        self._starts: list[int] = []
        self._spans: list[Span] = []

    def sentence(self, at: int) -> Span:
        """The span of the sentence that holds the offset."""
        if not self._line[0] <= at <= self._line[1]:
            first, last = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
            self._line = first, last if last >= 0 else len(self.text)
            self._spans = [(first + start, first + end) for start, end in split(self.text[slice(*self._line)])]
            self._starts = [start for start, _ in self._spans]
        return self._spans[max(0, bisect_right(self._starts, at) - 1)]


def _part(entry: str) -> str:
    """An entry's words as a regular expression, without what must not stand around them."""
    return pattern(entry).pattern.removeprefix(r"(?<!\w)").removesuffix(r"(?!\w)")


def _beginning(words: str) -> str:
    """The words before `_`; they may begin a sentence or stand alone: `neue _`: "Neue", `*konzern _`: "Konzern"."""
    star, bare = ("*", words[1:]) if words.startswith("*") else ("", words)
    first = f"[{bare[0]}{bare[0].upper()}]" if bare[0].islower() else _part(bare[0])
    return (_part(star) if star else "") + first + (_part(bare[1:]) if bare[1:] else "")


@dataclass
class Entries:
    """The entries of one cell, compiled: around the name, in its sentence, in the whole text."""

    around: list[tuple[re.Pattern[str] | None, re.Pattern[str] | None]] = field(default_factory=list)
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    far: re.Pattern[str] | None = None
    reach: int = 0

    @classmethod
    def of(cls, entries: tuple[str, ...], *, is_near: bool) -> "Entries":
        """is_near: an entry without prefix is looked for in the sentence (excludes), else in the text (needs)."""
        parts: dict[str, list[str]] = {"before": [], "after": [], "near": [], "far": []}
        around = []
        reach = 0
        for entry in entries:
            words = entry.removeprefix("near:")
            if "_" in words:
                left, _, right = words.partition("_")
                reach = max(reach, len(left) + _ANY * left.count("*") + 1)
                if left and right:
                    around.append((_left([_beginning(left)]), _right([_part(right)])))
                else:
                    parts["before" if left else "after"].append(_beginning(left) if left else _part(right))
            else:
                parts["near" if is_near or words != entry else "far"].append(_part(words))
        anywhere = {k: re.compile(rf"(?<!\w)(?:{'|'.join(v)})(?!\w)") for k in ("near", "far") if (v := parts[k])}
        before = _left(parts["before"]) if parts["before"] else None
        after = _right(parts["after"]) if parts["after"] else None
        return cls(around, before, after, anywhere.get("near"), anywhere.get("far"), reach)

    def match(self, text: Text, start: int, end: int) -> bool:
        """Whether an entry is found for the name at start:end (without its genitive s)."""
        words = text.text
        low = max(0, start - self.reach)
        if self.before and self.before.search(words, low, start) and not _COMPOUND.match(words, end):
            return True
        if self.after and self.after.match(words, end):
            return True
        if any(left.search(words, low, start) and right.match(words, end) for left, right in self.around):
            return True
        if self.near and self._anywhere(text, self.near, *text.sentence(start)):
            return True
        return self.far is not None and self._anywhere(text, self.far, 0, len(words))

    @staticmethod
    def _anywhere(text: Text, pattern: re.Pattern[str], start: int, end: int) -> bool:
        """Looked for once in every stretch of text, however many names stand there."""
        key = (id(pattern), start)
        if key not in text.found:
            text.found[key] = pattern.search(text.text, start, end) is not None
        return text.found[key]


def _left(parts: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})\Z")


def _right(parts: list[str]) -> re.Pattern[str]:
    return re.compile(rf"{_GENITIVE}(?:{'|'.join(parts)})(?!\w)")


@dataclass(frozen=True)
class Guard:
    """What tells a company from its homonym.

    is_needed: without an entry of `needs` the name does not count; is_general: it is the row * of homonyms.csv.
    """

    needs: Entries
    excludes: Entries
    is_needed: bool
    is_general: bool = False

    @classmethod
    def of(cls, needs: tuple[str, ...], excludes: tuple[str, ...], *, is_general: bool = False) -> "Guard":
        nearby, there = Entries.of(needs, is_near=False), Entries.of(excludes, is_near=True)
        return cls(nearby, there, bool(needs), is_general)


@cache
def _homonyms() -> dict[str, Guard]:
    """Guards for names that mean something else in German, by name."""
    with (DATA / "homonyms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    cells = {row["name"]: [tuple(filter(None, row[c].split("|"))) for c in ("needs", "excludes")] for row in rows}
    cells["*"][0] = (*company_places(), *cells["*"][0])
    return {name: Guard.of(*both, is_general=name == "*") for name, both in cells.items()}


def any_company() -> Entries:
    """What shows a company whatever its name: "Modekette _", "_-Aktie", see company_places.csv."""
    return _homonyms()["*"].needs


@cache
def _own(company: Company) -> Guard:
    return Guard.of(company.needs, company.excludes)


def guard_of(company: Company, name: str) -> Guard | None:
    """The guard of a company's name: its own row's, else the one of homonyms.csv, else None."""
    if name in company.guarded:
        return _own(company)
    if name in _homonyms():
        return _homonyms()[name]
    return _homonyms()["*"] if name.lower() in ordinary_words() else None
