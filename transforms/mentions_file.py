"""The mentions of a file of texts, for the command `python -m transforms mentions`."""

import os
from pathlib import Path
from typing import Any

from lake.seeds import companies
from transforms.jsonl import convert
from transforms.mentions import CompanyIndex


def run_mentions(
    in_path: str | os.PathLike[str], out_path: str | os.PathLike[str], companies_path: str | os.PathLike[str]
) -> int:
    """{doc_id, text} a line -> {doc_id, mentions: [{start, end, company_id}]} a line; returns how many documents.

    Source credits are printed, too, for they name the company; the make before a model's number is not.
    Raises SeedError for the CSV, InputError for a line.
    """
    index = CompanyIndex(companies(companies_path))

    def one(row: dict[str, Any]) -> dict[str, Any]:
        doc_id, text = row["doc_id"], row["text"]
        if not isinstance(text, str):
            raise TypeError(f"text must be a string, not {type(text).__name__}")
        found = [m for m in index.find(text) if not m.is_make]
        return {
            "doc_id": doc_id,
            "mentions": [{"start": m.start, "end": m.end, "company_id": m.company_id} for m in found],
        }

    return convert(Path(in_path), Path(out_path), one)
