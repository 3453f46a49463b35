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
    r"bereits abonnent|sie haben bereits ein|registrieren und weiterlesen|zugang zu allen (?:inhalten|artikeln)|"
    r"abo (?:abschließen|auswählen|wählen)|diesen inhalt|\w*\+[- ]?artikel|probemonat|kostenlos testen|jederzeit kündbar|monatlich kündbar",
    re.I,
)
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
    lines: Sequence[str], left_out: Sequence[str], *, is_paywalled: bool | None, is_article: bool, lead: str
) -> str:
    """full, teaser or unknown.

    lines: the body. left_out: the page's other texts after the body's start, where a paywall speaks.
    is_article: the page's data calls it an article. lead: its description.
    """
    size = sum(map(len, lines))
    ends_open = bool(lines) and lines[-1].rstrip().endswith(("…", "..."))
    if size >= FULL_CHARS and not (is_paywalled and ends_open):
        return "full"
    asked = sum(bool(_CUT_OFF.search(text[:400])) for text in left_out)
    is_cut = asked >= (1 if is_article or is_paywalled or size >= SHORT_CHARS else 2)
    if is_paywalled and (size < FULL_CHARS or (is_cut and ends_open)):
        return "teaser"
    if is_paywalled is not False and (is_cut or (ends_open and len(lines) <= 3)):
        return "teaser"
    if size < SHORT_CHARS:
        only_lead = bool(lines) and bool(lead) and "".join(lines)[:80] == lead[: min(80, size)]
        return "teaser" if only_lead and is_article and is_paywalled is not False else "unknown"
    return "full" if is_article else "unknown"
