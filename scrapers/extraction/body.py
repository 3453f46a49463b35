# ruff: noqa: E501 - tables of words read better in long lines
"""From blocks and their scores to the article's lines: what the model cannot see, and what it must never keep."""

import re
from collections.abc import Sequence

from scrapers.extraction.blocks import Block
from scrapers.extraction.features import HEADINGS, Features, grams, tokens
from scrapers.page_agency import is_credit_line

LOW, HIGH, PROSE_CHARS = 0.4, 0.55, 1_500
REPEATED_SHARE = 0.9  # a block of which so much stands in the body already is a copy: a pull quote, a decoy, a summary

# Whole lines that are never the article's text, whatever the publisher. Short: a sentence that merely starts so stays.
_DEBRIS = re.compile(
    r"(?:[>»›→►▶➤+–-]{1,3}\s*)?(?:"
    r"(?:lesen|hören|sehen) sie (?:auch|hier|dazu|mehr|jetzt|außerdem|zum thema)\b.*|lies (?:auch|hier|mehr)\b.*|"
    r"(?:auch interessant|mehr zum thema|mehr dazu|mehr zu|zum thema|passend dazu|siehe auch|lesetipps?|das könnte sie auch|"
    r"weitere(?: \w+)? (?:artikel|nachrichten|themen|meldungen|beiträge|news|infos?)|mehr (?:aktuelle )?(?:nachrichten|news|artikel)|"
    r"unsere empfehlung(?:en)?|empfehlungen der redaktion|meistgelesen|auch spannend|verwandte (?:themen|artikel)|zum weiterlesen)\b.{0,160}|"
    r"(?:aktuelle|alle) (?:meldungen|nachrichten|news|entwicklungen|infos|hintergründe|informationen)\b.{0,160}"
    r"(?:liveblog|ticker|newsblog|hier|überblick|themenseite)\b.{0,20}|"
    r".{0,120}\b(?:lesen|finden|erfahren|sehen|gibt es|gibt's|geht es|geht's|gelangen) (?:sie |du |ihr |es )?(?:mehr )?hier(?: entlang)?[.!:]?|"
    r".{0,120}\bhier (?:entlang|anmelden|abonnieren|klicken|nachlesen|lesen|bestellen)\W*|"
    r"(?:>>|➤|►).{0,200}|"
    r"(?:foto|fotos|bild|bilder|grafik|video|quelle|quellen|illustration|bildquelle|bildnachweis|archivfoto|symbolbild)\s*:.{0,120}|"
    r".{0,200}(?:foto|bild|grafik|quelle)\s?: ?[^.!?]{2,60}|"
    r"(?:©|\(c\)|copyright)\s.{0,120}|"
    r".{0,160}\|\s*\d{1,2}:\d{2}(?: min| std)?|"
    r"(?:redaktion|faktencheck|redigatur|schlussredaktion|bildredaktion|übersetzung|mitarbeit|recherche|design|grafik|audioversion)\s?:.{0,200}|"
    r"dies(?:er|es) (?:artikel|text|beitrag|interview) (?:ist|erschien|wurde|stammt|ist eine übersetzung).{0,80}(?:erschienen|bei|übersetz|"
    r"übernommen|automatisiert|ki)\b.{0,80}|"
    r"(?:an dieser stelle|hier) (?:finden sie|findest du|befindet sich|steht|wird) .{0,60}(?:inhalt|karte|video|grafik)\b.{0,300}|"
    r"(?:empfohlener|externer) (?:redaktioneller )?inhalt\b.{0,200}|"
    r".{0,60}\b(?:newsletter|whatsapp-kanal)\b.{0,160}(?:anmelden|abonnieren|bestellen|hier|folgen|an\.|richtig)\b.{0,60}|"
    r"(?:anzeige|werbung|advertisement|artikel teilen|kommentare?|startseite|teilen|drucken)\W*"
    r")",
    re.I,
)  # fmt: skip
MAX_DEBRIS_CHARS = 320


def is_debris(text: str) -> bool:
    """True for a line that calls elsewhere, credits a picture or an agency, or names what surrounds the article."""
    return len(text) <= MAX_DEBRIS_CHARS and (bool(_DEBRIS.fullmatch(text)) or is_credit_line(text))


def threshold_of(features: Features, scores: Sequence[float]) -> float:
    """The score from which a block is kept: higher on a page full of prose, where recall is safe and debris is the risk."""
    prose = sum(
        len(b.text) for b, score in zip(features.blocks, scores, strict=True) if score >= LOW and len(b.text) > 120
    )
    return HIGH if prose >= PROSE_CHARS else LOW


def body_lines(
    blocks: Sequence[Block], scores: Sequence[float], threshold: float, title: str | None
) -> tuple[list[str], list[Block]]:
    """(the article's lines in order, the blocks left out from its first line on).

    `scores`: the model's probability per block that it is the article's text.
    """
    title_words = tokens(title or "")
    last = max(
        (n for n, (b, s) in enumerate(zip(blocks, scores, strict=True)) if s >= threshold and not _is_heading(b)),
        default=-1,
    )
    lines: list[str] = []
    left_out: list[Block] = []
    said: set[tuple[str, ...]] = set()
    for number, (block, score) in enumerate(zip(blocks, scores, strict=True)):
        text = block.text
        words = tokens(text)
        if score < threshold or is_debris(text):
            if lines:
                left_out.append(block)
            continue
        if not words or words == title_words or (number > last and _is_heading(block)):
            continue
        if len(words) > 4:
            own = grams(words)
            if len(own & said) >= REPEATED_SHARE * len(own):
                continue
            said |= own
        lines.append(text)
    return lines, left_out


def _is_heading(block: Block) -> bool:
    return block.element.tag in HEADINGS
