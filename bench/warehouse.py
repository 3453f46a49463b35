"""The warehouse on generated lakes: full build, a day's build, queries, size, memory; Polars beside it.

    python -m bench.warehouse --articles 100000 1000000 10000000

Seconds are wall clock; beside them the processor seconds of the build, which tell more on a machine that is shared.
bench/warehouse_lake.py says what the lakes are like. --folder keeps them and uses them again.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench.warehouse_lake import PER_DAY, generate

ROOT = Path(__file__).parents[1]
ROUNDS = 7
BUSY = """select mode(pair_id order by pair_id), (select max(published_on) from calendar) from article_pairs
where novelty_rank = 1"""
QUERIES = {
    "a pair's 28-day windows, whole history": "from pair_sentiment_rolling where pair_id = $pair and window_days = 28 "
    "order by published_on",
    "reliable pairs of a day": "from pair_sentiment_rolling where published_on = $day::date and window_days = 28 "
    "and is_reliable order by abs(relation_sentiment) desc limit 20",
    "evidence of 28 days": "from evidence($pair, $day::date - 28, $day) limit 20",
    "why": "from why($pair, $day)",
    "signals of a week": "from pair_signals where raised_on between $day::date - 7 and $day::date",
}


def run(command: list[str], env: dict[str, str]) -> tuple[float, float, float, str]:
    """(seconds, processor seconds, peak memory in GB, what it printed) of a command. Raises where it fails."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, env=os.environ | env, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        out.seek(0)
        said = out.read()
    if status:
        raise RuntimeError(f"{' '.join(command)}: {said[-2000:]}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20, said


def timed(con: duckdb.DuckDBPyConnection, sql: str, given: dict[str, str]) -> float:
    """Median milliseconds of a query."""
    asked = {name: value for name, value in given.items() if f"${name}" in sql}
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        con.execute(sql, asked).fetchall()
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times)


def measure(folder: Path, articles: int) -> list[str]:
    """Lines of the report for one size."""
    days = articles // PER_DAY
    lake, file = folder / f"lake-{articles}", folder / f"warehouse-{articles}.duckdb"
    if not lake.exists():
        generate(lake, 0, days)
    env = {"LAKE_DIR": str(lake), "WAREHOUSE_DB": str(file)}
    build = [sys.executable, "-m", "warehouse", "build"]
    lines = []
    seconds, cpu, memory, _ = run([*build, "--full"], env)
    lines.append(f"full build: {seconds:.0f} s, processor {cpu:.0f} s, peak {memory:.1f} GB")
    lines.append(f"file: {file.stat().st_size / 2**20:,.0f} MB")
    generate(lake, days, 1)
    seconds, cpu, memory, said = run(build, env)
    assert "by days" in said, said
    lines.append(f"a day's build: {seconds:.1f} s, processor {cpu:.1f} s, peak {memory:.1f} GB")
    for dataset in lake.iterdir():  # the next run starts from the same lake
        for day in sorted(dataset.glob("day=*"))[days:]:
            for part in day.iterdir():
                part.unlink()
            day.rmdir()
    with duckdb.connect(str(file), read_only=True) as con:
        pair, day = con.execute(BUSY).fetchone()
        for what, sql in QUERIES.items():
            lines.append(f"{what}: {timed(con, sql, {'pair': pair, 'day': str(day)}):.0f} ms")
    with contextlib.suppress(ImportError):
        lines.append(peer(lake, env))
    return lines


def peer(lake: Path, env: dict[str, str]) -> str:
    """The daily and rolling figures by Polars, as one would write them: without quiet days, sure only where it ends."""
    import polars  # noqa: F401 - only in the environment of the benches

    try:
        seconds, cpu, memory, said = run([sys.executable, "-m", "bench.warehouse_peer", str(lake)], env)
    except RuntimeError as error:
        return f"Polars: died ({str(error).splitlines()[-1][:100]})"
    return (
        f"Polars, daily and rolling alone: {seconds:.0f} s, processor {cpu:.0f} s, peak {memory:.1f} GB, {said.strip()}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.warehouse", description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, help="where lakes and files stay; default: they are removed")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tonlage-bench-") as name:
        for articles in args.articles:
            print(f"{articles:,} articles, {articles // PER_DAY:,} days", flush=True)
            print("\n".join(f"  {line}" for line in measure(args.folder or Path(name), articles)), flush=True)


if __name__ == "__main__":
    main()
