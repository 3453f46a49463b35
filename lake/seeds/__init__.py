"""What we know beforehand, as CSV files kept in git: companies, publishers, the pairs worth a report page.

How a company's names count (the matcher in transforms reads these columns):

- `company`, `aliases` and `products` are its names, written as the press writes them. Not listed: legal forms (SAP SE),
  genitives (SAPs), inflected adjectives (der Deutschen Bank), hyphen compounds (SAP-Chef); the matcher makes those.
- `ambiguous` lists those of its names that also mean something else; `needs` and `excludes` guard these and no others.
  Empty while `needs` or `excludes` is not: they guard every name.
- `needs`: an ambiguous name counts only where at least one entry is found. An entry is looked for in the whole text
  (title and body); with the prefix `near:` in the sentence of the name. An unambiguous name of the same company
  anywhere in the text, and a legal form right behind the name, do as well as an entry.
- `excludes`: an ambiguous name does not count where an entry is found in its sentence. A legal form right behind the
  name outweighs it.
- An entry is a word or phrase, found as whole words, upper and lower case told apart. `*` stands for any run of
  lower-case letters, also none: `Versicher*` finds Versicherungskonzern, `*ige _` finds "unbesiegbare" not, but
  "einzige". `_` stands for the ambiguous name itself at its very place, with or without a genitive s: `eine _`,
  `_ zwischen`, `_-Aktie`. `pattern` turns an entry into the regular expression that says all this exactly.
"""

import csv
import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KINDS = ("press", "public_broadcaster", "business", "technology", "wire", "satire", "demo")
STATES = ("on", "trial", "paused", "retired")
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


@dataclass(frozen=True)
class Company:
    """A watched company and its names; the columns of companies.csv, lists as tuples, empty facts as None."""

    company_id: str
    company: str
    aliases: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    parent_id: str | None = None
    country: str | None = None
    lei: str | None = None
    isin: str | None = None
    ambiguous: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that stands for the company: its own first, then aliases, then products."""
        return (self.company, *self.aliases, *self.products)

    @property
    def guarded(self) -> tuple[str, ...]:
        """The names that `needs` and `excludes` guard."""
        return self.ambiguous or (self.names if self.needs or self.excludes else ())


@dataclass(frozen=True)
class Publisher:
    """An outlet; the columns of publishers.csv. `reason` says why the state is what it is."""

    publisher: str
    name: str
    country: str
    domain: str
    kind: str
    state: str
    reason: str


def pattern(entry: str, name: str = "") -> re.Pattern[str]:
    """The regular expression of one entry of `needs` or `excludes` (without its prefix `near:`).

    `name` is the text that `_` stands for. A match of an entry with `_` counts only when its group `name` lies where
    the mention lies.
    """
    marks = {"*": "[a-zäöüß]*", "_": f"(?P<name>{re.escape(name)})(?:['’]?s|['’])?"}
    body = "".join(marks.get(c) or (r"\s+" if c == " " else re.escape(c)) for c in entry)
    return re.compile(rf"(?<!\w){body}(?!\w)")


def _rows(path: Path, needed: list[str], optional: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
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


def _slug(where: str, column: str, value: str, seen: dict[str, str]) -> None:
    if not SLUG.fullmatch(value):
        raise SeedError(
            f"{where}: {column} {value!r} is no slug; use a-z, 0-9 and single hyphens, such as deutsche-bank"
        )
    if value in seen:
        raise SeedError(f"{where}: {column} {value} is there already ({seen[value]}); merge the two rows")
    seen[value] = where


def _list(where: str, column: str, cell: str) -> tuple[str, ...]:
    entries = tuple(entry.strip() for entry in cell.split("|")) if cell else ()
    if "" in entries:
        raise SeedError(f"{where}: {column} has an empty entry; take out the | too many")
    if twice := [entry for entry, count in Counter(entries).items() if count > 1]:
        raise SeedError(f"{where}: {column} says {twice[0]!r} twice; once will do")
    return entries


def _country(where: str, code: str) -> None:
    if code not in COUNTRIES.split():
        raise SeedError(f"{where}: country {code!r} is no ISO 3166-1 alpha-2 code; write DE, AT, CH …")


def _lei_holds(lei: str) -> bool:
    """ISO 17442: 18 letters or digits, 2 check digits; read in base 36, digit by digit, the rest mod 97 is 1."""
    return bool(re.fullmatch(r"[A-Z0-9]{18}\d\d", lei)) and int("".join(str(int(c, 36)) for c in lei)) % 97 == 1


def _isin_holds(isin: str) -> bool:
    """ISO 6166: country, 9 letters or digits, a check digit by Luhn over the letters read in base 36."""
    if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{9}\d", isin):
        return False
    digits = [int(d) for c in isin for d in str(int(c, 36))][::-1]
    return sum(sum(divmod(d * 2, 10)) if i % 2 else d for i, d in enumerate(digits)) % 10 == 0


def _company(where: str, row: dict[str, str]) -> Company:
    lists = {c: _list(where, c, row[c]) for c in ("aliases", "products", "ambiguous", "needs", "excludes")}
    if not row["company"]:
        raise SeedError(f"{where}: no value for company; write the name as the press writes it")
    company = Company(
        row["company_id"], row["company"], parent_id=row["parent_id"] or None, country=row["country"] or None,
        lei=row["lei"] or None, isin=row["isin"] or None, **lists,
    )  # fmt: skip
    if twice := [name for name, count in Counter(company.names).items() if count > 1]:
        raise SeedError(f"{where}: {twice[0]!r} is named twice among company, aliases and products; once will do")
    if company.country:
        _country(where, company.country)
    if company.lei and not _lei_holds(company.lei):
        raise SeedError(f"{where}: lei {company.lei} has wrong check digits; look it up, or leave it empty")
    if company.isin and not _isin_holds(company.isin):
        raise SeedError(f"{where}: isin {company.isin} has a wrong check digit; look it up, or leave it empty")
    if unknown := [name for name in company.ambiguous if name not in company.names]:
        raise SeedError(f"{where}: ambiguous {unknown[0]!r} is none of the company's names; add it to aliases")
    if company.ambiguous and not (company.needs or company.excludes):
        raise SeedError(f"{where}: ambiguous names, but neither needs nor excludes; say what tells them apart")
    return company


def _shared_names(found: dict[str, tuple[str, Company]]) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for company_id, (_, company) in found.items():
        for name in company.names:
            owners[name].append(company_id)
    for name, ids in owners.items():
        if len(ids) > 1 and not any(name in found[i][1].guarded for i in ids):
            raise SeedError(
                f"{found[ids[1]][0]}: {name!r} names both {' and '.join(ids)}; "
                "give one of them needs or excludes for that name, or take it out of one"
            )


def companies(path: str | Path = FOLDER / "companies.csv") -> list[Company]:
    """The watched companies, in the file's order. Of the columns only company_id, company and aliases must be there.

    Raises SeedError at the first row that cannot be used.
    """
    seen: dict[str, str] = {}
    found: dict[str, tuple[str, Company]] = {}
    optional = ["products", "parent_id", "country", "lei", "isin", "ambiguous", "needs", "excludes"]
    for where, row in _rows(Path(path), ["company_id", "company", "aliases"], optional):
        _slug(where, "company_id", row["company_id"], seen)
        found[row["company_id"]] = where, _company(where, row)
    for where, company in found.values():
        if company.parent_id and (company.parent_id not in found or company.parent_id == company.company_id):
            raise SeedError(
                f"{where}: parent_id {company.parent_id} is no other company here; add its row or leave empty"
            )
    _shared_names(found)
    return [company for _, company in found.values()]


def publishers(path: str | Path = FOLDER / "publishers.csv") -> list[Publisher]:
    """The publishers, in the file's order. Raises SeedError at the first row that cannot be used."""
    seen: dict[str, str] = {}
    found = []
    for where, row in _rows(Path(path), ["publisher", "name", "country", "domain", "kind", "state", "reason"], []):
        _slug(where, "publisher", row["publisher"], seen)
        if empty := [column for column, value in row.items() if not value]:
            raise SeedError(f"{where}: no value for {empty[0]}; every column of a publisher must be filled")
        _country(where, row["country"])
        for column, known in (("kind", KINDS), ("state", STATES)):
            if row[column] not in known:
                raise SeedError(f"{where}: {column} {row[column]!r} is none of {', '.join(known)}; choose one")
        if not re.fullmatch(r"[a-z0-9.-]+", row["domain"]):
            raise SeedError(f"{where}: domain {row['domain']!r} is no host name; write taz.de, not an address")
        found.append(Publisher(**row))
    return found


def watched_pairs(path: str | Path = FOLDER / "watched_pairs.csv") -> dict[str, str]:
    """The pairs worth a report page: pair_id -> note, in the file's order. Raises SeedError, as for companies."""
    known = {company.company_id for company in companies()}
    found: dict[str, str] = {}
    for where, row in _rows(Path(path), ["pair_id", "note"], []):
        sides = row["pair_id"].split("~")
        if len(sides) != 2 or sides[0] >= sides[1]:
            raise SeedError(
                f"{where}: pair_id {row['pair_id']!r} is no pair; write a~b with a before b in the alphabet"
            )
        if unknown := [side for side in sides if side not in known]:
            hint = difflib.get_close_matches(unknown[0], known, n=1)
            raise SeedError(
                f"{where}: no company {unknown[0]}; {f'did you mean {hint[0]}?' if hint else 'add its row'}"
            )
        if row["pair_id"] in found:
            raise SeedError(f"{where}: pair_id {row['pair_id']} is there already; take one out")
        found[row["pair_id"]] = row["note"]
    return found


@cache
def _by_slug() -> dict[str, Publisher]:
    return {publisher.publisher: publisher for publisher in publishers()}


def publishers_to_crawl(selection: str) -> list[str]:
    """Slugs of the publishers that a selection means: `demo`, `all` (every live one in state on or trial), `taz,heise`.

    Raises SeedError for an unknown slug (with the nearest ones), for a paused or retired one (with the reason), and
    for an empty selection.
    """
    known = _by_slug()
    if selection == "demo":
        return [slug for slug, p in known.items() if p.kind == "demo"]
    if selection == "all":
        return [slug for slug, p in known.items() if p.kind != "demo" and p.state in ("on", "trial")]
    chosen = list(dict.fromkeys(slug.strip() for slug in selection.split(",") if slug.strip()))
    if not chosen:
        raise SeedError(f"publishers {selection!r}: nothing chosen; say demo, all, or slugs such as taz,heise")
    for slug in chosen:
        if slug not in known:
            near = difflib.get_close_matches(slug, known, n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "see lake/seeds/publishers.csv"
            raise SeedError(f"publishers {selection!r}: no publisher is called {slug}; {hint}")
        if known[slug].state in ("paused", "retired"):
            raise SeedError(
                f"publishers {selection!r}: {slug} is {known[slug].state} ({known[slug].reason}); "
                "leave it out, or change its state in lake/seeds/publishers.csv"
            )
    return chosen
