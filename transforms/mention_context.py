"""What stands around a name and shows that it is not the company: a person, an arena, a car, a longer name."""

import re
from collections.abc import Collection
from functools import cache

from transforms.mention_names import LEGAL_FORM, words

_AFTER = re.compile(r"[ \u00a0]{1,2}(\w[\w&'’-]*)")
_TAIL = re.compile(r"\s?-(\w+)")
_NUMBERED = re.compile(r"\b\d\w*-\Z")  # "7er-BMW"
_DETERMINER = re.compile(
    r"(?:[kms]?eine?|dein|euer|unser|ihr|eure|unsre|dies|jen|jed|welch|manch|solch|irgendeine?)(?:e[mnrs]?)?"
)
_MASCULINE = frozenset(["der", "den", "dem", "des", "im", "vom", "zum", "am"])
_RELATIVE = re.compile(r",\s+(?:\w+\s+)?(?:der|den|dem)\s+\Z")  # "der Mann, der VW rettete"
_NEUTER = frozenset(["das", "ins", "fürs", "aufs"])
_INITIAL = re.compile(r"[A-ZÄÖÜ]\.")
_OPENING = tuple("„“\"»«‚'(")
_MARKS = "„“”\"»«‚'’()[]–—-"
_NOBLE = frozenset(["von", "van", "de", "zu"])
# "LG G5", "BMW 320d", "Audi A4", "Mercedes E-Klasse"
_MODEL_CODE = re.compile(r"(?:[A-Z]{1,4}\d{1,4}\w?|\d{1,4}(?:er|[a-z]{1,2})|[A-Z]\d?-Klasse|i\d)\Z")
_GAPS = tuple(" ,\n\u00a0")
_WORD_END = re.compile(r"\w+\Z")
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][a-z]+\Z")
_CHAIN = re.compile(r"(?:[ \u00a0](?:[A-ZÄÖÜ][\w&'’.-]*|&|of|for|de)){1,4}")
REACH = 60  # characters before a name that are looked at


@cache
def listed(name: str) -> frozenset[str]:
    """The words of data/mentions/<name>.txt."""
    return words(f"{name}.txt")


def legal_form_end(text: str, end: int) -> int:
    """Offset behind the legal form that follows a name, or `end` when none does."""
    match = LEGAL_FORM.match(text, end) if text[end : end + 1] in _GAPS else None
    return match.end() if match else end


def _is_address(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("@", ".") and start > 1 and not text[start - 2].isspace():
        return True
    if before == "/" and text[max(0, start - 3) : start] == "://":
        return True
    if after in (".", "@") and text[end + 1 : end + 2].isalpha():
        return text[start].islower() or after == "@"
    return after == "/" and text[start].islower() and text[end + 1 : end + 2].isalpha()


def words_before(text: str, start: int) -> tuple[str, str]:
    """The two words before a name in its line, without quotation marks; empty where there is none, or a comma."""
    at = start - 1 if text[start - 1 : start] in _OPENING else start
    if at < 2 or not text[at - 1].isspace() or text[at - 1] == "\n":
        return "", ""
    tokens = text[max(0, at - REACH) : at].rpartition("\n")[2].split()[-2:]
    last = tokens[-1].lstrip(_MARKS) if tokens else ""
    if not last or not (last[-1].isalnum() or last[-1] == "."):
        return "", ""
    return tokens[0].lstrip(_MARKS) if len(tokens) == 2 else "", last


def _is_person(first: str, last: str) -> bool:
    if last in _NOBLE:
        return first.rpartition("-")[2] in listed("first_names")
    if _INITIAL.fullmatch(last) or (first == "Jahre" and last in ("alte", "alter", "alten")):
        return True
    return last.rpartition("-")[2] in listed("first_names") or last.rstrip(".") in listed("person_titles")


def is_longer_name(text: str, end: int, following: str) -> bool:
    """`Uniper Kraftwerke GmbH`, `Lufthansa Cargo`, `Anheuser-Busch InBev`: not the company at the beginning."""
    if following in listed("unit_words") or _CAMEL.match(following):
        return True
    chain = _CHAIN.match(text, end)
    while chain and (tail := chain.end()) > end:
        if LEGAL_FORM.match(text, tail):
            return True
        shorter = text.rfind(" ", end, tail)
        chain = _CHAIN.match(text, end, shorter) if shorter > end else None
    return False


def is_model_code(following: str) -> bool:
    """Whether the word behind a make is a model's number: `LG G5`, `Audi A4`."""
    return bool(_MODEL_CODE.match(following))


def is_car_model(following: str, make: str) -> bool:
    """`VW Golf`, `Ford Mustang`"""
    return following in listed("car_models") and make in listed("car_makes")


def word_behind(text: str, end: int) -> str:
    """The word that follows after a blank; empty when something else does."""
    match = _AFTER.match(text, end)
    return match[1] if match else ""


def _compound_reason(name: str, tail: str) -> str | None:
    if tail in listed("venues"):
        return "venue"
    if tail in listed("drivers") and name in listed("car_makes"):
        return "car"
    if tail in listed("medium_tails") and name in listed("platforms"):
        return "medium"
    return None


def is_compound_end(text: str, start: int, edges: Collection[int]) -> bool:
    """`Impfstoff-Allianz`, `Öko-Bahn`: an ambiguous name at the end of a compound; edges are those of other names."""
    if text[start - 1 : start] != "-" or start - 1 in edges:
        return False
    before = _WORD_END.search(text, max(0, start - REACH), start - 1)
    return before is not None and before[0] not in listed("prefixes")


def refusal(text: str, start: int, end: int, following: str, *, is_single_word: bool) -> str | None:
    """Why the name at start:end does not mean the company; None when nothing speaks against it.

    `end` is behind the name without its genitive s, `following` is the word behind it. The first reason found is
    returned: address, venue, car, medium, longer, person, common.
    """
    if _is_address(text, start, end):
        return "address"
    if tail := _TAIL.match(text, end):
        if is_single_word and tail[1][0].isupper() and _is_person(*words_before(text, start)):
            return "person"
        return _compound_reason(text[start:end], tail[1])
    if text[start - 1 : start] == "-" and _NUMBERED.search(text, max(0, start - 9), start):
        return "car"
    if following.partition("-")[0] in listed("venues"):
        return "venue"
    if following in listed("medium_tails") and text[start:end] in listed("platforms"):
        return "medium"
    if following[:1].isupper() and is_longer_name(text, end, following):
        return "longer"
    if not is_single_word:
        return None
    first, last = words_before(text, start)
    if not last:
        return None
    if _is_person(first, last):
        return "person"
    if following in listed("company_heads"):
        return None
    last = last.lower()
    if last != "ihr" and _DETERMINER.fullmatch(last):
        return "common"
    if last in _NEUTER and following in listed("idioms"):
        return "common"
    if last in _MASCULINE and text[start:end] in listed("car_makes"):
        # companies have no masculine article
        return None if _RELATIVE.search(text, max(0, start - REACH), start) else "car"
    return None
