"""From blocks and their scores to the article's lines: what the model cannot see, and what it must never keep."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.extraction.block_text import tokens
from scrapers.extraction.blocks import Block
from scrapers.extraction.debris import is_debris, is_machine_summary
from scrapers.extraction.features import HEADINGS
from scrapers.extraction.words import BIT

LOW, HIGH, DOUBTFUL, LAST = 0.45, 0.6, 0.4, 0.25
SCANT_CHARS = 300
PROSE_CHARS = 1_500
ASIDE_SHARE = 0.3
# A drop cap set apart: "D ie Zahlen". German has no other word of one letter than O; "A cappella" is none of these.
_DROP_CAP = re.compile(r"^([„»\"]?(?:[B-NP-ZÄÜ]|A(?=\s(?:m|n|ls|uf|us|uch|ber|lle\w*)\b)))\s([a-zäöüß])")
_QUOTE = BIT["quote"] | BIT["t_quote"]
REPEATED_SHARE = 0.85  # a block of which so much stands in the body already is a copy: a pull quote, a decoy, a summary


def keep_blocks(blocks: Sequence[Block], scores: Sequence[float]) -> list[bool]:
    """Which blocks the scores keep.

    The bar is higher on a page full of prose, where recall is safe and debris is the risk, and lowest where nearly
    nothing would be left. Between two kept blocks a
    doubtful one stays (DOUBTFUL): a short answer of an interview, the item of a list.
    """
    prose = sum(len(b.text) for b, score in zip(blocks, scores, strict=True) if score >= LOW and len(b.text) > 120)
    bar = HIGH if prose >= PROSE_CHARS else LOW
    if sum(len(b.text) for b, score in zip(blocks, scores, strict=True) if score >= bar) < SCANT_CHARS:
        bar = LAST
    kept = [score >= bar and not (bar == HIGH and _is_link_item(b)) for b, score in zip(blocks, scores, strict=True)]
    _drop_asides(blocks, kept)
    for i in range(1, len(kept) - 1):
        if not kept[i] and scores[i] >= DOUBTFUL and kept[i - 1] and kept[i + 1]:
            kept[i] = True
    for i, block in enumerate(blocks):
        if is_machine_summary(block.text):
            for step in (-1, 1):
                at = i + step
                while 0 <= at < len(blocks) and blocks[at].element.tag == "li" and abs(at - i) <= 8:
                    kept[at] = False
                    at += step
            kept[i] = False
    return kept


def _drop_asides(blocks: Sequence[Block], kept: list[bool]) -> None:
    """Unkeeps what stands in an <aside>, by HTML's own word beside the article, unless much of the text does."""
    aside = [is_kept and bool(b.element.path_groups & BIT["t_aside"]) for b, is_kept in zip(blocks, kept, strict=True)]
    size = sum(len(b.text) for b, is_aside in zip(blocks, aside, strict=True) if is_aside)
    if size < ASIDE_SHARE * sum(len(b.text) for b, is_kept in zip(blocks, kept, strict=True) if is_kept):
        kept[:] = [is_kept and not is_aside for is_kept, is_aside in zip(kept, aside, strict=True)]


@dataclass
class Body:
    """The article's lines in order; the blocks left out from its first line on; of those, the ones behind its last."""

    lines: list[str]
    left_out: list[Block]
    behind: list[Block]


def body_of(blocks: Sequence[Block], scores: Sequence[float], title: str | None) -> Body:
    """The article's text. `scores`: the model's probability per block that it is part of it."""
    title_words = tokens(title or "")
    kept = keep_blocks(blocks, scores)
    last = max((n for n, (b, k) in enumerate(zip(blocks, kept, strict=True)) if k and not _is_heading(b)), default=-1)
    lines: list[str] = []
    left_out: list[Block] = []
    said, ends_at = "", 0
    for number, (block, is_kept) in enumerate(zip(blocks, kept, strict=True)):
        text = block.text
        if not is_kept or is_debris(block):
            if lines:
                left_out.append(block)
            continue
        words = tokens(text)
        if not words or words == title_words or (number > last and _is_heading(block)):
            continue
        if len(words) > 4:
            if _is_copy(words, said) or (block.element.groups & _QUOTE and _stands_below(words, blocks, kept, number)):
                continue
            said += " ".join(words) + " "
        lines.append(_DROP_CAP.sub(r"\1\2", text))
        ends_at = len(left_out)
    return Body(lines, left_out, left_out[ends_at:])


def _is_link_item(block: Block) -> bool:
    """True for an item of a list that is mostly a link: "Hintergrund: So kam es dazu"."""
    return block.element.tag == "li" and block.link_chars > 0.6 * len(block.text)


def _is_copy(words: Sequence[str], said: str) -> bool:
    """True when the words stand in the text said so far: whole, or (a long run) nearly all of its runs of three."""
    if " ".join(words) in said:
        return True
    if len(words) < 40 or not said:
        return False
    samples = 10 if len(words) < 300 else 60  # so long a run is rare, and often the text again in shuffled sentences
    runs = [" ".join(words[at : at + 3]) for at in range(0, len(words) - 2, max(1, (len(words) - 3) // samples))]
    missing, allowed = 0, (1 - REPEATED_SHARE) * len(runs)
    for run in runs:
        missing += run not in said
        if missing > allowed:
            return False
    return True


def _stands_below(words: Sequence[str], blocks: Sequence[Block], kept: Sequence[bool], number: int) -> bool:
    """True for a pull quote: the same words follow in a later block."""
    quote = " ".join(words)
    below = (b.text for b, is_kept in zip(blocks[number + 1 :], kept[number + 1 :], strict=True) if is_kept)
    return any(quote in " ".join(tokens(text)) for text in below if len(text) > len(quote))


def _is_heading(block: Block) -> bool:
    return block.element.tag in HEADINGS
