"""Reads seed files row by row and checks single cells: what breaks names file, line, what is wrong, what to do."""

import csv
import difflib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)


class SeedError(ValueError):
    """A seed file that cannot be used: says file, line, what is wrong, what to do."""


def rows(path: Path, needed: list[str], optional: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a seed file with where they stand, `file line N`; cells stripped, missing columns empty."""
    if not path.is_file():
        raise SeedError(f"{path}: no such file; give the path of a CSV file with the columns {', '.join(needed)}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        have = reader.fieldnames or []
        if missing := [column for column in needed if column not in have]:
            raise SeedError(f"{path} line 1: no column {', '.join(missing)}; the first line must name {needed}")
        for column in have:
            if column not in needed + optional:
                hint = difflib.get_close_matches(column, needed + optional, n=1)
                meant = f"did you mean {hint[0]}?" if hint else f"there are {', '.join(needed + optional)}"
                raise SeedError(f"{path} line 1: unknown column {column!r}; {meant}")
        for row in reader:
            where = f"{path} line {reader.line_num}"
            if None in row or None in row.values():
                raise SeedError(f"{where}: not as many cells as columns; quote cells that hold a comma")
            yield where, {column: row.get(column, "").strip() for column in needed + optional}


def check_slug(where: str, column: str, value: str, seen: dict[str, str]) -> None:
    if not SLUG.fullmatch(value):
        raise SeedError(
            f"{where}: {column} {value!r} is no slug; use a-z, 0-9 and single hyphens, such as deutsche-bank"
        )
    if value in seen:
        raise SeedError(f"{where}: {column} {value} is there already ({seen[value]}); merge the two rows")
    seen[value] = where


def entries(where: str, column: str, cell: str) -> tuple[str, ...]:
    found = tuple(entry.strip() for entry in cell.split("|")) if cell else ()
    if "" in found:
        raise SeedError(f"{where}: {column} has an empty entry; take out the | too many")
    if twice := [entry for entry, count in Counter(found).items() if count > 1]:
        raise SeedError(f"{where}: {column} says {twice[0]!r} twice; once will do")
    return found


def check_country(where: str, code: str) -> None:
    if code not in COUNTRIES.split():
        raise SeedError(f"{where}: country {code!r} is no ISO 3166-1 alpha-2 code; write DE, AT, CH …")


def lei_holds(lei: str) -> bool:
    """ISO 17442: 18 letters or digits, 2 check digits; read in base 36, digit by digit, the rest mod 97 is 1."""
    return bool(re.fullmatch(r"[A-Z0-9]{18}\d\d", lei)) and int("".join(str(int(c, 36)) for c in lei)) % 97 == 1


def isin_holds(isin: str) -> bool:
    """ISO 6166: country, 9 letters or digits, a check digit by Luhn over the letters read in base 36."""
    if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{9}\d", isin):
        return False
    digits = [int(d) for c in isin for d in str(int(c, 36))][::-1]
    return sum(sum(divmod(d * 2, 10)) if i % 2 else d for i, d in enumerate(digits)) % 10 == 0
