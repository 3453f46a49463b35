"""Dates as publishers write them; the day never changes places with the month."""

from datetime import UTC, datetime

import pytest

from scrapers.page_dates import find_german, parse_german, parse_iso


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17. Oktober 2024, 8.15 Uhr", utc(2024, 10, 17, 6, 15)),
        ("Donnerstag, 17. Oktober 2024 um 08:15 Uhr", utc(2024, 10, 17, 6, 15)),
        ("17.10.24", utc(2024, 10, 16, 22)),
        ("17.10.2024 | 8:15", utc(2024, 10, 17, 6, 15)),
        ("Stand: 03.04.2024, 9 Uhr", utc(2024, 4, 3, 7)),
        ("3. Jänner 2025", utc(2025, 1, 2, 23)),
        ("1. März 2024 14.30 Uhr", utc(2024, 3, 1, 13, 30)),
        ("12. Sept. 2023", utc(2023, 9, 11, 22)),
        ("2. Mai 2024 Lesedauer: 4 Minuten", utc(2024, 5, 1, 22)),
    ],
)
def test_german_dates(text: str, expected: datetime):
    assert parse_german(text) == expected


@pytest.mark.parametrize(
    "text", ["10/17/2024", "03/04/2024", "31.06.2024", "32. Mai 2024", "17.13.2024", "Mai 2024", "1.2.3", ""]
)
def test_what_is_no_german_date(text: str):
    assert parse_german(text) is None
    assert parse_iso(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-10-17T08:15:00+02:00", utc(2024, 10, 17, 6, 15)),
        ("2024-10-17T08:15:00.123456789Z", datetime(2024, 10, 17, 8, 15, 0, 123456, tzinfo=UTC)),
        ("2024-10-17T08:15:00+0200", utc(2024, 10, 17, 6, 15)),
        ("2024-10-17 08:15", utc(2024, 10, 17, 6, 15)),
        ("2024-01-17T08:15", utc(2024, 1, 17, 7, 15)),
        ("2024-10-17", utc(2024, 10, 16, 22)),
        ("Thu, 17 Oct 2024 06:15:00 GMT", utc(2024, 10, 17, 6, 15)),
        ("1729145700", utc(2024, 10, 17, 6, 15)),
        (1729145700000, utc(2024, 10, 17, 6, 15)),
        (["2024-10-17T08:15:00+02:00"], utc(2024, 10, 17, 6, 15)),
    ],
)
def test_machine_dates(text: object, expected: datetime):
    assert parse_iso(text) == expected


@pytest.mark.parametrize(
    "value", [None, True, {}, [], "gestern", "2024-13-45", "2024-10-17T99:99:00", "2024-10-17T08:15:00+99:99", 5]
)
def test_what_is_no_machine_date(value: object):
    assert parse_iso(value) is None


def test_where_the_date_stands_and_whether_it_has_an_hour():
    assert find_german("Bremen, 17. Oktober 2024, 8.15 Uhr") == (utc(2024, 10, 17, 6, 15), 8, True)
    assert find_german("Bremen, 17.10.2024") == (utc(2024, 10, 16, 22), 8, False)
