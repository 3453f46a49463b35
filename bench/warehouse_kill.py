"""Kills a build at random moments: readers never see a half file, and the next build succeeds.

python -m bench.warehouse_kill --times 50
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench.warehouse import ROOT, fill_nullable, generate

COMMAND = [sys.executable, "-m", "warehouse", "build"]


def readable(path: Path) -> int:
    """Rows of articles in the published file, opened as a reader opens it."""
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute("select count(*) from articles").fetchone()[0]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.warehouse_kill", description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    draw = random.Random(args.seed)
    with tempfile.TemporaryDirectory(prefix="tonlage-kill-") as name:
        folder = Path(name)
        generate(folder / "lake", args.articles)
        fill_nullable(folder / "lake")
        path = folder / "warehouse.duckdb"
        env = os.environ | {"LAKE_DIR": str(folder / "lake"), "WAREHOUSE_DB": str(path)}
        started = time.perf_counter()
        subprocess.run(COMMAND, env=env, cwd=ROOT, check=True, capture_output=True)
        whole, expected, killed = time.perf_counter() - started, readable(path), 0
        for _ in range(args.times):
            process = subprocess.Popen(COMMAND, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(draw.uniform(0.05, 0.9) * whole)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                killed += 1
            if readable(path) != expected:
                sys.exit(f"{path}: a reader saw a half file")
        subprocess.run(COMMAND, env=env, cwd=ROOT, check=True, capture_output=True)
        if readable(path) != expected:
            sys.exit(f"{path}: the build after the last kill differs")
    print(
        f"{args.times} builds, {killed} killed at a random moment: every reader saw a whole file, the next build stood"
    )


if __name__ == "__main__":
    main()
