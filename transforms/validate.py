"""Great Expectations over a day's articles: bad rows to quarantine, a Data Docs page, a stop when the day is broken."""

import json
import logging
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from lake import store
from lake.contracts import ContractError, contract
from transforms.purged import split_purged
from transforms.quarantine import quarantined

Row = dict[str, Any]
DEFAULT_REPORTS_DIR = "data/reports"
FEW = 10  # fewer broken rows never stop a day: on a quiet day one row is a large share
SHOWN = 160  # characters of a value on the Data Docs page: it is kept longer than texts may be
FROM_ELSEWHERE = re.compile(
    r"<script[^>]+src=[\"']?(?:https?:)?//[^>]*>\s*</script>|<link[^>]+href=[\"']?(?:https?:)?//[^>]*>"
)


class BrokenDayError(RuntimeError):
    """A critical expectation was broken by too many rows: the day must not be published."""


@dataclass
class Verdict:
    """What validation found: rows kept and refused, warnings and stops in words, the Data Docs page."""

    kept: int = 0
    refused: Counter = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    page: Path | None = None


def _restored(held: list[Row]) -> list[Row]:
    """Articles that an earlier validation of the same day refused: each validation judges the whole day."""
    schema = contract("articles")
    rows = [json.loads(q["row"]) | {"purged_at": None} for q in held]
    times = [f.name for f in schema if pa.types.is_timestamp(f.type)]
    dates = [f.name for f in schema if pa.types.is_date(f.type)]
    for row in rows:
        row.update({name: datetime.fromisoformat(row[name]) for name in times if row.get(name)})
        row.update({name: date.fromisoformat(row[name]) for name in dates})
    return rows


def _frame(rows: list[Row]) -> pd.DataFrame:
    """Only the columns that the suite needs, as pandas, with a row number that expectations report."""
    columns = ("url", "title", "body", "word_count", "text_status", "date_source")
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in columns})
    frame["row"] = range(len(rows))
    frame["key"] = [f"{row['article_id']} {row['version']}" for row in rows]
    frame["authors"] = ["; ".join(row["authors"]) if row["authors"] else None for row in rows]
    frame["age_days"] = pd.Series([(row["known_on"] - row["published_on"]).days for row in rows], dtype="int64")
    return frame


def _run_suite(frame: pd.DataFrame) -> Any:
    """The suite's result on the frame; imported here, for the library takes ten seconds to load."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    from transforms.expectations import articles_suite

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("lake").add_dataframe_asset("articles")
    definition = gx.ValidationDefinition(
        name="articles",
        data=asset.add_batch_definition_whole_dataframe("day"),
        suite=context.suites.add(articles_suite()),
    )
    return context.validation_definitions.add(definition).run(
        batch_parameters={"dataframe": frame},
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["row"]},
    )


def _cut(value: Any) -> Any:
    """The value with every text cut to SHOWN characters, in lists and mappings too."""
    if isinstance(value, dict):
        return {key: _cut(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cut(item) for item in value]
    return value[:SHOWN] if isinstance(value, str) else value


def _data_docs(result: Any, day: date) -> Path:
    """Writes the day's page: values cut short, nothing fetched from elsewhere when it is opened."""
    from great_expectations.render.renderer import ValidationResultsPageRenderer
    from great_expectations.render.view import DefaultJinjaPageView

    page = Path(os.environ.get("REPORTS_DIR") or DEFAULT_REPORTS_DIR) / "validation" / f"{day}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    aside = page.with_suffix(".writing")
    for outcome in result.results:
        outcome.result = _cut(outcome.result)
    html = DefaultJinjaPageView().render(ValidationResultsPageRenderer().render(result))
    aside.write_text(FROM_ELSEWHERE.sub("", html), encoding="utf-8")
    aside.replace(page)
    return page


def _described(outcome: Any) -> tuple[str, str, str]:
    """(name, column, words) of one expectation's outcome."""
    config, found = outcome.expectation_config, outcome.result
    column = config.kwargs.get("column", "table")
    share = found.get("unexpected_percent")
    seen = f"{share:.1f} % of rows" if share is not None else f"observed {found.get('observed_value')}"
    examples = ", ".join(repr(value)[:60] for value in (found.get("partial_unexpected_list") or [])[:3])
    return config.type, column, f"{config.type}({column}): {seen}" + (f", e.g. {examples}" if examples else "")


def validate(day: date) -> Verdict:
    """Validates the day's articles; rewrites articles and quarantine of the day. The same rows in, the same out.

    Raises ContractError when the day has not been cleaned, or its texts were purged, BrokenDayError when a critical
    expectation failed as a whole: then the rows stay as they are, so that nothing half-checked is published.
    """
    if day not in store.days("articles"):
        raise ContractError(f"articles: nothing cleaned for {day}. Try: python -m transforms clean {day}")
    # A run that was killed between its two writes has left a row in both places: it is judged once.
    articles, purged = split_purged("articles", day, store.read("articles", [day]).to_pylist())
    held = [row for row in store.read("quarantine", [day]).to_pylist() if row["stage"] == "validate"]
    candidates = [*_restored([row for row in held if row["row"]]), *articles]
    by_key = {(row["article_id"], row["version"]): row for row in candidates}
    rows = [by_key[key] for key in sorted(by_key)]
    result = _run_suite(_frame(rows))
    verdict = Verdict(page=_data_docs(result, day))
    broken: dict[int, tuple[str, str]] = {}
    for outcome in result.results:
        if outcome.exception_info.get("raised_exception"):
            raise BrokenDayError(f"articles {day}: an expectation could not be run: {outcome.exception_info}")
        name, column, words = _described(outcome)
        if outcome.expectation_config.severity == "warning":
            verdict.warnings += [] if outcome.success else [words]
            continue
        for unexpected in outcome.result.get("unexpected_index_list") or []:
            broken.setdefault(unexpected["row"], (f"expectation:{name.removeprefix('expect_')}:{column}", words))
        if not outcome.success and outcome.result["unexpected_count"] >= FEW:
            verdict.stops.append(words)
    if verdict.stops:
        raise BrokenDayError(f"articles {day}: {'; '.join(verdict.stops)}. See {verdict.page}")
    refused = [quarantined("validate", rows[number], *why) for number, why in sorted(broken.items())]
    kept = [row for number, row in enumerate(rows) if number not in broken] + purged
    store.replace("quarantine", day, [*refused, *(row for row in held if not row["row"])], part="validate")
    store.replace("articles", day, sorted(kept, key=lambda row: (row["article_id"], row["version"])))
    verdict.kept = len(rows) - len(broken)
    verdict.refused = Counter(row["reason"] for row in refused)
    return verdict
