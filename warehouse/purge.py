"""The command `purge`: drops texts past their retention, or those of one article or publisher on request.

How long texts are kept is nobody's guess: RETENTION_DAYS says so, `never` for good; without it nothing is dropped.
"""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from lake import purge, store
from lake.contracts import ContractError

DECIDE = "docs/law.md says what there is to decide"
LEFTOVERS_AGE = timedelta(days=1)


def add_arguments(parser: ArgumentParser) -> None:
    """The command line of the verb."""
    of = parser.add_mutually_exclusive_group()
    of.add_argument("--url", help="of this article alone, whatever its age; its excerpts too")
    of.add_argument("--publisher", help="of this publisher alone, whatever their age; their excerpts too")
    parser.add_argument("--uncleaned", action="store_true", help="also of days that were not cleaned and scored yet")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be dropped")


def retention_days() -> int | None:
    """The environment's RETENTION_DAYS; None for `never`. Raises ContractError where it is missing or no number."""
    said = os.environ.get("RETENTION_DAYS", "").strip()
    if said == "never":
        return None
    if not said:
        raise ContractError(f"RETENTION_DAYS is not set, so nothing is dropped; set it to days, or never. {DECIDE}")
    if not said.isdecimal() or int(said) < 1:
        raise ContractError(
            f"RETENTION_DAYS is {said!r}; set it to a whole number of days from 1 on, or never. {DECIDE}"
        )
    return int(said)


def run(args: Namespace, say: Callable[[str], None] = print) -> None:
    """Purges as the command line says.

    Raises ContractError where nothing says what, where what was named is not there, and, in the end, for old days that
    were left because nothing was made of their pages yet.
    """

    def tell(done: purge.Purged) -> None:
        say(f"purge {done}{', were it not a dry run' if args.dry_run else ''}")

    if args.url or args.publisher:
        where = purge.of_article(args.url) if args.url else purge.of_publisher(args.publisher)
        count = purge.purge_rows(where, tell, dry_run=args.dry_run)
        say(f"purge: {count} rows of {args.url or args.publisher}; next: python -m warehouse build")
        return
    days = retention_days()
    if days is None:
        say("purge: RETENTION_DAYS is never, so nothing is dropped")
        return
    now = datetime.now(UTC)
    before = now.date() - timedelta(days=days)
    left = [] if args.uncleaned else purge.uncleaned_days(before)
    count = purge.purge_days(before, tell, but=left, dry_run=args.dry_run)
    leftovers = store.remove_leftovers(now - LEFTOVERS_AGE, dry_run=args.dry_run)
    say(f"purge: {count} rows of days before {before}; {leftovers} files that killed processes had left")
    if left:
        raise ContractError(
            f"{len(left)} days are past retention, but not cleaned and scored yet, the first {left[0]}: they stay as "
            f"they are. Try: python -m transforms clean DAY, validate, score; or purge --uncleaned"
        )
