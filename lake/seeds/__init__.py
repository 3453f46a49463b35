"""What we know beforehand, as CSV files kept in git: companies, publishers, the pairs worth a report page.

How a company's names count (the matcher in transforms reads these columns):

- `company`, `aliases` and `products` are its names, written as the press writes them. Not listed: legal forms (SAP SE),
  genitives (SAPs), inflected adjectives (der Deutschen Bank), hyphen compounds (SAP-Chef, Deutsche-Bank-Chef); the
  matcher makes those. Where two names overlap the longer one counts: Siemens Energy is not Siemens.
- `ambiguous` lists those of its names that also mean something else; `needs` and `excludes` guard these and no others.
  If it is empty while `needs` or `excludes` is not, they guard every name (`Company.guarded`).
- `excludes`: an ambiguous name does not count where an entry is found in its sentence.
- `needs`: an ambiguous name counts only where at least one entry is found. An entry is looked for in the whole text
  (title and body); with the prefix `near:` in the sentence of the name. As good as an entry: an unambiguous name of the
  same company anywhere in the text, and a company's place (company_places.csv: Trumpf-Chefin, der Modekonzern Mango).
- A legal form right behind the name (Allianz SE) outweighs both columns.
- An entry is a word or phrase, found as whole words, upper and lower case told apart. `*` stands for any letters, also
  none: `Versicher*` finds Versicherungskonzern, `*bare _` finds "unbesiegbare Allianz". `_` stands for the ambiguous
  name itself at its very place, with or without a genitive s; at the end of an entry no hyphen follows it, so that
  `neue _` finds "die neue Allianz", not "die neue Allianz-Chefin". `pattern` says all this as a regular expression.
"""

import difflib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lake.seeds.checks import SeedError, check_country, check_slug, entries, isin_holds, lei_holds, rows

FOLDER = Path(__file__).parent
KINDS = ("press", "public_broadcaster", "business", "technology", "wire", "satire", "demo")
STATES = ("on", "trial", "paused", "retired")


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
    """The regular expression of one entry of `needs` or `excludes`, without its prefix `near:`.

    `name` is the text that `_` stands for. A match of an entry with `_` counts only where its group `name` starts where
    the mention starts.
    """
    marks = {"*": r"\w*", " ": r"\s+", "_": rf"(?P<name>{re.escape(name)})(?:['’]?s|['’])?"}
    body = "".join(marks.get(letter) or re.escape(letter) for letter in entry)
    end = r"(?!-?\w)" if entry.endswith("_") else r"(?!\w)"
    return re.compile(rf"(?<!\w){body}{end}")


def _company(where: str, row: dict[str, str]) -> Company:
    lists = {c: entries(where, c, row[c]) for c in ("aliases", "products", "ambiguous", "needs", "excludes")}
    if not row["company"]:
        raise SeedError(f"{where}: no value for company; write the name as the press writes it")
    company = Company(
        row["company_id"], row["company"], parent_id=row["parent_id"] or None, country=row["country"] or None,
        lei=row["lei"] or None, isin=row["isin"] or None, **lists,
    )  # fmt: skip
    if twice := [name for name, count in Counter(company.names).items() if count > 1]:
        raise SeedError(f"{where}: {twice[0]!r} is named twice among company, aliases and products; once will do")
    if company.country:
        check_country(where, company.country)
    if company.lei and not lei_holds(company.lei):
        raise SeedError(f"{where}: lei {company.lei} has wrong check digits; look it up, or leave it empty")
    if company.isin and not isin_holds(company.isin):
        raise SeedError(f"{where}: isin {company.isin} has a wrong check digit; look it up, or leave it empty")
    if unknown := [name for name in company.ambiguous if name not in company.names]:
        raise SeedError(f"{where}: ambiguous {unknown[0]!r} is none of the company's names; add it to aliases")
    for entry in (*(need.removeprefix("near:") for need in company.needs), *company.excludes):
        if entry.count("_") > 1 or not entry.strip("*_ ") or entry.startswith("near:"):
            raise SeedError(
                f"{where}: entry {entry!r} cannot be looked for; write a word, at most one _, near: in needs only"
            )
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
    for where, row in rows(Path(path), ["company_id", "company", "aliases"], optional):
        check_slug(where, "company_id", row["company_id"], seen)
        found[row["company_id"]] = where, _company(where, row)
    for where, company in found.values():
        if company.parent_id and (company.parent_id not in found or company.parent_id == company.company_id):
            raise SeedError(
                f"{where}: parent_id {company.parent_id} is no other company here; add its row or leave empty"
            )
    _shared_names(found)
    return [company for _, company in found.values()]


def company_places(path: str | Path = FOLDER / "company_places.csv") -> tuple[str, ...]:
    """Places where only a company can stand, as entries with `_`: they prove any ambiguous name, as `needs` do."""
    places = []
    for where, row in rows(Path(path), ["entry"], []):
        if row["entry"].count("_") != 1:
            raise SeedError(f"{where}: entry {row['entry']!r} must hold one _, the name's place, such as _-Aktie*")
        places.append(row["entry"])
    return tuple(places)


def publishers(path: str | Path = FOLDER / "publishers.csv") -> list[Publisher]:
    """The publishers, in the file's order. Raises SeedError at the first row that cannot be used."""
    seen: dict[str, str] = {}
    found = []
    for where, row in rows(Path(path), ["publisher", "name", "country", "domain", "kind", "state", "reason"], []):
        check_slug(where, "publisher", row["publisher"], seen)
        if empty := [column for column, value in row.items() if not value]:
            raise SeedError(f"{where}: no value for {empty[0]}; every column of a publisher must be filled")
        check_country(where, row["country"])
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
    for where, row in rows(Path(path), ["pair_id", "note"], []):
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
