"""Once a week: drop texts past their retention, then make one part of each older day's many.

How long texts are kept says RETENTION_DAYS; without it the purge fails and says so, and nothing is dropped.
"""

import sys
from pathlib import Path

import pendulum
from airflow.sdk import chain, dag

sys.path.append(str(Path(__file__).parents[1]))
from dags.steps import step


@dag(
    schedule="0 6 * * 0",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    max_active_runs=1,
    default_args={"owner": "tonlage"},
    tags=["tonlage"],
    doc_md=__doc__,
)
def maintenance():
    chain(step("purge", "warehouse purge"), step("compact", "warehouse compact"))


maintenance()
