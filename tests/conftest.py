"""What all tests share: a lake of their own, and the gold data where it is there."""

import contextlib
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

PROJECT = Path(__file__).parents[1]


_ON_THE_DEMO_PORT = ("tests/test_readme.py", "tests/test_demo_day.py", "tests/warehouse/test_docs.py")


class _Scheduling(LoadFileScheduling):
    """With several processes a file's tests stay in one of them, and so do all files whose tests share demo_day."""

    def _split_scope(self, nodeid: str) -> str:
        return "demo" if nodeid.startswith(_ON_THE_DEMO_PORT) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)  # with -p no:xdist there is none
def pytest_xdist_make_scheduler(config, log):
    return _Scheduling(config, log)


@pytest.fixture
def lake_dir(tmp_path, monkeypatch):
    """An empty lake, warehouse and reports folder for one test."""
    monkeypatch.setenv("LAKE_DIR", str(tmp_path / "lake"))
    monkeypatch.setenv("WAREHOUSE_DB", str(tmp_path / "warehouse.duckdb"))
    monkeypatch.setenv("REPORTS_DIR", str(tmp_path / "reports"))
    return tmp_path / "lake"


def free_ports() -> int:
    """A port that is free together with the next one: the demonstration's two mastheads."""
    for _ in range(100):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port
    raise AssertionError("no two free ports in a row")


@pytest.fixture(scope="session")
def shared():
    """The folder with gold data and the seed article; tests that need it are skipped where it is not there."""
    folder = Path(os.environ.get("TONLAGE_SHARED") or PROJECT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(f"no gold data in {folder}: it is not part of the project (set TONLAGE_SHARED to its folder)")
    return folder


@pytest.fixture(scope="session")
def demo_day(tmp_path_factory):
    """The demonstration crawled over HTTP and run to the warehouse once for all tests; a dict of its environment."""
    folder = tmp_path_factory.mktemp("demo")
    env = os.environ | {
        "LAKE_DIR": str(folder / "lake"),
        "WAREHOUSE_DB": str(folder / "warehouse.duckdb"),
        "REPORTS_DIR": str(folder / "reports"),
        "DEMO_PORT": "8421",  # the default: addresses, so ids and the order of equals, are those of `make run`
    }
    day = datetime.now(UTC).date().isoformat()
    crawls = " && ".join(f"{sys.executable} -m scrapy crawl {name}" for name in ("hafenkurier", "boersenbote"))
    commands = [["demo", "during", "--", "bash", "-c", crawls]]
    commands += [["transforms", stage, day] for stage in ("clean", "validate", "score")]
    for command in [*commands, ["warehouse", "build"]]:
        done = subprocess.run([sys.executable, "-m", *command], env=env, cwd=PROJECT, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        assert done.stderr == "", command
    return env
