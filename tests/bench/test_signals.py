"""The signals bench: its worlds are what they say, its interval is exact, its rules are the warehouse's."""

import numpy as np
import pandas as pd
import pytest

from bench.signals import CHANGE, DAYS, EVENTS, QUIET, START, World, history, interval, signals


def per_day(world, rate, pairs=400):
    """Articles by pair and day."""
    rows = history(world, rate, pairs, np.random.default_rng(3))
    found = np.zeros((pairs, DAYS), int)
    found[rows.pair, rows.day] = rows.articles
    return found


@pytest.mark.parametrize("world", QUIET, ids=lambda world: world.name)
def test_a_quiet_world_has_the_articles_it_says(world):
    assert per_day(world, 0.5).mean() == pytest.approx(0.5, rel=0.05)


def test_bursts_are_as_wide_and_as_long_as_said():
    for days, together in ((1, 0.0), (3, 2 / 3)):
        found = per_day(World("bursts", burst=0.4, burst_days=days), 2.0)
        assert found.var() == pytest.approx(2 + 2**2 / 0.4, rel=0.1)
        next_day = np.corrcoef(found[:, :-1].ravel(), found[:, 1:].ravel())[0, 1]
        assert next_day == pytest.approx(together * 10 / 12, abs=0.05)


def test_an_event_changes_the_world_while_it_lasts():
    world = next(world for world in EVENTS if world.rate == (1.0, 10.0) and not world.burst)
    found = per_day(world, 2.0)
    assert found[:, CHANGE : CHANGE + 3].mean() == pytest.approx(20, rel=0.05)
    assert found[:, CHANGE + 3 :].mean() == pytest.approx(2, rel=0.05)


def test_signals_are_those_of_the_warehouse():
    world = next(world for world in EVENTS if world.rate == (1.0, 10.0) and not world.burst)
    raised = signals(world, 2.0, 5, np.random.SeedSequence(1))
    spikes = raised[(raised.signal == "attention_spike") & raised.day.between(CHANGE, CHANGE + 2)]
    assert spikes.pair_id.nunique() == 5
    assert spikes.raised_on.min() >= pd.Timestamp(START) + pd.Timedelta(days=CHANGE)


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.689), (10, 4.795, 18.390), (50, 37.111, 65.919)])
def test_the_interval_is_garwoods(count, low, high):
    """Limits from the tables of exact Poisson limits."""
    assert interval(count, 1000) == f"{low / 1000:.4f} to {high / 1000:.4f}"
