"""Pages that stand before an article instead of being one: consent walls, logins, captchas."""

import re
from urllib.parse import urlsplit

WALL_PATHS = re.compile(
    r"/(?:zustimmung|consent|cookie-?(?:wall|consent)|datenschutz-?einstellungen|privacy-?(?:wall|gate)|pur-?abo|"
    r"log-?in|sign-?in|anmeld\w*|signon|sso|captcha|cdn-cgi/challenge[\w-]*)(?:[/.?]|$)",
    re.I,
)
WALL_WORDS = re.compile(
    rb"(?:cookies?\s+(?:akzeptieren|zustimmen)|mit\s+werbung\s+(?:weiter|lesen|nutzen)|weiter\s+mit\s+werbung|"
    rb"werbefrei\s+lesen|einwilligung\s+(?:erteilen|verwalten)|zustimmen\s+(?:und|&amp;|&)\s+weiter|"
    rb"enable\s+javascript\s+and\s+cookies|just\s+a\s+moment\.\.\.|are\s+you\s+a\s+(?:human|robot)|"
    rb"verify\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human|px-captcha|captcha-delivery|cf-chl|access\s+denied|zugriff\s+verweigert|pardon\s+our\s+interruption)",
    re.I,
)
WALL_STATUS = (401, 402, 403, 407, 451)
SHORT_BODY = 1000


def wall_address(url: str, listed_url: str) -> bool:
    """Whether a request for an article was led to a page that asks for something first."""
    return url != listed_url and bool(WALL_PATHS.search(urlsplit(url).path))


def wall_page(html: bytes, body: str, is_article: bool) -> bool:
    """Whether a page without an article's marks and text asks for consent, a login or a proof of being human."""
    return not is_article and len(body) < SHORT_BODY and bool(WALL_WORDS.search(html))
