"""Clean, validate, score and publish the day that ended.

Depends on nothing but the lake, so that any day can be rerun: give the parameter `day`.
"""

import sys
from pathlib import Path

import pendulum
from airflow.sdk import chain, dag
from airflow.timetables.interval import CronDataIntervalTimetable

sys.path.append(str(Path(__file__).parents[1]))
from dags.steps import DAY_PARAM, day, step


@dag(
    schedule=CronDataIntervalTimetable("0 4 * * *", timezone="Europe/Berlin"),
    start_date=pendulum.datetime(2026, 1, 1, tz="Europe/Berlin"),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "tonlage"},
    params={"day": DAY_PARAM},
    tags=["tonlage"],
    doc_md=__doc__,
)
def daily():
    chain(
        day(),
        step("clean", "transforms clean {day}"),
        step("validate", "transforms validate {day}"),
        step("score", "transforms score {day}"),
        step("build", "warehouse build"),
        step("check", "warehouse check"),
    )


daily()
