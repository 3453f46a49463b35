"""What a block's own text says, without its place on the page; which blocks can be an article's text at all."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from scrapers.extraction import cues, words
from scrapers.extraction.blocks import Block

_TOKEN = re.compile(r"\w+")
_NEVER = sum(words.BIT[name] for name in ("t_nav", "t_footer", "t_button", "t_dialog"))
LOCAL = (
    "chars", "words", "link_share", "links", "bold_share", "function_share", "enders", "ends_full", "ends_colon",
    "starts_lower", "starts_digit", "starts_sign", "commas", "digits", "capitals", "word_length", "cue_count", "prose",
    "repeats", "title_overlap", "names_author",
)  # fmt: skip
_DIGITS, _CAPITALS = b"0123456789", bytes(range(65, 91)) + bytes((0xC4, 0xD6, 0xDC))
_CLOSING = "\"“”»«')’‘ ›‹]"


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, lower case."""
    return _TOKEN.findall(text.lower())


def grams(found: Sequence[str], size: int = 3) -> set[tuple[str, ...]]:
    """The runs of `size` tokens; of a shorter text, the text itself."""
    return set(zip(*(found[i:] for i in range(size)), strict=False)) or ({tuple(found)} if found else set())


def is_candidate(block: Block) -> bool:
    """False for what is never an article's text: navigation, buttons, footers, bare short links, signs."""
    size = len(block.text)
    if size < 4 or block.element.path_groups & _NEVER:
        return False
    return not (block.link_chars > 0.9 * size and size < 120) and any(map(str.isalpha, block.text[:40]))


def local(block: Block, bits: int, seen: Counter, title: set[str], authors: Sequence[str]) -> tuple[float, ...]:
    """The columns of `LOCAL`; bits: the cues in the text, seen: how often the page has each text."""
    text = block.text
    size = len(text)
    split = text.lower().split()
    count = len(split)
    distinct = set(split)
    function_share = len(distinct & cues.FUNCTION_WORDS) / len(distinct)
    link_share = min(1.0, block.link_chars / size)
    enders = text.count(". ") + text.count("! ") + text.count("? ")
    first, last = text[0], text.rstrip(_CLOSING)[-1:] or text[-1]
    enders += last in ".!?…"
    raw = text.encode("latin-1", "replace")
    is_prose = size >= 60 and link_share < 0.5 and function_share > 0.2 and last in ".!?…:"
    return (
        math.log1p(size), math.log1p(count), link_share, math.log1p(block.links), min(1.0, block.bold_chars / size),
        function_share, math.log1p(enders), float(last in ".!?…"), float(last == ":"), float(first.islower()),
        float(first.isdigit()), float(not first.isalnum()), text.count(",") / count,
        (size - len(raw.translate(None, _DIGITS))) / size, (size - len(raw.translate(None, _CAPITALS))) / size,
        size / count, float(bits.bit_count()), math.log1p(size) if is_prose else 0.0, float(seen[text] > 1),
        len(title & distinct) / max(len(title), 1) if size < 400 else 0.0,
        float(size < 500 and any(name in text for name in authors)),
    )  # fmt: skip
