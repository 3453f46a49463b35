"""Kills builds at random moments, whole ones and builds by days: readers never see a half file, the next build stands.

python -m bench.warehouse_kill --times 50
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench.warehouse_lake import generate

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "warehouse", "build"]
DAYS = 12
DAY = "2010-01-12"  # the last of them


def readable(path: Path) -> int:
    """Rows of articles in the published file, opened as a reader opens it; every table can be read to its end."""
    with duckdb.connect(str(path), read_only=True) as con:
        for (table,) in con.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall():
            con.execute(f"select count(*), bit_xor(hash(columns(*))) from {table}").fetchall()
        return con.execute("select count(*) from articles").fetchone()[0]


def turn(lake: Path, aside: Path) -> None:
    """Takes the last day out of the lake, or puts it back."""
    for dataset in sorted(lake.iterdir()):
        last = dataset / f"day={DAY}"
        source, target = (last, aside / dataset.name) if last.exists() else (aside / dataset.name, last)
        if source.exists():
            shutil.move(source, target)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.warehouse_kill", description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    draw = random.Random(args.seed)
    with tempfile.TemporaryDirectory(prefix="tonlage-kill-") as name:
        folder = Path(name)
        lake, aside, path = folder / "lake", folder / "aside", folder / "warehouse.duckdb"
        aside.mkdir()
        generate(lake, 0, DAYS)
        env = os.environ | {"LAKE_DIR": str(lake), "WAREHOUSE_DB": str(path)}
        started = time.perf_counter()
        subprocess.run(COMMAND, env=env, cwd=ROOT, check=True, capture_output=True)
        whole, killed, counts = time.perf_counter() - started, 0, {readable(path)}
        turn(lake, aside)
        subprocess.run(COMMAND, env=env, cwd=ROOT, check=True, capture_output=True)
        counts.add(readable(path))
        for number in range(args.times):
            by_days = number % 2
            if by_days:
                turn(lake, aside)
            command = COMMAND if by_days else [*COMMAND, "--full"]
            process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(draw.uniform(0.05, 0.9) * whole)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                killed += 1
            if (seen := readable(path)) not in counts:
                sys.exit(f"{path}: a reader saw {seen} articles, which no build gives: {counts}")
        subprocess.run(COMMAND, env=env, cwd=ROOT, check=True, capture_output=True)
        by_days = readable(path)
        subprocess.run([*COMMAND, "--full"], env=env, cwd=ROOT, check=True, capture_output=True)
        if by_days != readable(path):
            sys.exit(f"{path}: the build after the last kill differs from a whole one")
    print(f"{args.times} builds, half of them by days, {killed} killed: readers saw whole files, the next build stood")


if __name__ == "__main__":
    main()
