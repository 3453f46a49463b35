"""Builds of the same lake, by days and from scratch, and what differs between their files."""

import duckdb
import pytest

from warehouse.build import build
from warehouse.macro_files import AS_OF
from warehouse.model_files import in_order


def publish(*, full=False):
    """What a build said."""
    said = []
    build(say=said.append, full=full)
    return said


def differences(one, other):
    """Tables of one file that are not those of the other, with rows that differ; as-of figures of the last day too."""
    found = {}
    asked = [model.name for model in in_order()]
    with duckdb.connect(str(one), read_only=True) as a, duckdb.connect(str(other), read_only=True) as b:
        last = a.execute("select max(published_on) from articles").fetchone()[0]
        asked += [f"{name}_at('{last}')" for name in AS_OF]
        for name in asked:
            left, right = (con.execute(f"from {name} order by all").fetchall() for con in (a, b))
            if left != right:
                left, right = set(map(repr, left)), set(map(repr, right))
                found[name] = sorted(left - right)[:3], sorted(right - left)[:3]
    return found


def from_scratch(folder):
    """A full build of the lake as it is now, into the folder; returns its file."""
    path = folder / "whole.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAREHOUSE_DB", str(path))
        publish(full=True)
    return path
