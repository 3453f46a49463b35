"""Crawl every publisher, several times a day, for feeds forget within hours. A broken one is one red square.

Which ones: the parameter `publishers`, else the environment's PUBLISHERS: demo, all, or slugs with commas.
"""

import os
import sys
from pathlib import Path

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import Param, dag, get_current_context, task

sys.path.append(str(Path(__file__).parents[1]))
from dags.steps import IN_PROJECT, command


@task
def commands() -> list[str]:
    from lake.seeds import publishers_to_crawl

    selection = get_current_context()["params"]["publishers"] or os.environ.get("PUBLISHERS", "")
    return [command(f"scrapy crawl {slug}") for slug in publishers_to_crawl(selection)]


@dag(
    schedule="20 */4 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    max_active_runs=1,
    default_args={"owner": "tonlage"},
    params={"publishers": Param(None, type=["null", "string"], description="demo, all, or slugs: taz,heise")},
    doc_md=__doc__,
)
def crawl():
    name = "{{ task.bash_command.split()[-1] }}"
    BashOperator.partial(task_id="publisher", map_index_template=name, **IN_PROJECT).expand(bash_command=commands())


crawl()
