"""One form for the same text, whichever way a publisher wrote it."""

import hashlib
import re
import unicodedata

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BLANKS = re.compile(r"[^\S\n]+")


def short_hash(text: str) -> str:
    """First 16 hex digits of the SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def line(text: str | None) -> str:
    """One line: NFC, no invisible characters, single blanks."""
    return BLANKS.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", text or "")).replace("\n", " ")).strip()


def paragraphs(text: str | None) -> str:
    """Paragraphs, each one line, separated by one newline."""
    return "\n".join(tidy for raw in (text or "").splitlines() if (tidy := line(raw)))
