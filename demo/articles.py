"""The articles as data: demo/articles/<masthead>/<day>-<name>.md, a front matter of `key: value` lines and a body.

The body is paragraphs separated by empty lines; a line that begins with `## ` is a subhead.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "articles"
STEM = re.compile(r"(?:\d{4}-\d{2}-\d{2}|undated)-(?P<name>[a-z0-9-]+)")
KEYS = {"title", "kicker", "teaser", "published_at", "authors", "section", "agency", "caption", "credit", "trap"}
NEEDED = {"title", "teaser", "section"}
TRAPS = {"not_german", "no_date", "date_in_future", "date_too_old", "no_body", "teaser", "duplicate_url"}


@dataclass(frozen=True)
class Article:
    stem: str  # file name without .md: the article's slug in expected.csv
    name: str  # the stem without its day: part of the address
    title: str
    teaser: str
    section: str
    published_at: datetime | None = None
    kicker: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    caption: str = ""
    credit: str = ""
    trap: str = ""
    blocks: tuple[str, ...] = field(default=())  # paragraphs and subheads ("## …"), in order

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(block for block in self.blocks if not block.startswith("## "))


def _front_matter(path: Path, lines: list[str]) -> dict[str, str]:
    values = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if not colon or key not in KEYS:
            raise ValueError(f"{path}: front matter line {line!r} is none of {', '.join(sorted(KEYS))}")
        values[key] = value.strip()
    if missing := NEEDED - {key for key, value in values.items() if value}:
        raise ValueError(f"{path}: no value for {', '.join(sorted(missing))}; add it to the front matter")
    if values.get("trap", "") not in TRAPS | {""}:
        raise ValueError(f"{path}: no trap is called {values['trap']}; there are {', '.join(sorted(TRAPS))}")
    return values


def parse(path: Path) -> Article:
    """One file as an Article. Raises ValueError that names the file and what is wrong with it."""
    stem = STEM.fullmatch(path.stem)
    if not stem:
        raise ValueError(f"{path}: call it YYYY-MM-DD-name.md or undated-name.md, in lower case without umlauts")
    opening, _, rest = path.read_text(encoding="utf-8").partition("---\n")
    head, closing, body = rest.partition("\n---\n")
    if opening or not closing:
        raise ValueError(f"{path}: begin with a front matter between two lines of ---")
    values = _front_matter(path, head.splitlines())
    published = values.pop("published_at", "")
    authors = tuple(name.strip() for name in values.pop("authors", "").split(";") if name.strip())
    published_at = datetime.fromisoformat(published) if published else None
    if published_at and published_at.tzinfo is None:
        raise ValueError(f"{path}: published_at {published} has no time zone; write e.g. {published}+02:00")
    blocks = tuple(" ".join(block.split()) for block in re.split(r"\n\s*\n", body.strip()) if block.strip())
    return Article(path.stem, stem["name"], published_at=published_at, authors=authors, blocks=blocks, **values)


def load(slug: str) -> list[Article]:
    """All articles of a masthead, newest first, those without a date last. Raises ValueError on a name used twice."""
    articles = [parse(path) for path in sorted((FOLDER / slug).glob("*.md"))]
    names = [article.name for article in articles]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{FOLDER / slug}: name used twice: {', '.join(sorted(twice))}; names are addresses")
    dated = sorted((a for a in articles if a.published_at), key=lambda a: (a.published_at, a.name), reverse=True)
    return dated + [a for a in articles if not a.published_at]
