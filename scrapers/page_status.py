# ruff: noqa: E501 - tables of words read better in long lines
"""How much of the article a page holds: the full text, a teaser before a paywall, or none that we trust."""

import re
from collections.abc import Sequence

FULL_CHARS = 1_500  # a paywalled page with a shorter body holds a teaser
SHORT_CHARS = 250  # a shorter body alone proves nothing

# Said where a text was cut off; asked for in the page's own words, never in its scripts.
_CUT_OFF = re.compile(
    r"weiterlesen mit|jetzt weiterlesen|um weiterzulesen|weiter ?lesen\?|artikel (?:jetzt )?freischalten|(?:nur|exklusiv) für abonnent|"
    r"mit (?:einem |dem )?[\w+-]*abo(?:nnement)? (?:weiter|lesen|zugriff)|lesen sie diesen artikel|diesen artikel (?:weiter)?lesen|"
    r"registrieren und weiterlesen|zugang zu allen (?:inhalten|artikeln)|\w*\+[- ]?artikel",
    re.I,
)
# An offer of a subscription: a wall has one, but so has many a free page below its text.
_OFFER = re.compile(
    r"bereits abonnent|sie haben bereits ein|abo (?:abschließen|auswählen|wählen)|diesen inhalt|probemonat|kostenlos testen|"
    r"jederzeit kündbar|monatlich kündbar",
    re.I,
)
_NEWSLETTER = re.compile(r"newsletter|postfach|\bpodcast|whatsapp|push-nachricht", re.I)
WALL_BLOCKS = 6  # a wall stands right behind the text that it cuts off
_CONSENT = re.compile(
    r"cookies?\b|einwilligung|zustimm|datenschutz|personenbezogen|tracking|werbefrei|pur-abo|mit werbung|geräte-?kennung|partner\b|"
    r"widerruf|personalisiert",
    re.I,
)
_NOT_FOUND = re.compile(
    r"\b404\b|nicht gefunden|nicht (?:mehr )?(?:verfügbar|vorhanden|auffindbar)|existiert nicht|page not found|seite nicht|"
    r"leider ist ein fehler|fehler \d{3}",
    re.I,
)


def is_consent_wall(lines: Sequence[str]) -> bool:
    """True when the text is a request for consent: short, and most of its lines speak of it."""
    if not 0 < sum(map(len, lines)) < 4_000:
        return False
    found = [_CONSENT.findall(line) for line in lines]
    return sum(map(bool, found)) * 2 >= len(lines) and len({word.lower() for words in found for word in words}) >= 3


def is_soft_404(title: str | None, lines: Sequence[str], is_article: bool) -> bool:
    """True for an error page served as if all were well: its title or its few lines say that there is nothing."""
    if is_article or sum(map(len, lines)) > 800:
        return False
    return bool(_NOT_FOUND.search(title or "")) or any(_NOT_FOUND.search(line) for line in lines[:2])


def text_status(
    lines: Sequence[str], behind: Sequence[str], *, is_paywalled: bool | None, is_article: bool, lead: str
) -> str:
    """full, teaser or unknown.

    lines: the body. behind: the page's texts behind it in order, where a wall speaks. is_article: the page's data calls
    it an article. lead: its description.
    """
    size = sum(map(len, lines))
    ends_open = bool(lines) and lines[-1].rstrip().endswith(("…", "..."))
    if size >= FULL_CHARS and not (is_paywalled and ends_open):
        return "full"
    near = [text[:400] for text in behind[:WALL_BLOCKS] if not _NEWSLETTER.search(text[:400])]
    is_walled = any(map(_CUT_OFF.search, near))
    is_offered = any(map(_OFFER.search, near)) and (ends_open or size < SHORT_CHARS)
    if is_paywalled and (size < FULL_CHARS or (is_walled and ends_open)):
        return "teaser"
    if is_paywalled is not False and (is_walled or is_offered or (ends_open and len(lines) <= 3)):
        return "teaser"
    if size < SHORT_CHARS:
        only_lead = bool(lines) and bool(lead) and "".join(lines)[:80] == lead[: min(80, size)]
        return "teaser" if only_lead and is_article and is_paywalled is not False else "unknown"
    return "full" if is_article else "unknown"
