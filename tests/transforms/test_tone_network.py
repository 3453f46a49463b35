"""The network's arithmetic: pieces of words, neighbours, sentences that must not see each other."""

import numpy as np
import pytest

from transforms.tone.batch import batch_of
from transforms.tone.model import Model, model
from transforms.tone.network import Pieces, _strongest, neighbours

NAMES = ["?", "=klagt", "▁", "▁streit", "streit", "schlich", "tung", "s", "t"]
SCORES = np.array([-20, 0, -9, -3, -3, -4, -3, -6, -6], dtype=np.float16)
SENTENCES = [
    ["A", "verklagt", "B"],
    [],
    ["nach", "jahren", "des", "streits", "vertragen", "sich", "B", "und", "A"],
    ["A"],
    ["O", "kauft", "B", ",", "A", "sieht", "zu", "x" * 300],
    ["😀", "\0", "streitschlichterverordnung"],
]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("klagt", ["=klagt"]),
        ("-klagt", ["=klagt"]),
        ("streitschlichtung", ["▁streit", "schlich", "tung"]),
        ("streits", ["▁streit", "s"]),
        ("ß", ["▁", "?"]),
    ],
)
def test_a_word_is_cut_into_its_likeliest_pieces(form, expected):
    assert [NAMES[number] for number in Pieces(NAMES, SCORES)(form)] == expected


def test_neighbours_end_with_the_sentence():
    ahead, behind = neighbours(np.array([0, 0, 0, 1, 1]), 2)
    assert ahead.tolist() == [5, 5, 0, 5, 5]
    assert behind.tolist() == [2, 5, 5, 5, 5]


def test_sentences_of_a_batch_do_not_see_each_other():
    rows = [SENTENCES[number % len(SENTENCES)] for number in range(400)]  # several blocks of words
    together = model().score(batch_of(rows))
    for number, forms in enumerate(SENTENCES):
        alone = model().score(batch_of([forms]))
        for many, one in zip(together, alone, strict=True):
            for found in many[number :: len(SENTENCES)]:
                assert found == pytest.approx(one[0], abs=1e-4)


def test_the_strongest_of_runs_of_any_length():
    draw = np.random.default_rng(3)
    for _ in range(200):
        sizes = draw.integers(1, 9, draw.integers(1, 30))
        starts = np.cumsum(sizes) - sizes
        found = draw.normal(size=(sizes.sum(), 3)).astype(np.float32)
        assert np.array_equal(_strongest(found, starts), np.maximum.reduceat(found, starts, axis=0))


def test_chances_add_up_to_one():
    for chances in model().score(batch_of(SENTENCES)):
        assert chances.shape == (len(SENTENCES), 3)
        assert chances.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_no_sentences_give_no_chances():
    assert [chances.shape for chances in model().score(batch_of([]))] == [(0, 3)] * 3


def test_weights_of_another_kind_are_refused(tmp_path):
    np.savez(tmp_path / "weights.npz", relation=np.zeros((4, 3), dtype=np.int8))
    with pytest.raises(ValueError, match=r"trained with other features: run python -m bench\.train_sentiment"):
        Model(tmp_path / "weights.npz")
    with pytest.raises(FileNotFoundError, match=r"run python -m bench\.train_sentiment"):
        Model(tmp_path / "none.npz")
