"""The form of a refused row: nothing is lost, and the reason stands beside it."""

import json
from typing import Any

Row = dict[str, Any]


def quarantined(stage: str, row: Row, reason: str, detail: str) -> Row:
    """A row of the quarantine dataset: why it was refused, and the whole row as JSON for a replay."""
    return {
        "stage": stage,
        "reason": reason,
        "detail": detail,
        **{name: row[name] for name in ("url", "publisher", "fetched_at", "run_id")},
        "row": json.dumps(row, default=lambda value: value.isoformat(), ensure_ascii=False, sort_keys=True),
    }
