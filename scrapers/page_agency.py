"""The news agency that a page credits, and the lines that do nothing else."""

import re

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
    r"[\s(\[/–—-]*(?:quellen?|mit material|mit agenturmaterial|agenturen?|von|mit|©|\(c\)|text|bericht)?[\s:]*"
    r"(?:von|der|des)?\s*"
    rf"(?:[a-zäöü]{{2,4}}[/,]\s?)?(?:{_ONE})(?:(?:\s*[,/&+;|–-]\s*|\s+und\s+|\s+)(?:{_ONE}|[a-zäöü]{{2,4}}|red\.?))*"
    r"(?:[,:]\s*dpa:\s?[\d\-/]+)?[\s)\]./–—-]*",
    re.I,
)
_SIGNATURE_CASE = re.compile(
    r"(?:^|[(/\s,:])(dpa|AFP|afp|Reuters|rtr|SID|sid|KNA|kna|epd|APA|apa|sda|SDA)(?:[)/\s,.\-]|$)"
)
_MARKED = re.compile(
    rf"(?:©|\(c\)|quellen?:|\(|\bmit(?: material)?(?: von)?\s)\s*(?:[a-z]{{2,4}}/)?({_ONE})(?![\w-])", re.I
)


def agency_of(name: str | None) -> str | None:
    """The agency that a name or a credit ("dpa-infocom", "AFP/red") stands for, or None."""
    if not name:
        return None
    for part in re.split(r"[,/&+;|()]|\s+und\s+|\s+mit\s+|\bvon\b", name):
        part = part.strip(" .:-–—©")
        for agency, pattern in _WHOLE:
            if pattern.fullmatch(part):
                return agency
    return None


def is_credit_line(line: str) -> bool:
    """True for a line that only names agencies: "dpa", "© dpa-infocom, dpa:240417-99-1/2", "Quelle: AFP/Reuters"."""
    return len(line) <= 90 and bool(_CREDIT_LINE.fullmatch(line))


def find_agency(names: list[str], lines: list[str]) -> str | None:
    """The agency credited: among the names given as authors, in credit lines, or in a signature at the text's edges."""
    for name in names:
        if agency := agency_of(name):
            return agency
    for line in lines:
        if is_credit_line(line) and (match := re.search(rf"(?<!\w)({_ONE})(?!\w)", line, re.I)):
            return agency_of(match.group(1))
    edges = [line[:60] for line in lines[:2]] + [line[-40:] for line in lines[-2:]]
    for edge in edges:
        if (match := _MARKED.search(edge)) and (
            match.group(1).lower() not in ("ap", "sid") or _SIGNATURE_CASE.search(edge)
        ):
            return agency_of(match.group(1))
    return None


def without_signature(line: str) -> str:
    """The line without a trailing agency signature such as " (dpa)" or " dpa/AFP"."""
    return re.sub(
        rf"\s*[(\[](?:mit\s|©\s*)?(?:[a-zäöü]{{2,4}}[/,]\s?)?(?:{_ONE})(?:[/,]\s?(?:{_ONE}|[a-zäöü]{{2,4}}))*[)\]]\s*$",
        "",
        line,
        flags=re.I,
    )
