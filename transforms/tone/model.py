"""The learned half: what features weigh and the network says, and what both add up to.

Two questions: `relation` is what a sentence says of the pair, `company` what it says of X. Each has a linear model over
the readable features and a share in the network. `python -m bench.train_sentiment` makes the weights; without its file
nothing is scored.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from transforms.tone.batch import Batch
from transforms.tone.features import BITS, views
from transforms.tone.lexicon import DATA
from transforms.tone.network import Network
from transforms.tone.transformer import Transformer, folder

WEIGHTS = DATA / "weights.npz"
CONTESTED = 0.25
"""Chance of the opposite sign from which on a verdict is withheld: 1 % of flipped signs in cross-validation."""


def strengths(rows: np.ndarray, numbers: np.ndarray, weights: np.ndarray, count: int) -> np.ndarray:
    """Sums of weights per sentence and outcome, shape (count, outcomes); each sentence has length 1 as a vector.

    weights: shape (outcomes, 2**BITS), one byte each, for the time goes into what the processor's cache does not hold.
    """
    found = np.bincount(rows, minlength=count)
    sums = [np.bincount(rows, weights=outcome.take(numbers), minlength=count) for outcome in weights]
    return np.stack(sums, axis=1) / np.sqrt(np.maximum(found, 1))[:, None]


def chances(sums: np.ndarray) -> np.ndarray:
    """Softmax over the outcomes."""
    raised = np.exp(sums - sums.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def verdicts(found: np.ndarray) -> np.ndarray:
    """-1, 0 or +1 per row of chances: the likeliest outcome, but 0 where the opposite sign is not unlikely."""
    best = found.argmax(axis=1) - 1
    opposite = np.where(best > 0, found[:, 0], found[:, 2])
    return np.where((best != 0) & (opposite > CONTESTED), 0, best)


@dataclass(frozen=True)
class Head:
    """What is learned of one question, besides the network."""

    weights: np.ndarray  # (outcomes, 2**BITS), of the linear half, bytes
    scale: float  # what a weight of 1 stands for
    bias: np.ndarray  # (outcomes,)
    mix: np.ndarray  # (2,): how much the linear half and the network count
    lift: np.ndarray  # (2, outcomes), of lone companies and of pairs: added, for signs are too rare in the verdicts
    chance: np.ndarray  # rising chances of the likeliest outcome …
    right: np.ndarray  # … and how often it was right there, on sentences held out

    def linear(self, views: tuple[np.ndarray, np.ndarray], count: int) -> np.ndarray:
        """Sums of the linear half for as many sentences, shape (count, 3)."""
        return strengths(*views, self.weights, count) * self.scale + self.bias

    def chances(self, linear: np.ndarray, network: np.ndarray, is_pair: np.ndarray) -> np.ndarray:
        """Chances of -1, 0, +1: a weighted geometric mean of what each half holds likely, lifted; shape (n, 3).

        linear, network: the sums of each half (n, 3); is_pair: whether both companies are named (n,).
        """
        return chances(self.mix[0] * linear + self.mix[1] * network + self.lift[is_pair.astype(np.int64)])

    def confidence(self, chance: float) -> float:
        return float(np.interp(chance, self.chance, self.right))


class Model:
    """Both heads and the network, read from one file."""

    def __init__(self, path: Path = WEIGHTS):
        if not path.exists():
            raise FileNotFoundError(f"no weights at {path}: run python -m bench.train_sentiment")
        with np.load(path) as stored:
            arrays = {name: stored[name] for name in stored.files}
        if "net_words" not in arrays or arrays["relation"].shape[0] != 1 << BITS:
            raise ValueError(f"{path} was trained with other features: run python -m bench.train_sentiment")
        self.network = Network(arrays)
        self.relation, self.company = (
            Head(
                np.ascontiguousarray(arrays[name].T),
                float(arrays[f"{name}_scale"]),
                *(arrays[f"{name}_{part}"] for part in ("bias", "mix", "lift", "chance", "right")),
            )
            for name in ("relation", "company")
        )

    def score(self, batch: Batch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Chances of -1, 0, +1 for masked sentences: of the relation, of company A, of company B; shapes (n, 3)."""
        relation, tone_a, tone_b = self.network.sums(batch)
        from_a, from_b, count = views(batch, False), views(batch, True), len(batch.size)
        a, b = np.array(batch.a), np.array(batch.b)
        is_pair = a != b
        # a pair is seen from the company named first
        first = np.where((b < a)[:, None], self.relation.linear(from_b, count), self.relation.linear(from_a, count))
        return (
            self.relation.chances(first, relation, is_pair),
            self.company.chances(self.company.linear(from_a, count), tone_a, is_pair),
            self.company.chances(self.company.linear(from_b, count), tone_b, is_pair),
        )

    def score_company(self, batch: Batch) -> np.ndarray:
        """Chances of -1, 0, +1 for company A in masked sentences, shape (n, 3)."""
        is_pair = np.array(batch.a) != np.array(batch.b)
        linear = self.company.linear(views(batch, False), len(batch.size))
        return self.company.chances(linear, self.network.sums(batch)[1], is_pair)


@cache
def _built_in() -> Model:
    return Model()


@cache
def _transformer(path: Path) -> Transformer:
    return Transformer(path)


def model() -> Model | Transformer:
    """The model of this checkout, or the one that SENTIMENT_MODEL names, read once.

    Raises FileNotFoundError while it is untrained or the folder is missing.
    """
    path = folder()
    return _built_in() if path is None else _transformer(path)
