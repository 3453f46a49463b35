"""What the timetables share: how a command is run as a task, and which day a run is for."""

import shlex
import sys
from datetime import UTC
from pathlib import Path

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import Param, get_current_context, task

PROJECT = Path(__file__).parents[1]
DAY = "{{ ti.xcom_pull(task_ids='day') }}"
DAY_PARAM = Param(None, type=["null", "string"], format="date", title="UTC day", description="empty: the run's own day")
IN_PROJECT = {"cwd": str(PROJECT), "append_env": True}


def command(call: str) -> str:
    """The shell command for `python -m …` with the interpreter that Airflow runs on."""
    return f"{shlex.quote(sys.executable)} -m {call}"


def step(name: str, call: str) -> BashOperator:
    """A task that runs `python -m …` in the project's root and fails with it; {day} stands for the run's day."""
    return BashOperator(task_id=name, bash_command=command(call.format(day=DAY)), **IN_PROJECT)


@task
def day() -> str:
    """The day of a run, resolved here and nowhere else: the parameter, else the interval's start, else run_after."""
    context = get_current_context()
    moment = context.get("data_interval_start") or context["dag_run"].run_after
    return context["params"]["day"] or moment.astimezone(UTC).date().isoformat()
