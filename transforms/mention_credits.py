"""Mentions that only name a source: "laut Spiegel", "Foto: dpa", "wie bei Watson berichtet", "twitterte er per X"."""

import re
from functools import cache

from lake.seeds import Company
from transforms.mention_context import listed

_QUOTES = re.compile(r"„[^“”\"„\n]*[“”\"]|»[^«»\n]*«|«[^«»\n]*»|“[^“”„\n]*”|\"[^\"\n]*\"")
_SPEECH_WORDS = 3  # „Spiegel“ is a name in quotation marks, not speech
_REACH = 90  # characters before and behind a name that are looked at, within its line

_REPORT = r"(?:berichte\w*|schreib\w*|schrieb\w*|melde\w*|zitier\w*)"
_SAID = r"(?:sag\w*|erklär\w*|erzähl\w*|verriet\w*|bestätigt\w*|teilt\w*|kündigt\w*|äußert\w*)"
_IN_PRINT = r"(?:d(?:em|er|en)|im|in der)"
_KIND = (
    r"(?:\w*(?:[Zz]eitung\w*|[Mm]agazins?|[Bb]latts?|[Aa]gentur\w*|[Ss]enders?|[Pp]ortals?|[Dd]ienst\w*|[Pp]odcast) )?"
)
_QUOTE = r"[„“\"»«‚'(]?"

# Any name here is a credit: "(Foto: VW)", "© 2026 Siemens", "wie bei Watson berichtet".
_LABEL = re.compile(
    r"(?:\b(?:Fotos?|Bild(?:er)?|Grafik|Video|Quellen?|Copyright|\w*bild)\s*:|©|\([cC]\))"
    r"(?:[ \u00a0]*(?:[A-ZÄÖÜ\d][\w.’-]*|via|by|von|[/,-]))*[/ \u00a0]*\Z"
)
_LABEL_END = re.compile(r"(?:[ \u00a0](?:AG|Online|Archiv|Pressebild|\d{4}))*[ \u00a0]*(?:[)\]/|,.;\n]|\Z)")
_REPORTED = re.compile(rf"\b[Ww]ie (?:\w+ )?(?:(?:bei|auf|in) )?(?:d(?:er|ie|as|em) )?{_KIND}{_QUOTE}\Z")
_REPORTS = re.compile(rf"[“”\"»«']?[^\n.!?,]{{0,40}}?\b(?:{_REPORT}|zu lesen)")
# A newspaper, magazine, agency or station here is a credit.
_TOLD = re.compile(
    rf"(?:\b(?:[Ll]aut|[Gg]egenüber|[Nn]ach (?:Informationen|Angaben|Recherchen)|[Ii]nformationen|Berichte?n?s?"
    rf"|Recherchen|Interview|Gespräch|Gastbeitrag|zuerst|beruft sich auf)(?: (?:von|mit|in|für|d(?:er|es|em|as|ie)))*"
    rf"|\b{_REPORT}[^\n.!?]{{0,30}}?(?: d(?:er|ie|as))?|\b{_SAID}\b[^\n.!?]{{0,40}}? {_IN_PRINT}) {_KIND}{_QUOTE}\Z"
)
_TELLS = re.compile(
    rf"[“”\"»«']?(?: \([^)\n]{{0,30}}\))?(?: (?:am|vom|in) \w+)?[ -](?:{_REPORT}|zufolge|erfuhr|vorlieg\w+"
    rf"|Bericht\w*|Informationen|Interview\w*|Reporter\w*)\b"
)
_STAMP = re.compile(r"(?:^|\n)(?:Vor \d+ \w+|\d\d?:\d\d(?: Uhr)?)[ \u00a0|,–-]*\Z")
# A platform here is the place of a text.
_POSTED = re.compile(
    rf"\b(?:[Vv]ia|[Pp]er)[ \u00a0]\Z|\b(?:{_REPORT}|{_SAID}|postete\w*|veröffentlicht\w*|verkündet\w*|twittert\w*"
    rf"|bedankt\w*|folgen|mitteil\w*|warb|warnt\w*|kommentiert\w*)\b[^\n.!?]{{0,40}}"
    rf" (?:auf|bei|über|in) (?:\w+ (?:und|oder) )?\Z"
)
_POSTS = re.compile(rf"[ \u00a0](?:{_REPORT}|{_SAID}|teilte|folgen)\b")


@cache
def _names(file: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ").lower() for word in listed(file))


def is_outlet(company: Company, publisher_names: frozenset[str]) -> bool:
    """Whether the company is a newspaper, an agency, a station, by one of its names; publisher_names in lower case."""
    names = {name.lower() for name in (company.company, *company.aliases)}
    return bool(names & (publisher_names | _names("media") | _names("agencies")))


def is_media(name: str) -> bool:
    """Whether the name is a newspaper's or a station's, whoever owns it (Politico, watson)."""
    return name.lower() in _names("media")


def is_debris(text: str, start: int, end: int) -> bool:
    """Whether the name stands alone in its line behind a time: `Vor 38 Minuten FOCUS Online`."""
    return text[end : end + 1] in ("", "\n") and bool(_STAMP.search(text, max(0, start - _REACH), start))


def is_credit(text: str, start: int, end: int, name: str, *, is_outlet: bool) -> bool:
    """Whether the name at start:end is there as a source; `name` is how the registry writes it."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    limit = min(len(text), end + _REACH)
    if (":" in before or "©" in before or "(" in before) and _LABEL.search(before) and _LABEL_END.match(text, end):
        return True
    if "ie " in before and _REPORTED.search(before) and _REPORTS.match(text, end, limit):
        return True
    if text[start:end] in listed("platforms"):
        return bool(_POSTED.search(before) or (before.endswith(("auf ", "bei ")) and _POSTS.match(text, end, limit)))
    if not is_outlet:
        return False
    is_compound = text[end : end + 1] == "-" and not text.startswith(("-AFX", "-infocom"), end)
    if is_outlet and not is_compound and name.lower() in _names("agencies"):
        return True
    return bool(_TELLS.match(text, end, limit) or (not is_compound and _TOLD.search(before)))


def quotes(text: str) -> list[tuple[int, int]]:
    """Spans of quoted speech: three words or more between quotation marks, within one paragraph."""
    return [m.span() for m in _QUOTES.finditer(text) if m.group().count(" ") >= _SPEECH_WORDS - 1]
