"""Read-only questions to the warehouse file: one query, or a prompt that greets with the tables."""

import contextlib
import csv
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import duckdb

from warehouse.published import open_published

with contextlib.suppress(ImportError):  # not every Python has it
    import readline  # noqa: F401  gives input() a history and keys to edit the line

LEAVE = ("exit", "quit")
GREETING = """{path}, read-only. End a query with ; and leave with exit or Ctrl-D. Tables:

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


def _answer(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """Shows the answer or the error. Ctrl-C ends the query alone: a thread of its own, DuckDB does not hear it."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(_show, con, query)
        try:
            answer.result()
        except KeyboardInterrupt:
            while not answer.done():  # again, where it came between two statements
                con.interrupt()
                wait([answer], timeout=0.1)
            print("interrupted")
        except duckdb.Error as error:
            print(error)


def run_query(path: Path, query: str, *, as_csv: bool = False) -> None:
    """Prints the answer to each statement, as a box or as CSV with a header. Raises duckdb.Error for one that fails."""
    with open_published(path) as con:
        _show(con, query, as_csv=as_csv)


def prompt(path: Path) -> None:
    """Reads queries from standard input until it ends; an error or Ctrl-C does not end the session."""
    with open_published(path) as con:
        rows = con.execute(TABLES).fetchall()
        tables = "\n".join(f"  {name:<26}{size:>9}  {(comment or '').split('. ')[0]}" for name, size, comment in rows)
        print(GREETING.format(path=path, tables=tables))
        query = ""
        while True:
            try:
                line = input("tonlage> " if not query else "     ... ") + "\n"
            except EOFError:
                line = ""
            except KeyboardInterrupt:  # what was typed so far is given up
                print()
                query = ""
                continue
            if not query and line.strip().strip(".;").lower() in LEAVE:
                return
            query += line
            if not line and not query.strip():
                print()
                return
            if not query.strip():
                query = ""
            elif query.rstrip().endswith(";") or not line:
                _answer(con, query)
                query = ""
