"""The news agency that a page credits, and the lines that do nothing else."""

import re
from collections.abc import Sequence

_NAMES = (
    ("Keystone-SDA", r"keystone[-/ ]sda(?:/ats)?|sda[-/]ats"),
    ("dpa", r"dpa(?:[-/](?:infocom|afx(?:-analyser)?|lnw|lby|lnb|lhe|lni|tmn|rufa|custom|video))?(?:\s+gmbh)?"),
    ("dpa", r"deutsche presse-agentur"),
    ("AFP", r"afp|agence france-presse"),
    ("Reuters", r"(?:thomson\s+)?reuters"),
    ("SID", r"sid|sport-informations-dienst"),
    ("KNA", r"kna|katholische nachrichten-agentur"),
    ("epd", r"epd|evangelischer pressedienst"),
    ("APA", r"apa|austria presse agentur"),
    ("Keystone-SDA", r"sda|awp"),
    ("AP", r"ap|associated press"),
    ("dts", r"dts(?:\s+nachrichtenagentur)?"),
    ("Bloomberg", r"bloomberg"),
    ("ots", r"ots|presseportal"),
)  # fmt: skip
_ONE = "|".join(f"(?:{pattern})" for _, pattern in _NAMES)
_WHOLE = [(name, re.compile(rf"(?:{pattern})", re.I)) for name, pattern in _NAMES]
_CREDIT_LINE = re.compile(
    r"[\s(\[/–—-]*(?:quellen?|mit material|mit informationen|mit agenturmaterial|(?:nachrichten)?agentur(?:en)?|"
    r"von|mit|©|\(c\)|text|bericht)?[\s:]*"
    r"(?:von|der|des)?\s*(?:[\w-]+\.(?:de|at|ch|com|net|tv|info),?\s*)?"
    rf"(?:(?:[a-zäöü]{{2,4}}|redaktion)[/,]\s?)??(?:{_ONE})(?:(?:\s*[,/&+;|–-]\s*|\s+und\s+|\s+)"
    rf"(?:mit (?:material|informationen) (?:von|der)\s)?(?:{_ONE}|[a-zäöü]{{2,4}}|red\.?))*"
    r"(?:[,:]\s*dpa:\s?[\d\-/]+)?[\s)\]./–—-]*",
    re.I,
)
# "Berlin (dpa/lby) - Der …" at the start, "… sagte er. (APA/red)" or "… sagte er. dpa" at the end.
_DATELINE = re.compile(rf"^.{{0,40}}?[(\[](?:[a-zäöü]{{2,4}}[/,]\s?)??({_ONE})(?:[/,;]\s?[\w. -]+)?[)\]]", re.I)
_SIGN_OFF = re.compile(
    rf"[(\[](?:mit\s|©\s*|quelle:\s*)?(?:[a-zäöü]{{2,4}}[/,]\s?)??({_ONE})(?:[/,;]\s?[\w. -]+)*[)\]]\W*$|"
    r"[.!?“\"]\s(dpa(?:-AFX)?|AFP|SID|KNA|epd|APA|sda)(?:/\w+)?$",
    re.I,
)
_ANY = re.compile(rf"(?<!\w)(?:{_ONE})(?!\w)", re.I)


def agency_of(name: str | None) -> str | None:
    """The agency that a name or a credit ("dpa-infocom", "AFP/red") stands for, or None."""
    if not name:
        return None
    for part in re.split(r"[,/&+;|()]|\s+und\s+|\bmit\b|\bvon\b|\bnachrichtenagentur\b", name, flags=re.I):
        part = part.strip(" .:-–—©")
        for agency, pattern in _WHOLE:
            if pattern.fullmatch(part):
                return agency
    return None


def is_credit_line(line: str) -> bool:
    """True for a line that only names agencies: "dpa", "© dpa-infocom, dpa:240417-99-1/2", "Quelle: AFP/Reuters"."""
    return len(line) <= 90 and bool(_CREDIT_LINE.fullmatch(line))


def find_agency(names: Sequence[str], lines: Sequence[str], credits_: Sequence[str]) -> str | None:
    """The agency credited: as author, in a line that only credits, in the dateline or in the sign-off of the text.

    names: the authors. lines: the body. credits_: texts right behind the body that belong to no picture.
    """
    for name in names:
        if agency := agency_of(name):
            return agency
    for line in credits_:
        if is_credit_line(line) and (match := _ANY.search(line)):
            return agency_of(match.group())
    if lines:
        match = _DATELINE.match(lines[0]) or _SIGN_OFF.search(lines[-1])
        return agency_of(next(filter(None, match.groups()))) if match else None
    return None


def without_sign_off(line: str) -> str:
    """The text's last line without its agency: "… sagte er. (dpa)" -> "… sagte er."."""
    match = _SIGN_OFF.search(line)
    if not match:
        return line
    return line[: match.start(2) if match.group(2) else match.start()].rstrip()


def without_dateline_agency(line: str) -> str:
    """The text's first line without the agency in its dateline: "Bremen (dpa/lni) - Der …" -> "Bremen - Der …"."""
    match = _DATELINE.match(line)
    if not match:
        return line
    start = max(line.rfind(bracket, 0, match.start(1)) for bracket in "([")
    return line[:start].rstrip() + line[match.end() :] if start else line[match.end() :].lstrip(" -–—:")
