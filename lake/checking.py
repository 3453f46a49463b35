"""Whether rows keep their dataset's contract: a breach is named by dataset, row, url and field."""

import difflib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from lake.contracts import ContractError, contract


def _where(dataset: str, number: int, row: Mapping[str, Any]) -> str:
    url = row.get("url") or row.get("article_id")
    return f"{dataset} row {number}" + (f" ({url})" if url else "")


def _suspect(field: pa.Field, value: Any) -> str | None:
    """What pyarrow would accept and bend: a time without zone, a string as a list of its characters."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return f"{field.name} {value.isoformat()} has no time zone; give an aware datetime, e.g. in UTC"
    if pa.types.is_list(field.type) and isinstance(value, str):
        return f"{field.name} must be {field.type}, not the string {value!r:.60}"
    return None


def _field_error(field: pa.Field, row: Mapping[str, Any]) -> str | None:
    value = row.get(field.name)
    if value is None:
        if field.nullable:
            return None
        hint = ""
        if row.get("publisher") and row.get("url"):
            hint = f"; is the selector of spider '{row['publisher']}' out of date? Try: scrapy probe {row['url']}"
        return f"no value for {field.name}{hint}"
    if message := _suspect(field, value):
        return message
    try:
        pa.scalar(value.astimezone(UTC) if isinstance(value, datetime) else value, type=field.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        return f"{field.name} must be {field.type}, not {type(value).__name__} {value!r:.60} ({error})"
    return None


def row_errors(dataset: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with one row: (field, message) for each breach; empty when the row keeps the contract."""
    schema = contract(dataset)
    errors = []
    for name in row:
        if name not in schema.names:
            hint = difflib.get_close_matches(name, schema.names, n=1)
            errors.append((name, f"not in the contract: {name}" + (f"; did you mean {hint[0]}?" if hint else "")))
    for field in schema:
        if message := _field_error(field, row):
            errors.append((field.name, message))
    return errors


def to_table(dataset: str, rows: Sequence[Mapping[str, Any]] | pa.Table) -> pa.Table:
    """Rows as a table that keeps the dataset's contract, columns in the contract's order.

    Raises ContractError that names dataset, row, url and field of the first breach.
    """
    schema = contract(dataset)
    if isinstance(rows, pa.Table):
        return _check_table(dataset, rows, schema)
    try:
        known = all(row.keys() <= set(schema.names) for row in rows)
        bent = [f for f in schema if pa.types.is_temporal(f.type) or pa.types.is_list(f.type)]
        if known and not any(_suspect(field, row.get(field.name)) for row in rows for field in bent):
            table = pa.Table.from_pylist(list(rows), schema=schema)
            table.validate()
            if not any(table[field.name].null_count for field in schema if not field.nullable):
                return table
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        pass  # row by row below, to name the row and the field
    for number, row in enumerate(rows):
        for _, message in row_errors(dataset, row):
            raise ContractError(f"{_where(dataset, number, row)}: {message}")
    raise ContractError(f"{dataset}: the rows do not fit the contract, though each row does; please report this")


def _check_table(dataset: str, table: pa.Table, schema: pa.Schema) -> pa.Table:
    if extra := sorted(set(table.column_names) - set(schema.names)):
        hint = difflib.get_close_matches(extra[0], schema.names, n=1)
        raise ContractError(
            f"{dataset}: not in the contract: {', '.join(extra)}" + (f"; did you mean {hint[0]}?" if hint else "")
        )
    if missing := [n for n in schema.names if n not in table.column_names]:
        raise ContractError(f"{dataset}: columns missing: {', '.join(missing)}; see lake/contracts.py")
    for name in (f.name for f in schema if not f.nullable and table[f.name].null_count):
        number = table[name].is_null().index(True).as_py()
        row = table.slice(number, 1).to_pylist()[0]
        raise ContractError(f"{_where(dataset, number, row)}: no value for {name}")
    for field in schema:
        if pa.types.is_timestamp(field.type) and table.schema.field(field.name).type.tz is None:
            raise ContractError(f"{dataset}: {field.name} has no time zone; give timestamps in UTC")
    try:
        return table.select(schema.names).cast(schema)
    except (pa.ArrowInvalid, ValueError) as error:
        raise ContractError(f"{dataset}: {error}") from error
