# ruff: noqa: E501 - tables of phrases read better in long lines
"""Lines that are never the article's text, whatever the publisher: calls to read elsewhere, credits, placeholders.

The model weighs most of them already; these are the ones it has too few examples of. Each pattern must match a whole,
short line: a sentence that merely starts so stays.
"""

import re

from scrapers.extraction.blocks import Block
from scrapers.page_agency import is_credit_line

MAX_CHARS = 320

# Calls to read elsewhere; believed where the line is a link or no sentence.
_CALL = re.compile(
    r"(?:[>»›→►▶➤+–-]{1,3}\s*)?(?:"
    r"(?:lesen|hören|sehen) sie (?:auch|hier|dazu|mehr|jetzt|außerdem|zum thema)\b.*|lies (?:auch|hier|mehr)\b.*|"
    r"(?:auch interessant|mehr zum thema|mehr dazu|mehr zu|zum thema|passend dazu|siehe auch|lesetipps?|das könnte sie auch|"
    r"weitere(?: \w+)? (?:artikel|nachrichten|themen|meldungen|beiträge|news|infos?)|mehr (?:aktuelle )?(?:nachrichten|news|artikel)|"
    r"unsere empfehlung(?:en)?|empfehlungen der redaktion|meistgelesen|auch spannend|verwandte (?:themen|artikel)|zum weiterlesen)\b.{0,160}|"
    r"(?:aktuelle|alle) (?:meldungen|nachrichten|news|entwicklungen|infos|hintergründe|informationen)\b.{0,160}"
    r"(?:liveblog|ticker|newsblog|hier|überblick|themenseite)\b.{0,20}"
    r")",
    re.I,
)
# What the line starts with decides.
_START = re.compile(
    r"(?:>>|➤|►).{0,200}|"
    r"(?:fotos?|bild(?:er|quelle|nachweis)?|grafik|video|quellen?|illustration|archivfoto|symbolbild)\s*:.{0,120}|"
    r"(?:©|\(c\)|copyright)\s.{0,120}|"
    r"(?:redaktion|faktencheck|redigatur|schlussredaktion|bildredaktion|übersetzung|mitarbeit|recherche|design|audioversion)\s?:.{0,200}|"
    r"dies(?:er|es) (?:artikel|text|beitrag|interview) (?:ist|erschien|wurde|stammt).{0,80}(?:erschienen|bei|übersetz|übernommen|"
    r"automatisiert|ki)\b.{0,80}|"
    r"(?:an dieser stelle|hier) (?:finden sie|findest du|befindet sich|steht|wird) .{0,60}(?:inhalt|karte|video|grafik)\b.{0,300}|"
    r"(?:empfohlener|externer) (?:redaktioneller )?inhalt\b.{0,200}|"
    r"(?:anzeige|werbung|advertisement|artikel teilen|kommentare?|startseite|teilen|drucken)\W*",
    re.I,
)
# A word inside the line must be there before the pattern is tried.
_INSIDE = tuple(
    (needles.split("|"), re.compile(pattern, re.I))
    for needles, pattern in (
        ("hier", r".{0,120}\b(?:lesen|finden|erfahren|sehen|gibt es|gibt's|geht es|geht's|gelangen) (?:sie |du |ihr |es )?(?:mehr )?hier(?: entlang)?[.!:]?"),
        ("hier", r".{0,120}\bhier (?:entlang|anmelden|abonnieren|klicken|nachlesen|lesen|bestellen)\W*"),
        ("foto|bild|grafik|quelle", r".{0,200}(?:foto|bild|grafik|quelle)\s?: ?[^.!?]{2,60}"),
        (
            "kündbar|kostenlos|zugang|weiterlesen|freischalten|probemonat|bereits|frei lesen",
            r".{0,160}\b(?:(?:jederzeit|monatlich) kündbar|kostenlos testen|zugang zu allen (?:inhalten|artikeln)|alle artikel (?:frei )?lesen|"
            r"artikel freischalten|(?:voll|unbegrenzt|uneingeschränkt)en zugang|probemonat|jetzt weiterlesen|bereits abonnent|"
            r"haben bereits ein \S*abo\S*)(?!\w).{0,160}",
        ),
        ("|", r".{0,160}\|\s*\d{1,2}:\d{2}(?: min| std)?"),
        ("newsletter|whatsapp-kanal", r".{0,60}\b(?:newsletter|whatsapp-kanal)\b.{0,160}(?:anmelden|abonnieren|bestellen|hier|folgen|an\.|richtig)\b.{0,60}"),
    )
)  # fmt: skip
_MACHINE_SUMMARY = re.compile(
    r"zusammenfassung wurde .{0,40}(?:künstlich|automatisch|maschinell|ki\b)|ki-(?:generierte|erstellte) zusammenfassung|"
    r"(?:mit|von|durch) (?:ki|künstlicher intelligenz) (?:erstellt|zusammengefasst|generiert)|zusammenfassung .{0,20}\bki\b",
    re.I,
)


def is_debris(block: Block) -> bool:
    """True for a line that calls elsewhere, credits a picture or an agency, or names what surrounds the article."""
    text = block.text
    if len(text) > MAX_CHARS:
        return False
    if _START.fullmatch(text) or is_credit_line(text):
        return True
    if (not text.endswith((".", "!", "?", "“", '"')) or block.link_chars > 0.3 * len(text)) and _CALL.fullmatch(text):
        return True
    lowered = text.lower()
    return any(any(n in lowered for n in needles) and pattern.fullmatch(text) for needles, pattern in _INSIDE)


def is_machine_summary(text: str) -> bool:
    """True for a note that the list beside it was written by a machine: a summary of the article, not the article."""
    return len(text) < 250 and "usamm" in text and bool(_MACHINE_SUMMARY.search(text))
