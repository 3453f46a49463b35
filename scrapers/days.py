"""Berlin's days."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def dated(url: str) -> str:
    """The address with today's Berlin date for {today}, or in a form of its own: {today:%y%m}."""
    today = datetime.now(BERLIN).date()
    return re.sub(r"\{today(?::([^}]*))?\}", lambda match: format(today, match[1] or "%Y-%m-%d"), url)


def berlin_day(time: datetime) -> date:
    """The Berlin day of a time."""
    return time.astimezone(BERLIN).date()


def read_day(text: str) -> date | None:
    """A day written as 2026-11-23; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
