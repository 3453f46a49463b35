"""Dates as publishers write them: ISO 8601 in metadata, German in text. Naive times are Europe/Berlin."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
EARLIEST_YEAR, LATEST_YEAR = 1980, 2100

_MONTHS = {
    **{name: number for number, names in enumerate(
        (
            ("januar", "jänner", "jan", "jän"), ("februar", "feber", "feb"), ("märz", "mär", "mrz"), ("april", "apr"),
            ("mai",), ("juni", "jun"), ("juli", "jul"), ("august", "aug"), ("september", "sept", "sep"),
            ("oktober", "okt"), ("november", "nov"), ("dezember", "dez"),
        ), start=1) for name in names},
}  # fmt: skip
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?",
    re.I,
)
_CLOCK = r"(?:\s*(?:,|\||-|–|—|·|um|at)?\s*(?:um\s+)?(\d{1,2})(?:[:.](\d{2})(?!\d|\.\d))?(\s*Uhr)?)?"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_GERMAN_WORD = re.compile(rf"(?<!\d)(\d{{1,2}})\.?\s*({_MONTH})\.?\s*(\d{{4}})(?!\d){_CLOCK}", re.I)
_GERMAN_DIGITS = re.compile(rf"(?<![\d.])(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}|\d{{2}})(?![\d.]){_CLOCK}", re.I)


def _build(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=BERLIN)
    except ValueError:  # the 31st of June, 25 o'clock: no date
        return None


def parse_iso(value: object) -> datetime | None:
    """A machine-written date (ISO 8601, RFC 822 or Unix seconds) as aware UTC; None when it is no date.

    A bare day is midnight in Berlin. Never reads 03/04/2024: its order of day and month is unknown.
    """
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value)) if 0 < value < 1e13 else None
    if not isinstance(value, str):
        return None
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) in (10, 13):
        found = datetime.fromtimestamp(int(value[:10]), UTC)
        return found if EARLIEST_YEAR <= found.year <= LATEST_YEAR else None
    if match := _ISO.match(value):
        year, month, day, hour, minute, second, fraction, zone = match.groups()
        found = _build(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
        if found is None:
            return None
        if fraction:
            found = found.replace(microsecond=int(fraction[:6].ljust(6, "0")))
        if zone:
            sign = zone.upper() if zone[0] not in "+-" else zone
            offset = "+0000" if sign in ("Z", "UTC", "GMT") else zone.replace(":", "").ljust(5, "0")
            try:
                aware = datetime.strptime(offset, "%z").tzinfo
            except ValueError:  # +99:99
                return None
            found = found.replace(tzinfo=aware)
        return found.astimezone(UTC)
    if re.match(r"[A-Za-z]{3},?\s+\d{1,2}\s+[A-Za-z]{3}\s+\d{4}", value):
        try:
            found = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        return found.replace(tzinfo=found.tzinfo or BERLIN).astimezone(UTC)
    return parse_german(value)


def parse_german(text: str) -> datetime | None:
    """The first date in German words or digits ("17. Oktober 2024, 8.15 Uhr", "17.10.24") as aware UTC, or None.

    The day always stands before the month; what does not fit that order is no date.
    """
    found = find_german(text)
    return found[0] if found else None


def find_german(text: str) -> tuple[datetime, int, bool] | None:
    """(aware UTC, offset in text, has a clock time) of the first German date in the text, or None."""
    best = None
    for pattern in (_GERMAN_WORD, _GERMAN_DIGITS):
        for match in pattern.finditer(text):
            if best and best[1] <= match.start():
                break
            day, month, year, hour, minute, o_clock = match.groups()
            month_number = _MONTHS.get(month.lower()) or (int(month) if month.isdigit() else 0)
            full_year = int(year) if len(year) == 4 else 2000 + int(year)
            clock = (int(hour), int(minute or 0)) if hour and (minute or o_clock) else (0, 0)
            built = _build(full_year, month_number, int(day), *clock) or _build(full_year, month_number, int(day))
            if built:
                best = (built.astimezone(UTC), match.start(), clock != (0, 0))
                break
    return best
