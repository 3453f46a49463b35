"""From the names of a company to the spellings that stand in print: what the Aho-Corasick automaton looks for."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lake.seeds import Company

DATA = Path(__file__).parent / "data" / "mentions"

FORMS = (
    r"(?:AG|SE|GmbH) ?& ?Co\.? ?(?:KGaA|KG|OHG)|KGaA|AG|SE|g?GmbH|mbH|KG|OHG|eG|UG|Inc\.?|Incorporated|Corp\.?"
    r"|Corporation|Company|Ltd\.?|Limited|LLC|L\.P\.|plc|PLC|Plc|N\.V\.|NV|B\.V\.|S\.A\.|S\.p\.A\.|SpA|Oyj|ASA|A/S|AB"
)
# The legal form right behind a name; "Group" does the same service.
LEGAL_FORM = re.compile(rf",?\s{{1,2}}(?:{FORMS}|Group)(?![\w-])")
_LEGAL_TAIL = re.compile(rf"(?:,?\s+(?:{FORMS}))+\Z")

# "Deutsche Bank" is printed as "Deutschen Bank", too; so is a name that the file gives inflected.
_ADJECTIVE = re.compile(
    r"(?P<stem>\w+(?:isch|tsch)|Erst|Neu|Vereinigt|Allgemein|Groß|Klein|Alt|Freie|Norddeutsch)e[nrm]?\Z"
)
_SEPARATOR = re.compile(r"[ \u00a0]")
SHORTEST_LOOSE = 5  # names from this length on are known in any spelling: OpenAI, Openai
SHORTEST_LOWER = 6  # … and in lower case in the midst of a sentence
SHORTEST_UPPER = 3  # … in upper case: Uber, UBER


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to print a company's name; `lower` is what the automaton looks for.

    is_loose: counts in other capitals than printed, too, but large where `capitals` says. lower_case: 0 it never counts
    in lower case, 1 in a line without capitals, 2 anywhere. guard: a transforms.mention_guards.Guard, or None.
    """

    company: int
    rule: str
    name: str
    printed: frozenset[str]
    is_loose: bool
    lower: str
    capitals: tuple[int, ...]
    lower_case: int
    is_single_word: bool
    guard: Any


@cache
def words(name: str) -> frozenset[str]:
    """The words of a data file: one or more a line, # begins a comment."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.split("#")[0].split())


@cache
def ordinary_words() -> frozenset[str]:
    """German nouns and words, in lower case; see the row * of homonyms.csv."""
    return words("common_words.txt") | common_nouns()


@cache
def common_nouns() -> frozenset[str]:
    """Nouns of German news, in lower case."""
    return frozenset(word.lower() for word in words("common_nouns.txt"))


def fold(text: str) -> str:
    """Lower case, character by character, so that offsets stay what they are."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def without_legal_form(name: str) -> str:
    """`Vodafone GmbH` -> `Vodafone`; a name that is nothing else stays."""
    bare = _LEGAL_TAIL.sub("", name)
    if bare.endswith(" Group") and bare.count(" ") > 1:
        bare = bare.removesuffix(" Group")
    return bare or name


def _inflections(name: str) -> Iterator[str]:
    first, gap, rest = name.partition(" ")
    if gap and (match := _ADJECTIVE.match(first)):
        for ending in ("e", "en", "er"):
            yield match["stem"] + ending + gap + rest


def _typography(name: str) -> Iterator[str]:
    for quoted in {name, name.replace("'", "’"), name.replace("’", "'")}:
        yield quoted
        if " " in quoted:
            yield from (_SEPARATOR.sub(mark, quoted) for mark in ("-", "\u00a0", "  "))
        if "-" in quoted:
            yield quoted.replace("-", " ")
        if ". " in quoted:
            yield quoted.replace(". ", ".")


def _variants(name: str, rule: str) -> Iterator[tuple[str, str, str]]:
    """Spelling, rule, and the name that it is a spelling of: the name as given, or without its legal form."""
    for base in dict.fromkeys((name, without_legal_form(name))):
        for form in (base, *_inflections(base)):
            for spelling in _typography(form):
                yield spelling, rule if form == base else "inflected", base


def _spelling(company: int, name: str, rule: str, printed: str, guard: Any) -> Spelling:
    low = fold(printed)
    is_common = low in ordinary_words() or low in words("never_lower.txt")
    letters = sum(c.isalpha() for c in printed)
    forms = {printed}
    if letters >= SHORTEST_UPPER:
        forms.add(printed.upper())
    if not is_common and (printed.islower() or (printed.isupper() and letters > SHORTEST_UPPER)):
        forms.add(printed.capitalize())
    is_loose = letters >= SHORTEST_LOOSE and not is_common
    lower_case = 0
    if not is_common and letters >= SHORTEST_UPPER:
        lower_case = 2 if letters >= SHORTEST_LOWER and guard is None else 1
    is_single_word = re.search(r"[\s&]", printed) is None
    capitals = tuple(m.start() for m in re.finditer(r"\b\w", printed) if m[0].isupper())
    return Spelling(company, rule, name, frozenset(forms), is_loose, low, capitals, lower_case, is_single_word, guard)


def spellings(companies: Sequence["Company"], guard_of: Callable[["Company", str], Any]) -> list[Spelling]:
    """Every spelling of every company's names, each of them once per company; the first rule that gives it wins.

    guard_of gives what tells a name from its homonyms, or None for a name that means the company wherever it stands.
    """
    found: dict[tuple[int, str], Spelling] = {}
    for number, company in enumerate(companies):
        named: Iterable[tuple[str, str]] = (
            (company.company, "name"),
            *((alias, "alias") for alias in company.aliases),
            *((product, "product") for product in company.products),
        )
        for name, rule in named:
            for printed, why, base in _variants(name, rule):
                guard = guard_of(company, name) or guard_of(company, base)
                if base != name and guard is not None and guard.is_general:
                    continue  # what is left of "Software AG" is no name
                found.setdefault((number, printed), _spelling(number, name, why, printed, guard))
    return list(found.values())
