"""Read-only questions to the warehouse file: one query, or a prompt that greets with the tables."""

import csv
import sys
from pathlib import Path

import duckdb

from warehouse.published import open_published

GREETING = """{path}, read-only. End a query with ; and leave with Ctrl-D. Tables:

{tables}

A table's columns: describe pair_sentiment_daily; or select * from duckdb_columns() for their meaning.
"""
TABLES = """select table_name, format('{:,}', estimated_size) as size, comment from duckdb_tables()
where schema_name = 'main'
union all select view_name, 'view', comment from duckdb_views() where schema_name = 'main' and not internal
order by 1"""


def _show(con: duckdb.DuckDBPyConnection, query: str, *, as_csv: bool = False) -> None:
    for statement in duckdb.extract_statements(query):
        relation = con.sql(statement.query)
        if relation is None:
            continue
        if as_csv:
            csv.writer(sys.stdout, lineterminator="\n").writerows([relation.columns, *relation.fetchall()])
        else:
            relation.show(max_rows=100, max_width=160)


def run_query(path: Path, query: str, *, as_csv: bool = False) -> None:
    """Prints the answer to each statement, as a box or as CSV with a header. Raises duckdb.Error for one that fails."""
    with open_published(path) as con:
        _show(con, query, as_csv=as_csv)


def prompt(path: Path) -> None:
    """Reads queries from standard input until it ends; an error is shown and does not end the session."""
    with open_published(path) as con:
        rows = con.execute(TABLES).fetchall()
        tables = "\n".join(f"  {name:<26}{size:>9}  {(comment or '').split('. ')[0]}" for name, size, comment in rows)
        print(GREETING.format(path=path, tables=tables))
        query = ""
        while True:
            print("tonlage> " if not query else "     ... ", end="", flush=True)
            line = sys.stdin.readline()
            query += line
            if not line and not query.strip():
                print()
                return
            if not query.strip():
                query = ""
            elif query.rstrip().endswith(";") or not line:
                try:
                    _show(con, query)
                except duckdb.Error as error:
                    print(error)
                query = ""
