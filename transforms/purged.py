"""Rows whose texts were purged: what was made of them stays as it is, for it cannot be made again."""

from datetime import date
from typing import Any

from lake.contracts import ContractError

Row = dict[str, Any]


def split_purged(dataset: str, day: date, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """(rows with their texts, rows without), in their order.

    Raises ContractError where no text is left, so that a purged day is not taken for one without articles.
    """
    kept = [row for row in rows if row["purged_at"] is None]
    purged = [row for row in rows if row["purged_at"] is not None]
    if purged and not any(row.get("permission") != "reserved" for row in kept):
        raise ContractError(
            f"{dataset}: the texts of {day} were purged, so the day cannot be made again; what was made of it is kept"
        )
    return kept, purged
