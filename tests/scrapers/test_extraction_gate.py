"""Extraction must not get worse: our figures on the shared gold, across families, against the committed ones."""

import json

import pytest

from bench.extraction import GATE, gate_figures
from bench.extraction_gold import gold_dir

TOLERANCE = 0.003
LOWER_IS_BETTER = {"leakage_micro", "pages_F1_below_080"}


def _committed() -> dict[str, float]:
    return {name: value for name, value in json.loads(GATE.read_text(encoding="utf-8")).items() if value is not None}


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    try:
        gold_dir()
    except FileNotFoundError as error:
        pytest.skip(f"no gold to measure with: {error}")
    return gate_figures()


@pytest.mark.parametrize("name", sorted(_committed()))
def test_quality_has_not_dropped(name: str, measured: dict[str, float]):
    drop = _committed()[name] - measured[name]
    if name in LOWER_IS_BETTER:
        drop = -drop
    assert drop <= TOLERANCE, (
        f"{name}: {measured[name]} against {_committed()[name]}; "
        "if the new one is right, commit it: python -m bench.extraction --only-ours --gate"
    )
