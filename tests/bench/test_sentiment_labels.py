"""What sentiment learns from and is measured with: well-formed, apart, and of the weights that ship."""

from zlib import crc32

import numpy as np
import pytest

from bench.sentiment_labels import LABELS, example_rows, invented, key, read, shared
from bench.sentiment_pool import hashed, pool
from bench.sentiment_scores import KEPT, best_offset, lifted, macro_f1
from transforms.tone.model import WEIGHTS


def gold_folder():
    try:
        return shared()
    except FileNotFoundError as error:
        pytest.skip(str(error))


def test_an_invented_sentence_stands_there_once():
    rows = list(invented())
    pairs = [(row.text_key, row.forms) for row in rows]
    assert len(rows) > 7000
    assert len(pairs) - len(set(pairs)) < 0.005 * len(rows)
    assert {row.relation for row in rows} == {-1, 0, 1, None}


def test_nothing_is_learned_from_the_examples():
    learned = {row.text_key for row in invented()}
    shown = [key(text) for _, text, _ in example_rows(LABELS / "examples.txt")]
    assert len(shown) >= 50
    assert not learned.intersection(shown)


def test_the_figures_are_of_the_weights_that_ship():
    with np.load(KEPT) as stored:
        assert int(stored["weights"]) == crc32(WEIGHTS.read_bytes())
        assert stored["chances"].shape == (len(stored["numbers"]), 3, 3)


def test_the_teacher_has_read_the_pool():
    gold_folder()
    gold = [row for row in read() if row.origin.startswith("dev")]
    with np.load(LABELS / "teacher.npz") as stored:
        said = set(stored["numbers"].tolist())
    rows = pool(gold)
    share = np.mean([hashed(row.printed) in said for row in rows])
    assert share > 0.95, "python -m bench.sentiment_teacher reads the others"


def test_signs_are_lifted_only_where_it_pays():
    labels = np.array([1, 1, 0, 0, -1, -1])
    sure = np.eye(3)[labels + 1] * 0.9 + 0.1 / 3
    assert best_offset(labels, sure) == 0
    shy = np.array([[0.05, 0.5, 0.45], [0.05, 0.5, 0.45], [0.05, 0.9, 0.05], [0.05, 0.9, 0.05], [0.4, 0.55, 0.05]] * 2)
    wanted = np.array([1, 1, 0, 0, -1] * 2)
    offset = best_offset(wanted, shy)
    assert 0 < offset <= 0.5
    assert macro_f1(wanted, lifted(shy, offset).argmax(axis=1) - 1) == 1
