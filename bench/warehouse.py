"""Full build on generated lakes: time, peak memory, file size, and the five most used queries.

    python -m bench.warehouse --articles 100000 1000000

Companies follow a Zipf law over the registry; half of the articles name none, the others one to four.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from lake import seeds
from lake.contracts import CONTRACTS

ROOT = Path(__file__).parents[1]
PER_DAY = 2_000  # articles of all publishers on one day
ROUNDS = 5
DRAW = "(hash({}, {}) % 1000000) / 1000000.0"
QUERIES = {
    "a pair's windows": "from pair_sentiment_rolling where pair_id = $pair and window_days = 28 order by published_on",
    "pairs of the day": "select * from pair_sentiment_rolling where published_on = $day::date and window_days = 28 "
    "and is_reliable order by abs(relation_sentiment) desc limit 20",
    "evidence": "from evidence($pair, $day::date - 28, $day) limit 20",
    "why": "from why($pair, $day)",
    "signals of the week": "from pair_signals where raised_on between $day::date - 7 and $day::date",
}


def draw(salt: str, row: str = "n") -> str:
    """SQL for a number in 0 … 1 that depends on the row and the salt only."""
    return DRAW.format(row, f"'{salt}'")


def generate(folder: Path, articles: int) -> None:
    """A lake of scored articles, written by DuckDB in the layout and with the types of the contracts."""
    folder.mkdir(parents=True)
    con = duckdb.connect(":memory:")
    names = pa.table({"company_id": [company.company_id for company in seeds.companies()]})
    con.register("names", names)
    con.execute("create table companies as select company_id, row_number() over () as rank from names")
    con.execute(f"""create table drawn as select
        n, sha256(n::varchar)[:16] as article_id, 1::int as version,
        timestamptz '2020-01-01 00:00:00+00' + to_seconds((n * 86400 / {PER_DAY})::bigint) as fetched_at,
        fetched_at - to_minutes(({draw("delay")} * 600)::int) as published_at,
        if({draw("copy")} < 0.2, sha256((n - 1 - (n % 7))::varchar)[:16], article_id) as story_id,
        case when {draw("none")} < 0.5 then 0 else 1 + ({draw("many")} * 4)::int % 4 end as named,
        fetched_at::date as day
        from range({articles}) as t(n)""")
    # Zipf with exponent 1 by inversion: rank = N ^ u
    con.execute(f"""create table named as select distinct article_id, n, version, day, company_id
        from (select *, unnest(range(named)) as k from drawn) join companies
        on rank = 1 + floor(pow((select count(*) from companies), {draw("who", "n * 8 + k")}))::int""")
    con.execute(f"""create table pairs as select a.article_id, a.n, a.version, a.day, a.company_id as company_a,
        b.company_id as company_b, a.company_id || '~' || b.company_id as pair_id, {draw("tone", "a.n")} as tone
        from named as a join named as b on a.article_id = b.article_id and a.company_id < b.company_id""")
    write = {
        "articles": """select article_id, version, 'https://zeitung.example/' || article_id as url,
            'zeitung-' || (n % 40) as publisher, 'Meldung ' || n || ' aus Rostock' as title, 'Erfunden.' as body,
            published_at, (published_at at time zone 'Europe/Berlin')::date as published_on,
            (fetched_at at time zone 'Europe/Berlin')::date as known_on, fetched_at, 'jsonld' as date_source,
            'de' as language, 'full' as text_status, story_id, story_id <> article_id as is_wire_copy,
            400::int as word_count, article_id as text_hash, 'run' as run_id, day from drawn""",
        "mentions": """select article_id, version, s::int as sentence_no, company_id, 0::int as start_char,
            5::int as end_char, company_id as surface, 'name' as match_rule, s = 0 as in_title, s < 2 as in_lead,
            false as is_source_credit, false as is_quoted, (hash(n, s) % 3)::int - 1 as company_sentiment, day
            from named, range(2) as t(s)""",
        "article_pairs": """select article_id, version, pair_id, company_a, company_b, 1::int as sentences,
            0.7::double as dominance, 0.2 + tone * 0.7 as relevance, floor(tone * 3) - 1 as relation_sentiment,
            tone::double as company_sentiment_a, 0.0::double as company_sentiment_b, 0.0::double as sentiment_gap,
            0.0::double as hedged_share, 1::int as best_sentence_no, day from pairs""",
        "pair_sentences": """select article_id, version, s::int as sentence_no, pair_id,
            floor(tone * 3)::int - 1 as relation_sentiment, 'deal' as relation_kind, 'kauft' as cue,
            0.8::double as confidence, 'direct' as reach, false as is_hedged, false as is_quoted, false as is_past,
            'Ein erfundener Satz über zwei Unternehmen aus Rostock.' as excerpt, day from pairs, range(2) as t(s)""",
    }
    for dataset, sql in write.items():
        target = folder / dataset
        con.execute(f"copy ({sql} order by day, article_id) to '{target}' (format parquet, partition_by (day))")
        part = next(target.rglob("*.parquet"))
        missing = [f.name for f in CONTRACTS[dataset] if not f.nullable and f.name not in pq.read_schema(part).names]
        assert not missing, f"{dataset}: the bench gives no {missing}"


def fill_nullable(folder: Path) -> None:
    """Rewrites the files with all columns of the contract, as the store would have written them."""
    for path in folder.rglob("*.parquet"):
        schema = CONTRACTS[path.relative_to(folder).parts[0]]
        table = pq.read_table(path, partitioning=None)
        for field in schema:
            if field.name not in table.column_names:
                table = table.append_column(field.name, pa.nulls(len(table), field.type))
        pq.write_table(table.select(schema.names).cast(schema), path, compression="zstd")


def measure(articles: int) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="tonlage-bench-") as name:
        folder = Path(name)
        generate(folder / "lake", articles)
        fill_nullable(folder / "lake")
        env = os.environ | {"LAKE_DIR": str(folder / "lake"), "WAREHOUSE_DB": str(folder / "warehouse.duckdb")}
        started = time.perf_counter()
        command = [sys.executable, "-m", "warehouse", "build"]
        done = subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        print(done.stdout, file=sys.stderr)
        size = (folder / "warehouse.duckdb").stat().st_size / 2**20
        with duckdb.connect(env["WAREHOUSE_DB"], read_only=True) as con:
            busiest = "select mode(pair_id order by pair_id), max(published_on) from article_pairs"
            pair, day = con.execute(busiest).fetchone()
            rows = con.execute("select count(*) from pair_sentiment_rolling").fetchone()[0]
            lines = [f"| {articles:,} | {seconds:.0f} s | {peak:.1f} GB | {size:,.0f} MB | {rows:,} |"]
            for what, sql in QUERIES.items():
                given = {key: value for key, value in (("pair", pair), ("day", str(day))) if f"${key}" in sql}
                times = []
                for _ in range(ROUNDS):
                    begin = time.perf_counter()
                    con.execute(sql, given).fetchall()
                    times.append(time.perf_counter() - begin)
                lines.append(f"  {what}: {1000 * statistics.median(times):.0f} ms")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.warehouse", description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[100_000])
    args = parser.parse_args()
    print("| articles | full build | peak memory | file | rolling rows |")
    for articles in args.articles:
        print("\n".join(measure(articles)), flush=True)


if __name__ == "__main__":
    main()
