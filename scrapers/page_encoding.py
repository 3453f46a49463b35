"""The bytes of a page -> its text."""

import codecs
import re

MAX_BYTES = 8_000_000
MAX_DEPTH = 3_000  # elements inside each other; parsing takes the square of it
MANY_TAGS = 10_000

_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|ul|ol|dl|blockquote|center|font|em|strong|b|i|u|small|big|table)\b", re.I
)

_DECLARED = re.compile(rb"""<(?:meta[^>]+charset\s*=\s*["']?|\?xml[^>]+encoding\s*=\s*["'])([\w-]+)""", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY = (b"%PDF-", b"\x89PNG\r", b"PK\x03\x04", b"\xff\xd8\xff", b"\x1f\x8b", b"GIF8", b"RIFF", b"\x00\x00\x00")


class UnreadablePageError(ValueError):
    """The bytes are no HTML page: empty, binary (PDF, image, archive), too large or too deep. Says which."""


def decode(html: bytes, encoding: str | None = None) -> str:
    """The page as text. A BOM wins; then valid UTF-8, whatever is declared; then what is declared, else windows-1252.

    `encoding` is what the HTTP header said. Raises UnreadablePageError when the bytes are no page.
    """
    if not html[:1_000].strip() and not html.strip():
        raise UnreadablePageError("the page is empty")
    if len(html) > MAX_BYTES:
        raise UnreadablePageError(f"the page has {len(html):,} bytes, more than {MAX_BYTES:,}; it is not parsed")
    for bom, name in _BOMS:
        if html.startswith(bom):
            return _checked(html.decode(name, errors="replace"))
    if html.startswith(_BINARY) or b"\x00\x00" in html[:1000]:
        raise UnreadablePageError(f"the page is no HTML: it starts with {html[:8]!r}")
    try:
        return _checked(html.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(html[:4096])
    for name in (encoding, declared.group(1).decode("ascii") if declared else None):
        codec = _text_codec(name)
        if codec and codec != "utf-8":
            return _checked(html.decode("windows-1252" if codec in ("iso8859-1", "ascii") else codec, "replace"))
    # One broken byte in a UTF-8 page must not turn every umlaut into two letters.
    as_utf8 = html.decode("utf-8", errors="replace")
    intact = sum(as_utf8.count(letter) for letter in "äöüßÄÖÜ„“–é")
    return _checked(as_utf8 if as_utf8.count("\ufffd") <= intact else html.decode("windows-1252", "replace"))


def _checked(text: str) -> str:
    """The text without NULs and BOM. Raises UnreadablePageError for elements nested without end."""
    if text.count("<") > MANY_TAGS:
        depth = 0
        for tag in _NESTING.finditer(text):
            depth = max(0, depth - 1) if tag.group(1) else depth + 1
            if depth > MAX_DEPTH:
                raise UnreadablePageError(f"the page nests more than {MAX_DEPTH:,} elements; it is not parsed")
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text.removeprefix("\ufeff")


def _text_codec(name: str | None) -> str | None:
    """Python's name of a declared text encoding; None for an unknown one and for utf-16."""
    try:
        found = codecs.lookup(name or "")
    except LookupError:
        return None
    return found.name if found._is_text_encoding and not found.name.startswith(("utf-16", "utf-32")) else None
