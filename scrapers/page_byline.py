# ruff: noqa: E501 - tables of words read better in long lines
"""Who wrote it: names out of JSON-LD, meta tags and the line printed under the title."""

import re
from collections.abc import Sequence

from scrapers.extraction import words
from scrapers.extraction.blocks import Block
from scrapers.page_agency import agency_of

MAX_BYLINE_CHARS = 160
BLOCKS_AFTER_TITLE = 20  # the byline stands within so many blocks after the title
_LEAD_IN = re.compile(
    r"^\W*(?:(?:zeige |weitere |alle )*(?:beiträge|artikel|posts)\s+)?(?:(?:ein(?:e)?|der|die)\s+)?(?:(?:gast)?(?:kommentar|analyse|kolumne|beitrag|bericht|interview|reportage|essay|rezension|"
    r"porträt|glosse|leitartikel|artikel|text|kritik|protokoll|aufgezeichnet|meinung|gespräch)\b(?:\s+und\s+fotos?)?\s*)?"
    r"(?:(?:geschrieben\s+)?(?:von|by|par)\s*:?\s+|(?:autor(?:en|in|innen|:in|\*in)?|text|redaktion|verfasst von|interview|bericht)\s*:\s*)",
    re.I,
)
_PARTICLE = r"(?:von|van|de|der|den|vom|zu|zur|la|le|del|di|da|dos|el|al|bin|ten|ter|af|ibn|y|Mc|Mac)"
_NAME_WORD = r"(?:[A-ZÄÖÜÀ-ÝŁŚŠŽČĆİ][\w’'.-]*|d’\w+|O’\w+)"
_NAME = re.compile(rf"(?:(?:Dr|Prof|Mag|Dipl)\.?\s+)*{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_NAME_WORD}){{0,3}}")
_CODE = re.compile(r"\s*\([\w.\-/ ]{1,8}\)")
_CUT = re.compile(
    r"\s*(?:\d{1,2}\.\s?\d{1,2}\.|\d{1,2}\.\s?\w+\s\d{4}|\d{1,2}:\d\d|\d{4}-\d\d|\||•|·|\bStand:|\b(?:Fotos?|Illustration|Grafik|Bild)\b|\bmit\s+(?:[A-Z]{2,}|dpa|Material|Agentur)|"
    r"\bLesedauer|\bvor \d|\bam \d|\bveröffentlicht|\baktualisiert|\bfür\b|\bin\s+[A-Z]|\baus\s+[A-Z]).*$",
    re.I | re.S,
)
_ROLE = re.compile(
    r"\b(?:chef)?(?:redakt|korrespond|reporter|volont|journalist|autor|herausgeber|ressort|leiter|praktikant|kolumn|editor|mitarbeit|"
    r"experte|expertin|stellv|politik|wirtschaft|sport\b|online|desk|team|head of|chefin)\w*",
    re.I,
)
_ADDRESS = re.compile(r"https?:|www\.|\S+@", re.I)
_NO_NAME = re.compile(r"^unser|https?://|www\.|@|\d{2}|^\W*$|\.(?:de|com|at|ch|net|org)$", re.I)


def _clean(part: str) -> str:
    part = _CODE.sub("", part)
    return " ".join(part.strip(" .,:;-–—|•·→»›").split())


def split_names(text: str) -> list[str]:
    """The people in one byline: "Von Eva Beispiel und Max Muster, dpa" -> ["Eva Beispiel", "Max Muster", "dpa"].

    Roles ("Redakteurin"), initials in brackets, dates and addresses are left out.
    """
    text = _LEAD_IN.sub("", " ".join(word for word in text.split() if not _ADDRESS.match(word)))
    parts = re.split(r"\s*(?:;|\||,|•|·|\s/\s|(?<=\w)/(?=\w)|\s+und\s+|\s+and\s+|\s+&\s+|\s+sowie\s+)\s*", text)
    names = []
    for part in parts:
        name = _clean(_LEAD_IN.sub("", part))
        if name and not _NO_NAME.search(name) and not (_ROLE.search(name) and names) and len(name) <= 60:
            names.append(name)
    return list(dict.fromkeys(names))


def _is_person(name: str) -> bool:
    return (bool(_NAME.fullmatch(name)) and " " in name and not _ROLE.search(name)) or agency_of(name) is not None


def printed_byline(blocks: Sequence[Block]) -> list[str]:
    """The names in the line under the page's title; empty where there is none that reads like names.

    A line that starts like a byline ("Von …") is believed anywhere near the title, a bare name only in an element
    whose class speaks of authors.
    """
    title_at = next((i for tag in ("h1", "h2") for i, b in enumerate(blocks) if b.element.tag == tag), None)
    if title_at is None:
        return []
    prose = 0
    for block in blocks[title_at + 1 : title_at + 1 + BLOCKS_AFTER_TITLE]:
        text = block.text
        if len(text) > MAX_BYLINE_CHARS:
            prose += len(text) > 250
            if prose > 1:
                break
            continue
        lead_in = _LEAD_IN.match(text)
        groups = block.element.groups | (block.element.parent.groups if block.element.parent else 0)
        if not lead_in and groups & words.BIT["date"] and re.search("[•|·]", text):
            parts = [part for part in re.split(r"\s*[•|·]\s*", text) if _is_person(part)]
            if parts:  # "27. Januar 2026 • Eva Beispiel • 3 Minuten"
                return parts
        if not lead_in and not groups & words.BIT["byline"]:
            continue
        if groups & (words.BIT["caption"] | words.BIT["comment"]) and not lead_in:
            continue
        line = _CUT.sub("", text[lead_in.end() :] if lead_in else text)
        names = [name for part in split_names(line) if (name := _leading_name(part))]
        if names and (_is_person(names[0]) or (lead_in and agency_of(names[0]))):
            return names
    return []


def _leading_name(part: str) -> str | None:
    """The name that a part of a byline starts with, without the role behind it; None where it starts with none."""
    if agency_of(part):
        return part
    match = _NAME.match(part)
    if not match:
        return None
    name, *role = _ROLE.split(match.group(), maxsplit=1)
    if (role or _ROLE.match(part[match.end() :].lstrip())) and name.count(" ") >= 2:
        name = name.strip().rpartition(" ")[0]  # "Eva Beispiel Landespolitische Korrespondentin"
    return name.strip() or None


def choose_authors(
    stated: list[str], *, is_organisation: bool, printed: list[str], site_name: str | None, host: str
) -> list[str]:
    """The authors: people stated in the page's data; else who is printed under the title; else agency or publisher."""
    people = [n for n in stated if not is_publisher(n, site_name, host)]
    if people and not (is_organisation and printed):
        return people
    if printed:
        return printed
    return people or [n for n in stated if site_name and n.lower() == site_name.lower()]


def is_publisher(name: str, site_name: str | None, host: str) -> bool:
    """True for an "author" that is the publication itself: "STERN.de", "n-tv NACHRICHTEN" on n-tv.de."""

    def key(text: str) -> str:
        return re.sub(r"[^a-z0-9]", "", re.sub(r"\.(?:de|com|at|ch|net|org|li|lu|info)$", "", text.lower()))

    words_of_host = key(".".join(host.lower().removeprefix("www.").split(".")[:-1]))
    name_key = key(name)
    known = {key(site_name or ""), words_of_host} - {""}
    if name_key in known:
        return True
    return any(len(k) >= 3 and name_key.startswith(k) and " " in name for k in known) or bool(
        re.search(r"(?i)\b(?:redaktion|nachrichten|online|newsroom|news|zeitung|team|desk|verlag|gmbh)\b", name)
    )
