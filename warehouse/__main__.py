"""python -m warehouse VERB: make the warehouse file, check it, ask it, hand it on; keep the lake within bounds."""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from lake.compact import AGE_DAYS, compact
from lake.contracts import ContractError
from lake.seeds import SeedError
from warehouse import purge
from warehouse.build import OURS, BuildRunningError, ForeignFileError, build, warehouse_db
from warehouse.dictionary import dictionary, export
from warehouse.looked_at import look_at_a_part
from warehouse.model_files import ModelError
from warehouse.published import open_published
from warehouse.run_checks import CheckError, run_checks
from warehouse.sql import prompt, run_query

DEMO_DB = Path("data/demo/warehouse.duckdb")


def published() -> Path:
    """The warehouse file. Raises ModelError where none was built yet, ForeignFileError where it is no warehouse."""
    path = warehouse_db()
    hint = f" The demonstration's is {DEMO_DB}: put WAREHOUSE_DB={DEMO_DB} before it" if DEMO_DB.exists() else ""
    if not path.exists():
        raise ModelError(
            f"{path}: there is no warehouse yet. Try: python -m warehouse build; is WAREHOUSE_DB right?{hint}"
        )
    try:
        with open_published(path) as con:
            found = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    except duckdb.Error as error:
        if "Could not set lock" in str(error):  # another program writes into it
            raise
        raise ForeignFileError(
            f"{path} cannot be opened as a warehouse ({error}); is WAREHOUSE_DB right?{hint}"
        ) from error
    if missing := [name for name in OURS if name not in found]:
        raise ForeignFileError(f"{path} is no warehouse (no table {', '.join(missing)}); is WAREHOUSE_DB right?{hint}")
    return path


def check() -> str:
    """Runs the checks on the published file, read-only."""
    path = published()
    with open_published(path) as con:
        look_at_a_part(con)
        warnings = run_checks(con)
    return "\n".join([*(f"warning: {warning}" for warning in warnings), f"check {path}: all critical checks hold"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m warehouse", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    whole = verbs.add_parser("build", help="build aside what changed, check, swap in one move")
    whole.add_argument("--full", action="store_true", help="all of it, not only what changed")
    verbs.add_parser("check", help="run the checks on the published file")
    sql = verbs.add_parser("sql", help="ask the published file, read-only; without a query: a prompt")
    sql.add_argument("query", nargs="?", help="the query")
    sql.add_argument("--file", type=Path, help="a file with the query")
    sql.add_argument("--csv", action="store_true", help="print CSV, for scripts")
    out = verbs.add_parser("export", help="every table as a Parquet file")
    out.add_argument("folder", type=Path, help="where to put them")
    verbs.add_parser("dictionary", help="print every table and column, as docs/dictionary.md")
    purge.add_arguments(verbs.add_parser("purge", help="drop texts past RETENTION_DAYS, or one article's on request"))
    verbs.add_parser("compact", help=f"make one part of each day's many, for days older than {AGE_DAYS} days")
    args = parser.parse_args()
    try:
        if args.verb == "build":
            print(f"build: {build(full=args.full)}")
        elif args.verb == "check":
            print(check())
        elif args.verb == "export":
            print("\n".join(f"export: {path}" for path in export(published(), args.folder)))
        elif args.verb == "dictionary":
            print(dictionary(published()), end="")
        elif args.verb == "purge":
            purge.run(args)
        elif args.verb == "compact":
            compact(datetime.now(UTC).date() - timedelta(days=AGE_DAYS))
        elif query := args.query or (args.file and args.file.read_text(encoding="utf-8")):
            run_query(published(), query, as_csv=args.csv)
        else:
            prompt(published())
    except (BuildRunningError, CheckError, ContractError, ModelError, SeedError, OSError, duckdb.Error) as error:
        print(f"python -m warehouse {args.verb}: {error}", file=sys.stderr)
        return 1
    except ForeignFileError as error:
        print(f"python -m warehouse {args.verb}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
