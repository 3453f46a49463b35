"""Mentions that only name a source: "laut Spiegel", "sagte er dem Handelsblatt", "Foto: dpa", "wie bei Watson berichtet"."""

import re
from functools import cache

from transforms.mention_names import words

_QUOTES = re.compile(r"„[^“”\"„\n]*[“”\"]|»[^«»\n]*«|«[^«»\n]*»|“[^“”„\n]*”|\"[^\"\n]*\"")
_SPEECH_WORDS = 3  # „Spiegel“ is a name in quotation marks, not speech

# Any name here is a credit.
_LABEL = re.compile(
    r"(?:(?:\b(?:Foto|Fotos|Bild|Bilder|Grafik|Video|Quelle|Quellen|Copyright|Symbolbild|Archivbild|Text und Bild)\s*:|©|\([cC]\))"
    r"[^\n.;]{0,40}|\b(?:Foto|Bild)\s?/\s?|picture alliance\s?/\s?)\Z"
)
_REPORTED = re.compile(
    r"\b(?:[Ww]ie\s+(?:(?:auch|zuerst|zuvor|bereits)\s+)?(?:bei\s+|auf\s+|in\s+)?(?:der|die|das|dem)?\s*)\Z"
)
_REPORTS = re.compile(r"[“”\"»«']?[^\n.!?]{0,40}?\b(?:berichte\w*|schreib\w*|schrieb|melde\w*|zitier\w*|zu lesen)\b")
# A newspaper, magazine, agency or station here is a credit.
_TOLD = re.compile(
    r"(?:\b(?:[Ll]aut|[Gg]egenüber|[Nn]ach\s+(?:Informationen|Angaben|Recherchen|Berichten)|Informationen|Recherchen|Berichts?|"
    r"Bericht(?:en)?\s+(?:der|des|von)|Interview\s+(?:mit|in)|Gespräch\s+mit|Gastbeitrag\s+(?:für|in)|zitiert|(?:hatte\w*|haben?)\s+zuerst|"
    r"zufolge|berichtet\w*|schreib\w+|schrieb\w*|meldet\w*|sagt\w*|erklärt\w*|erzählt\w*|verriet\w*|bestätigt\w*|teilt\w*)\b"
    r"[^\n.!?]{0,45}?)\s?[„“\"»«‚'(]?\Z"
)
_TELLS = re.compile(
    r"[“”\"»«']?\s*(?:\([^)\n]{0,30}\)\s*)?(?:(?:am|vom|in)\s+\w+\s+)?(?:berichtet\w*|schreib\w+|schrieb\w*|meldet\w*|zufolge|zitiert\w*|erfuhr|vorlieg\w+|-Bericht|-Informationen|-Interview|-Reporter)"
)
_REACH = 90


@cache
def _media() -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words("media.txt"))


def is_outlet(name: str, publisher_names: frozenset[str]) -> bool:
    """Whether the name is a newspaper's, an agency's, a station's; publisher_names in lower case."""
    low = name.lower()
    return low in publisher_names or low in _media()


def is_credit(text: str, start: int, end: int, *, is_outlet: bool) -> bool:
    """Whether the name at start:end is there as a source."""
    line = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    before = text[line:start]
    if (":" in before or "/" in before or "©" in before or "(" in before) and _LABEL.search(before):
        return True
    if "ie " in before and _REPORTED.search(before) and _REPORTS.match(text, end, end + _REACH):
        return True
    return is_outlet and bool(_TOLD.search(before) or _TELLS.match(text, end, end + _REACH))


def quotes(text: str) -> list[tuple[int, int]]:
    """Spans of quoted speech: three words or more between quotation marks, within one paragraph."""
    return [m.span() for m in _QUOTES.finditer(text) if m.group().count(" ") >= _SPEECH_WORDS - 1]
