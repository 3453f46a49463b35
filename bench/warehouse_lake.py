"""Generated lakes of scored articles for the benches of the warehouse: invented, drawn by hashes, always the same.

2,000 articles a day from 2010 on. Companies of the registry follow a Zipf law; of ten articles six name none, two name
one, the others two to four. A fifth are copies of a text of the hours before; 2 % arrive up to 20 days late; 3 % are
fetched again, changed, one to three days later. Bodies are one sentence long: the build does not read them.
"""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from lake import seeds
from lake.contracts import CONTRACTS

PER_DAY = 2_000
CHUNK_DAYS = 100
START = date(2010, 1, 1)
DRAWN = """create or replace temp table drawn as
with base as (
    select n, timestamptz '2010-01-01 00:00:00+00' + to_seconds(n * 86400 // {per_day}) as first_at,
        draw(n, 'fix') < 0.03 as is_fixed
    from range(greatest(0, {low} - 3 * {per_day}), {high}) as t (n)
),
fetched as (
    select n, 1 as version, first_at, first_at as fetched_at from base
    union all
    select n, 2, first_at, first_at + to_hours((24 + draw(n, 'wait') * 48)::bigint) from base where is_fixed
)
select
    n, version, n * 2 + version as key, left(sha256(n::varchar), 16) as article_id, fetched_at, fetched_at::date as day,
    first_at - to_minutes((if(draw(n, 'late') < 0.02, draw(n, 'delay') * 28800, draw(n, 'delay') * 600))::bigint)
        as published_at,
    left(sha256(if(draw(n, 'copy') < 0.2 and n > 7, n - 1 - n % 7, n)::varchar), 16) as story_id,
    publishers[1 + n % len(publishers)] as publisher,
    (draw(key, 'named') * 100)::int as share,
    case when share < 60 then 0 when share < 80 then 1 when share < 90 then 2 when share < 96 then 3 else 4 end as named
from fetched
cross join known
where fetched_at >= timestamptz '{since} 00:00:00+00' and fetched_at < timestamptz '{until} 00:00:00+00'"""
NAMED = """create or replace temp table named as
select distinct article_id, version, key, day, company_id
from (select *, unnest(range(named)) as k from drawn)
join companies on rank = 1 + floor(pow((select count(*) from companies), draw(key * 8 + k, 'who')))::int"""
PAIRS = """create or replace temp table pairs as
select a.article_id, a.key, a.version, a.day, a.company_id as company_a, b.company_id as company_b,
    a.company_id || '~' || b.company_id as pair_id, draw(a.key, 'tone') as tone
from named as a join named as b on a.key = b.key and a.company_id < b.company_id"""
SENTENCE = "'Ein erfundener Satz über zwei Unternehmen aus Rostock.'"
DATASETS = {
    "articles": f"""select article_id, version, 'https://zeitung.example/' || article_id as url, publisher,
        'Meldung ' || n || ' aus Rostock' as title, {SENTENCE} as body, published_at,
        (published_at at time zone 'Europe/Berlin')::date as published_on,
        (fetched_at at time zone 'Europe/Berlin')::date as known_on, fetched_at, 'jsonld' as date_source,
        'de' as language, 'full' as text_status, story_id, story_id <> article_id as is_wire_copy, 400 as word_count,
        article_id as text_hash, 'run' as run_id, day from drawn""",
    "mentions": """select article_id, version, s as sentence_no, company_id, 0 as start_char, 5 as end_char,
        company_id as surface, 'name' as match_rule, s = 0 as in_title, s < 2 as in_lead, false as is_source_credit,
        false as is_quoted, (hash(key, s) % 3)::int - 1 as company_sentiment, day from named, range(2) as t(s)""",
    "article_pairs": """select article_id, version, pair_id, company_a, company_b, 1 as sentences, 0.7 as dominance,
        0.2 + tone * 0.7 as relevance, if(draw(key, 'silent') < 0.3, null, floor(tone * 3) - 1) as relation_sentiment,
        tone as company_sentiment_a, 0.0 as company_sentiment_b, tone as sentiment_gap, 0.0 as hedged_share,
        1 as best_sentence_no, day from pairs""",
    "pair_sentences": f"""select article_id, version, s as sentence_no, pair_id,
        (floor(tone * 3) - 1)::int as relation_sentiment, 'deal' as relation_kind, 'kauft' as cue, 0.8 as confidence,
        'direct' as reach, false as is_hedged, false as is_quoted, false as is_past, {SENTENCE} as excerpt, day
        from pairs, range(1, 3) as t(s) where draw(key, 'silent') >= 0.3""",
    "score_runs": "select day as day, 'bench' as scorer_version, count(*) as articles from drawn group by day",
}


def generate(folder: Path, first_day: int, days: int) -> None:
    """Writes the days from START + first_day on, in the layout and with the columns and types of the contracts."""
    with duckdb.connect(":memory:") as con:
        con.execute("set timezone = 'UTC'")
        con.execute("create macro draw(row, salt) as (hash(row, salt) % 1000000) / 1000000.0")
        counted = [p.publisher for p in seeds.publishers() if p.state != "trial"]
        con.register("given", pa.table({"company_id": [company.company_id for company in seeds.companies()]}))
        con.execute("create table companies as select company_id, row_number() over () as rank from given")
        con.execute("create table known as select ? as publishers", [counted])
        for dataset in DATASETS:
            con.register("empty", CONTRACTS[dataset].empty_table())
            con.execute(f"create table {dataset} as from empty")
        for start in range(first_day, first_day + days, CHUNK_DAYS):
            end = min(start + CHUNK_DAYS, first_day + days)
            span = {"since": START + timedelta(days=start), "until": START + timedelta(days=end)}
            con.execute(DRAWN.format(low=start * PER_DAY, high=end * PER_DAY, per_day=PER_DAY, **span))
            con.execute(NAMED)
            con.execute(PAIRS)
            for dataset, sql in DATASETS.items():
                _write(con, folder, dataset, sql)


def _write(con: duckdb.DuckDBPyConnection, folder: Path, dataset: str, sql: str) -> None:
    keep = "day" in CONTRACTS[dataset].names
    rows = f"select * {'' if keep else 'exclude (day)'}, day as partition from ({sql})"
    con.execute(f"create or replace temp table chunk as from {dataset} limit 0")
    con.execute("alter table chunk add column partition date")
    con.execute(f"insert into chunk by name {rows}")
    for (day,) in con.execute("select distinct partition from chunk order by 1").fetchall():
        target = folder / dataset / f"day={day}"
        target.mkdir(parents=True, exist_ok=True)
        order = "order by all" if dataset == "score_runs" else "order by article_id, version"
        con.execute(
            f"copy (select * exclude (partition) from chunk where partition = ? {order}) "
            f"to '{target}/rows.parquet' (format parquet, compression zstd)",
            [day],
        )
