"""Kills builds at random moments, whole ones and builds by days: readers never see a half file, the next build stands.

    python -m bench.warehouse_kill --times 50

A moment is drawn as a step of the build, after its start, and a share of the time that it takes; one in ten falls on
the swap itself. A reader opens the file again and again, and reads every table to its end, all the while.
"""

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.warehouse_lake import generate
from warehouse.published import open_published

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-u", "-m", "warehouse", "build"]
DAYS = 12
DAY = "2010-01-12"  # the last of them
SWAP = "the swap"


def readable(path: Path) -> tuple[int, str]:
    """(articles, hash of every row of every table) of the published file, opened as the verbs of warehouse do."""
    tables = "select table_name from duckdb_tables() where schema_name = 'main' order by table_name"
    found = []
    with open_published(path) as con:
        for (table,) in con.execute(tables).fetchall():
            rows = con.execute(f"select count(*), sum(hash(t)::hugeint) from {table} as t").fetchone()
            found.append((table, *rows))
        articles = con.execute("select count(*) from articles").fetchone()[0]
    return articles, hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def turn(lake: Path, aside: Path) -> None:
    """Takes the last day out of the lake, or puts it back."""
    for dataset in sorted(lake.iterdir()):
        last = dataset / f"day={DAY}"
        source, target = (last, aside / dataset.name) if last.exists() else (aside / dataset.name, last)
        if source.exists():
            shutil.move(source, target)


class Build:
    """A build as a process, and the step that it is in: the last line that it printed."""

    def __init__(self, env: dict[str, str], *, full: bool) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "--full"] if full else COMMAND, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        self.steps = [("start", time.perf_counter())]
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.steps.append((line.split(":")[0].strip(), time.perf_counter()))

    def wait(self) -> list[tuple[str, float]]:
        """(step, seconds that it took) of a build that must succeed."""
        if self.process.wait():
            sys.exit("a build failed that nobody killed")
        self.thread.join()
        ends = [at for _, at in self.steps[1:]]
        return [(step, end - at) for (step, at), end in zip(self.steps, ends, strict=False)]

    def kill_in(self, step: int, wait: float) -> str | None:
        """Kills the build so many seconds after it has come to its step; the step, None where it had ended by then."""
        while len(self.steps) <= step and self.process.poll() is None:
            time.sleep(0.001)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(wait)
        return self._kill(self.steps[-1][0])

    def kill_at_swap(self, path: Path) -> str | None:
        """Kills the build as soon as another file stands at the path."""
        before = path.stat().st_ino
        while path.stat().st_ino == before and self.process.poll() is None:
            pass
        return self._kill(SWAP)

    def _kill(self, step: str) -> str | None:
        self.process.kill()
        self.process.wait()
        self.thread.join()
        return step if self.process.returncode < 0 else None


@contextlib.contextmanager
def reading(path: Path, built: set[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Reads the file all the while; the list of what was seen. Ends the bench where that is no file of a build."""
    seen: list[tuple[int, str]] = []
    command = [sys.executable, "-u", "-m", "bench.warehouse_kill", "--read", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        thread = threading.Thread(target=lambda: seen.extend(map(_as_read, process.stdout)))
        thread.start()
        yield seen
        alive = process.poll() is None
        process.kill()
        thread.join()
    if not alive or not set(seen) <= built:
        sys.exit(f"{path}: the reader {f'saw {set(seen) - built}' if alive else 'failed'}; builds give {built}")
    if not seen:
        sys.exit(f"{path}: the reader never came to the end of a file; more --times give it longer")


def _as_read(line: str) -> tuple[int, str]:
    """What the reader printed."""
    articles, rows = line.split()
    return int(articles), rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.warehouse_kill", description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--read", type=Path, help="only read this file, for ever")
    args = parser.parse_args()
    while args.read:
        print(" ".join(map(str, readable(args.read))))  # one write: a kill leaves no half line
    draw = random.Random(args.seed)
    killed: Counter[str | None] = Counter()
    with tempfile.TemporaryDirectory(prefix="tonlage-kill-") as name:
        folder = Path(name)
        lake, aside, path = folder / "lake", folder / "aside", folder / "warehouse.duckdb"
        aside.mkdir()
        generate(lake, 0, DAYS)
        env = os.environ | {"LAKE_DIR": str(lake), "WAREHOUSE_DB": str(path)}
        steps, built = {}, set()
        for full in (True, False):
            steps[full] = Build(env, full=full).wait()
            built.add(readable(path))
            turn(lake, aside)
        with reading(path, built) as seen:
            while killed.total() - killed[None] < args.times:
                full = bool(killed.total() % 2)
                if not full:
                    turn(lake, aside)
                build = Build(env, full=full)
                if draw.random() < 0.1:
                    killed[build.kill_at_swap(path)] += 1
                    continue
                step = draw.choices(range(1, len(steps[full])), [took for _, took in steps[full][1:]])[0]
                killed[build.kill_in(step, draw.random() * steps[full][step][1])] += 1
        Build(env, full=False).wait()
        by_days = readable(path)
        Build(env, full=True).wait()
        if by_days != readable(path):
            sys.exit(f"{path}: the build after the last kill differs from a whole one")
    ended = killed.pop(None, 0)
    print(f"{killed.total() + ended} builds, half of them by days: {killed.total()} killed, {ended} had ended before")
    print(f"killed in: {', '.join(f'{step} {count}' for step, count in killed.most_common())}")
    print(f"readers read the file {len(seen)} times, whole each time; the next build stood")


if __name__ == "__main__":
    main()
