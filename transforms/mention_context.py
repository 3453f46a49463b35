"""What stands around a name and shows that it is not the company: a person, an arena, a car, a longer name, a label."""

import re
from functools import cache

from transforms.mention_names import LEGAL_FORM, words

_BEFORE = re.compile(r"(?:(\w[\w.'’-]*)[^\S\n]+)?(\w[\w.'’-]*\.?)[^\S\n]+[„“\"»«‚'(]?\Z")
_AFTER = re.compile(r"[ \u00a0]{1,2}(\w[\w&'’-]*)")
_DETERMINER = re.compile(
    r"(?:[kms]?eine?|dein|euer|unser|ihr|eure|unsre|dies|jen|jed|welch|manch|solch|irgendeine?)(?:e[mnrs]?)?\Z",
    re.IGNORECASE,
)
_TITLES = frozenset(
    ["Herr", "Herrn", "Frau", "Familie", "Familien", "Dr", "Dr.", "Prof", "Prof.", "Professor", "Clan", "Brüder", "Geschwister", "Ehepaar"]
)
_NOBLE = frozenset(["von", "van", "de", "zu"])
_MASCULINE = frozenset(["der", "den", "dem", "des", "im", "vom", "beim", "zum", "am", "Der", "Den", "Dem", "Des", "Im", "Vom", "Beim", "Zum", "einem", "einen", "eines"])
# "VW Golf", "LG G5", "BMW 320d", "Audi A4", "Boeing 737": a make and its model
_MODEL_CODE = re.compile(r"(?:[A-Z]{1,4}\d{1,4}\w?|\d{1,4}(?:er|[a-z]{1,2})|[A-Z]\d?-Klasse|[A-Z]{1,3}[- ]\d{1,4})\Z")
_LETTER_CASE = re.compile(r"[A-ZÄÖÜ]")
_CHAIN = re.compile(r"(?:[ \u00a0](?:[A-ZÄÖÜ&][\w&'’.-]*|und|of|for|de|für)){1,4}")


@cache
def _set(name: str) -> frozenset[str]:
    return words(name)


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


def _is_person(text: str, start: int, before: re.Match[str] | None) -> bool:
    if before is None:
        return False
    last, first = before[2], before[1]
    if last in _NOBLE:
        return first is not None and first.rpartition("-")[2] in _set("first_names.txt")
    return last.rpartition("-")[2] in _set("first_names.txt") or last in _TITLES


def _is_longer_name(text: str, end: int, following: str) -> bool:
    """`Uniper Kraftwerke GmbH`, `Lufthansa Cargo`: a company of its own, not the one at the beginning."""
    if following in _set("unit_words.txt"):
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
    return bool(_MODEL_CODE.match(following)) or (make in _set("car_makes.txt") and following in _set("car_models.txt"))


def _is_car(text: str, end: int, make: str, before: re.Match[str] | None, following: str) -> bool:
    """`der Ford`, `seinem Audi`, `des BMW`: companies have no masculine article."""
    if make not in _set("car_makes.txt") or before is None or before[2] not in _MASCULINE:
        return False
    if following and following in _set("company_heads.txt"):
        return False
    return text[end : end + 1] != "/"


def refused(text: str, start: int, end: int, surface: str, *, is_single_word: bool) -> str | None:
    """Why the name at start:end does not mean the company; None when nothing speaks against it.

    `end` is behind the name without its genitive s. The first reason found: address, person, venue, longer, car, common.
    """
    if _is_address(text, start, end):
        return "address"
    after = text[end : end + 1]
    if after == "-":
        tail = re.match(r"-(\w+)", text[end : end + 40])
        word = tail[1] if tail else ""
        if word in _set("venues.txt"):
            return "venue"
        if word in _set("drivers.txt"):
            return "car"
        return None
    if legal_form_end(text, end) != end:
        return None
    if start > 1 and text[start - 1] == "-" and (made := re.search(r"(\w+)-\Z", text[max(0, start - 30) : start])):
        if made[1][0].isdigit():
            return "car"
    match = _AFTER.match(text, end)
    following = match[1] if match else ""
    before = _BEFORE.search(text, max(0, start - 60), start)
    if following in _set("venues.txt") or following.partition("-")[0] in _set("venues.txt"):
        return "venue"
    if following[:1].isupper() and _is_longer_name(text, end, following):
        return "longer"
    if not is_single_word:
        return None
    if _is_person(text, start, before):
        return "person"
    if (
        before
        and before[2].lower() != "ihr"
        and _DETERMINER.match(before[2])
        and following not in _set("company_heads.txt")
    ):
        return "common"
    if _is_car(text, end, surface, before, following):
        return "car"
    return None
