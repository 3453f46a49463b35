"""Whoever asks for known_on <= t sees nothing that a build on day t had not: no open signal, no article of a pair.

However late articles came, and whatever corrections took away.
"""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from tests.warehouse.eventful_lake import DAYS, START, eventful
from tests.warehouse.test_as_of import ask, tables

SIGNALS = "select pair_id, signal, raised_on from pair_signals where known_on <= ? order by all"
BY_ITS_BASE = """select count(*) from pair_signals as s where known_on > raised_on and known_on >
    (select max(revised_on) from articles where list_contains(s.article_ids, article_id))"""
BY_WITHDRAWALS = """select count(*) from pair_signals as s where known_on > raised_on and known_on in
    (select w.known_on from pair_withdrawals as w where w.pair_id = s.pair_id and published_on <= raised_on)"""
TOLD = (
    "select article_id, pair_id, published_on, novelty_rank, relation_sentiment from article_pairs where known_on <= ?"
)
OPEN = """select count(*) from pair_signals
    where pair_id = ? and signal = ? and raised_on <= ? and coalesce(closed_on > ?, true)"""


@pytest.mark.parametrize("seed", range(2))
def test_a_signal_is_known_only_when_a_build_of_that_day_had_it(tmp_path, monkeypatch, seed):
    random = Random(seed)
    found = eventful(random)
    whole = tables(monkeypatch, tmp_path / "whole", found)
    seen = Counter()
    for days in sorted(random.sample(range(150, DAYS), 3)):
        day = (START + timedelta(days=days)).date()
        cut = tables(monkeypatch, tmp_path / f"{day}", found, until=day)
        assert set(ask(whole, TOLD, day)) <= set(ask(cut, TOLD, day)), day
        for pair, signal, raised in ask(whole, SIGNALS, day):
            assert ask(cut, OPEN, pair, signal, raised, raised) != [(0,)], (day, pair, signal, raised)
            seen[signal] += 1
    assert len(seen) >= 5, seen
    assert ask(whole, BY_ITS_BASE)[0][0] > 10, "no late article of a base: nothing was tried"
    assert ask(whole, BY_WITHDRAWALS)[0][0] > 5, "no signal that waits for a withdrawal: nothing was tried"
