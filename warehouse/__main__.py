"""python -m warehouse build|check: make the warehouse file from the lake, or check the one that is there."""

import argparse
import sys

import duckdb

from lake.contracts import ContractError
from lake.seeds import SeedError
from warehouse.build import BuildRunningError, build, warehouse_db
from warehouse.model_files import ModelError
from warehouse.run_checks import CheckError, run_checks


def check() -> str:
    """Runs the checks on the published file, read-only."""
    path = warehouse_db()
    if not path.exists():
        raise ModelError(f"{path}: there is no warehouse yet. Try: python -m warehouse build")
    with duckdb.connect(str(path), read_only=True) as con:
        warnings = run_checks(con)
    return "\n".join([*(f"warning: {warning}" for warning in warnings), f"check {path}: all critical checks hold"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m warehouse", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("build", help="build aside, check, swap in one move")
    verbs.add_parser("check", help="run the checks on the published file")
    args = parser.parse_args()
    try:
        print(f"build: {build()}" if args.verb == "build" else check())
    except (BuildRunningError, CheckError, ContractError, ModelError, SeedError, OSError) as error:
        print(f"python -m warehouse {args.verb}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
