"""Names in a company's place that the registry does not know: what the data team may add to companies.csv."""

import re
from functools import cache
from typing import Any, NamedTuple

from transforms.mention_context import listed
from transforms.mention_names import FORMS, common_nouns
from transforms.mentions import CompanyIndex
from transforms.sentences import split

EXCERPT = 160
_TOKEN = r"[A-ZÄÖÜ0-9][\w&+'’-]*(?:\.\w[\w&+'’-]*|(?<=Bros)\.|(?<=\b[A-Z])\.)*"
_NAME = rf"{_TOKEN}(?:[ \u00a0](?:&[ \u00a0]|\+[ \u00a0]|und[ \u00a0]|of[ \u00a0])?{_TOKEN}){{0,4}}"
_LEGAL = re.compile(rf"(?<![\w-])(?P<name>{_NAME}),?[ \u00a0](?:{FORMS})(?![\w-])")
_WORD = re.compile(r"\s*[^\s]+")
_SHARE = re.compile(
    r"(?<![\w-])(?P<name>[A-ZÄÖÜ][\w&.'’]+(?:-[A-ZÄÖÜ][\w&.'’]+)?)-(?:Aktien?|Papiere|Anleihen?|Aktionäre?n?)\b"
)


class Candidate(NamedTuple):
    """A name that may be a company's; why: legal_form, company_noun, share."""

    surface: str
    start: int
    end: int
    why: str


@cache
def _noun() -> re.Pattern[str]:
    nouns = (noun.replace("*", r"(?:\w+-)*\w*") for noun in sorted(listed("company_nouns")))
    return re.compile("|".join(nouns), re.IGNORECASE)


@cache
def _behind_noun() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?i:{_noun().pattern})[ \u00a0][„\"»«]?(?P<name>{_TOKEN}(?:[ \u00a0]{_TOKEN}){{0,2}})"
    )


def _is_ordinary(word: str) -> bool:
    word = word.rstrip(".,-")
    if re.fullmatch(FORMS, word):
        return True
    return word in listed("no_company") or word.lower() in common_nouns() or not re.search(r"[^\W\d]{2}", word)


def _trimmed(text: str, start: int, end: int, *, is_before: bool) -> tuple[int, int]:
    """The name without ordinary words: those before it (behind a legal form's side), or those behind it."""
    if is_before:
        nouns = [m.end() for m in _WORD.finditer(text, start, end) if _noun().fullmatch(m[0].strip())]
        start = nouns[-1] if nouns else start
        while (first := _WORD.match(text, start, end)) and _is_ordinary(first[0].strip()):
            start = first.end()
        while start < end and text[start].isspace():
            start += 1
    words = text[start:end].split()
    if not is_before and (not words or _is_ordinary(words[0]) or words[0] in listed("first_names")):
        return start, start
    return start, start + len(text[start:end].rstrip(" .,;:!?'’-"))


def candidates(text: str, index: CompanyIndex) -> list[Candidate]:
    """The names of a text that stand in a company's place and that the index does not find, in order, none twice."""
    taken = bytearray(len(text))
    for mention in index.find(text):
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    found = []
    for why, pattern in (
        ("legal_form", _LEGAL),
        ("company_noun", _behind_noun()),
        ("share", _SHARE),
    ):
        for match in pattern.finditer(text):
            start, end = _trimmed(text, *match.span("name"), is_before=why == "legal_form")
            if why == "share" and _is_ordinary(text[start:end].partition("-")[0]):
                continue
            if end - start < 2 or taken.find(1, start, end) >= 0:
                continue
            stop = match.end() if why == "legal_form" else end
            taken[start:stop] = b"\1" * (stop - start)
            found.append(Candidate(text[start:stop], start, stop, why))
    return sorted(found, key=lambda c: c.start)


def article_candidates(title: str, body: str, index: CompanyIndex) -> list[dict[str, Any]]:
    """Rows of `company_candidates` of one article, without article_id and version: each surface once."""
    rows: dict[str, dict[str, Any]] = {}
    sentences = [(0, title), *((n, body[start:end]) for n, (start, end) in enumerate(split(body), start=1))]
    for number, words in sentences:
        for candidate in candidates(words, index):
            first = max(0, min(candidate.start - EXCERPT // 2, len(words) - EXCERPT))
            row = {
                "sentence_no": number,
                "surface": candidate.surface,
                "why": candidate.why,
                "excerpt": words[first : first + EXCERPT],
            }
            rows.setdefault(candidate.surface, row)
    return list(rows.values())
