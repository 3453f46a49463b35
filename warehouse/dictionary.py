"""The data dictionary, and the tables as Parquet files, both read from the published file itself."""

from pathlib import Path

from warehouse.macro_files import table_macros
from warehouse.model_files import in_order
from warehouse.published import open_published

TABLES = """select table_name, comment from duckdb_tables() where schema_name = 'main'
union all select view_name, comment from duckdb_views() where schema_name = 'main' and not internal
order by table_name"""
COLUMNS = """select column_name, data_type, comment from duckdb_columns()
where schema_name = 'main' and table_name = ? order by column_index"""
HEAD = """# What is in each table?

Printed by `python -m warehouse dictionary` from the comments that the warehouse file carries. Sentiment is −1 to +1;
null means no evidence, 0 balanced evidence; `_on` is a day in Berlin, `_at` a time in UTC.
"""


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def dictionary(path: Path) -> str:
    """The dictionary as Markdown: every table with its columns, every table macro with its columns."""
    lines = [HEAD]
    with open_published(path) as con:
        for table, comment in con.execute(TABLES).fetchall():
            lines += [f"## {table}", "", _sentence(comment), "", "| column | type | holds |", "|---|---|---|"]
            for column, kind, doc in con.execute(COLUMNS, [table]).fetchall():
                lines.append(f"| {column} | {kind.lower()} | {_cell(doc)} |")
            lines.append("")
    lines += ["# What can be asked with a parameter?", ""]
    for macro in table_macros({model.name: model for model in in_order()}):
        lines += [f"## {macro.call}", "", _sentence(macro.description), ""]
        if macro.name.endswith("_at"):
            lines += [f"Columns as in {macro.name.removesuffix('_at')}.", ""]
            continue
        lines += ["| column | holds |", "|---|---|"]
        lines += [f"| {column} | {_cell(doc)} |" for column, doc in macro.columns.items()]
        lines.append("")
    return "\n".join(lines)


def export(path: Path, folder: Path) -> list[Path]:
    """Writes every table as <table>.parquet (zstd) into the folder; returns the files. No half file stands there."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    with open_published(path) as con:
        for table, _ in con.execute(TABLES).fetchall():
            target = folder / f"{table}.parquet"
            aside = folder / f".{table}.parquet.writing"
            name = str(aside).replace("'", "''")
            con.execute(f"copy main.{table} to '{name}' (format parquet, compression zstd)")
            aside.replace(target)
            files.append(target)
    return files
