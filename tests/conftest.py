"""What all tests share: a lake of their own, and the gold data where it is there."""

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


@pytest.fixture
def lake_dir(tmp_path, monkeypatch):
    """An empty lake, warehouse and reports folder for one test."""
    monkeypatch.setenv("LAKE_DIR", str(tmp_path / "lake"))
    monkeypatch.setenv("WAREHOUSE_DB", str(tmp_path / "warehouse.duckdb"))
    monkeypatch.setenv("REPORTS_DIR", str(tmp_path / "reports"))
    return tmp_path / "lake"


@pytest.fixture(scope="session")
def shared():
    """The folder with gold data and the seed article; tests that need it are skipped where it is not there."""
    folder = Path(os.environ.get("TONLAGE_SHARED") or PROJECT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(f"no gold data in {folder}: it is not part of the project (set TONLAGE_SHARED to its folder)")
    return folder
