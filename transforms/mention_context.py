"""What stands around a name and shows that it is not the company: a person, an arena, a car, a longer name, an address."""

import re
from functools import cache

from transforms.mention_names import LEGAL_FORM, words

_BEFORE = re.compile(r"(?:(\w[\w.'’-]*)[^\S\n]+)?(\w[\w.'’-]*)[^\S\n]+[„“\"»«‚'(]?\Z")
_AFTER = re.compile(r"[ \u00a0]{1,2}(\w[\w&'’-]*)")
_TAIL = re.compile(r"-(\w+)")
_NUMBERED = re.compile(r"\b\d\w*-\Z")  # "7er-BMW"
_DETERMINER = re.compile(
    r"(?:[kms]?eine?|dein|euer|unser|ihr|eure|unsre|dies|jen|jed|welch|manch|solch|irgendeine?)(?:e[mnrs]?)?",
    re.IGNORECASE,
)
_MASCULINE = frozenset(["der", "den", "dem", "des", "im", "vom", "beim", "zum", "am"])
_NEUTER = frozenset(["das", "ins", "fürs", "aufs"])
_INITIAL = re.compile(r"[A-ZÄÖÜ]\.")
_NOBLE = frozenset(["von", "van", "de", "zu"])
# "LG G5", "BMW 320d", "Audi A4", "Mercedes E-Klasse"
_MODEL_CODE = re.compile(r"(?:[A-Z]{1,4}\d{1,4}\w?|\d{1,4}(?:er|[a-z]{1,2})|[A-Z]\d?-Klasse|i\d)\Z")
_CHAIN = re.compile(r"(?:[ \u00a0](?:[A-ZÄÖÜ][\w&'’.-]*|&|of|for|de)){1,4}")
REACH = 60  # characters before a name that are looked at


@cache
def listed(name: str) -> frozenset[str]:
    """The words of data/mentions/<name>.txt."""
    return words(f"{name}.txt")


def legal_form_end(text: str, end: int) -> int:
    """Offset behind the legal form that follows a name, or `end` when none does."""
    match = LEGAL_FORM.match(text, end)
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


def _is_person(before: re.Match[str]) -> bool:
    last, first = before[2], before[1]
    if last in _NOBLE:
        return first is not None and first.rpartition("-")[2] in listed("first_names")
    if _INITIAL.fullmatch(last):
        return True
    return last.rpartition("-")[2] in listed("first_names") or last.rstrip(".") in listed("person_titles")


def is_longer_name(text: str, end: int, following: str) -> bool:
    """`Uniper Kraftwerke GmbH`, `Lufthansa Cargo`: a company of its own, not the one at the beginning."""
    if following in listed("unit_words"):
        return True
    chain = _CHAIN.match(text, end)
    while chain and (tail := chain.end()) > end:
        if LEGAL_FORM.match(text, tail):
            return True
        shorter = text.rfind(" ", end, tail)
        chain = _CHAIN.match(text, end, shorter) if shorter > end else None
    return False


def is_model(following: str, make: str) -> bool:
    """Whether the word behind a make is a model's name."""
    return bool(_MODEL_CODE.match(following)) or (make in listed("car_makes") and following in listed("car_models"))


def word_behind(text: str, end: int) -> str:
    """The word that follows after a blank; empty when something else does."""
    match = _AFTER.match(text, end)
    return match[1] if match else ""


def _compound_reason(text: str, start: int, end: int) -> str | None:
    tail = _TAIL.match(text, end)
    word = tail[1] if tail else ""
    if word in listed("venues"):
        return "venue"
    if word in listed("drivers"):
        return "car"
    if word in listed("medium_tails") and text[start:end] in listed("platforms"):
        return "medium"
    return None


def refusal(text: str, start: int, end: int, following: str, *, is_single_word: bool) -> str | None:
    """Why the name at start:end does not mean the company; None when nothing speaks against it.

    `end` is behind the name without its genitive s, `following` is the word behind it. The first reason found is
    returned: address, venue, car, medium, longer, person, common.
    """
    if _is_address(text, start, end):
        return "address"
    if text[end : end + 1] == "-":
        return _compound_reason(text, start, end)
    if text[start - 1 : start] == "-" and _NUMBERED.search(text, max(0, start - 9), start):
        return "car"
    if following.partition("-")[0] in listed("venues"):
        return "venue"
    if following[:1].isupper() and is_longer_name(text, end, following):
        return "longer"
    before = _BEFORE.search(text, max(0, start - REACH), start) if is_single_word else None
    if before is None:
        return None
    if _is_person(before):
        return "person"
    if following in listed("company_heads"):
        return None
    if _DETERMINER.fullmatch(before[2]) and before[2].lower() != "ihr":
        return "common"
    if before[2].lower() in _NEUTER and not following[:1].isupper():
        return "common"  # "das Amazon für Möbel"
    if before[2].lower() in _MASCULINE and text[start:end] in listed("car_makes") and text[end : end + 1] != "/":
        return "car"  # companies have no masculine article
    return None
