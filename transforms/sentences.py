"""A text's sentences as character offsets, for German news: ordinals, abbreviations, initials, quotes, headings."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

Span = tuple[int, int]  # start and end, half-open, in characters
Spans = Sequence[Span]
DATA = Path(__file__).parent / "data" / "mentions"

# A newline always ends a sentence; . ! ? … may, with the quotation marks and brackets that close behind them.
_STOP = re.compile(
    r"(?P<line>\n)|(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>[\"”“»«›‹’')\]]*+)(?P<gap>[^\S\n]++|(?=[A-ZÄÖÜ„]))"
)
_WORD_BEFORE = re.compile(r"[^\s(\[„“\"»«/]*\Z")
_WORD_AFTER = re.compile(r"[\"„“”»«›‹‚'’(\[–—-]*\s*([^\W_]+(?:[-'’][^\W_]+)*)?")
_ORDINAL = re.compile(r"(?:\d{1,2}|[IVX]{1,5})\Z")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-?)+\Z")
_BEFORE_ORDINAL = re.compile(
    r"(?:\b(?:am|vom|zum|dem|den|der|das|des|die|im|beim|ab|seit|bis|und|ihr|sein|ein)\w{0,2})\s+\Z", re.IGNORECASE
)
_LONGEST_WORD = 40  # characters looked at before a full stop; keeps the splitter linear on any input


def _words(name: str) -> frozenset[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return _words("abbreviations.txt"), _words("abbreviations_at_end.txt"), _words("first_words.txt")


def _full_stop_ends(text: str, at: int, after: str) -> bool:
    """Whether the single full stop at `at` ends a sentence, given the word after it (empty: a number or a sign)."""
    never, sometimes, first = _lexicon()
    start = max(0, at - _LONGEST_WORD)
    before = _WORD_BEFORE.search(text, start, at).group()
    starts = after in first
    if _ORDINAL.match(before):
        if before.isdigit() and after[:1].isupper() and starts:
            return not _BEFORE_ORDINAL.search(text[max(0, start - 10) : at - len(before)])
        return False
    last = before.rpartition(".")[2].rpartition("-")[2]  # "Hon.Prof.Dr.", "Christian-H."
    if before in never or last in never or (len(last) == 1 and last != before and last.isupper()):
        return False
    if before in sometimes:
        return starts
    if _INITIAL.match(before) and all(len(part) == 1 for part in re.split(r"[.-]+", before) if part):
        # "J. Müller", "z. B. Siemens"; but "Plan B. Das …"
        return starts and before.isupper() and len(before) == 1 and text[max(0, at - 4) : at - 1].strip()[-1:] != "."
    return True


def _ends(text: str, match: re.Match[str]) -> bool:
    mark, gap = match["mark"], match["gap"]
    after = _WORD_AFTER.match(text, match.end())[1] or ""
    if after and after[0].islower() and not (len(after) > 1 and after[1].isupper()):
        return False  # „Wann?“, fragte sie; "eBay" may begin a sentence
    if not gap:
        # Glued paragraphs: "… am Ende.Der nächste"; not "E.ON", not "Prof.Dr."
        start = match.start()
        word = text[max(0, start - 3) : start]
        if not (len(word) == 3 and word.isalpha() and word.islower()):
            return False
        before = _WORD_BEFORE.search(text, max(0, start - _LONGEST_WORD), start).group().rpartition(".")[2]
        opens = text[match.end() : match.end() + 1] == "„"
        return before not in _lexicon()[0] and (opens or (len(after) > 1 and after[1:].islower()))
    if mark == ".":
        if match["close"] and match["close"][0] in ")]":
            return bool(after[:1].isupper())
        return _full_stop_ends(text, match.start(), after)
    return True


def split(text: str) -> list[Span]:
    """The sentences of a text as half-open character offsets, in order, without the white space around them.

    A newline always ends a sentence, so a heading needs no full stop. Linear in the length of the text.
    """
    spans = []
    start = 0
    for match in _STOP.finditer(text):
        if match["line"] is None and not _ends(text, match):
            continue
        end = match.start() if match["line"] is not None else match.start("gap")
        _add(spans, text, start, end)
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
