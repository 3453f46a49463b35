"""The learned half: one weight per feature and outcome, and what they add up to.

Two linear models share the features: `relation` for what a sentence says of the pair, `company` for what it says of X.
`python -m bench.train_sentiment` makes the weights; without its file nothing is scored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from transforms.tone.features import BITS, Batch
from transforms.tone.lexicon import DATA

WEIGHTS = DATA / "weights.npz"
CONTESTED = 0.25
"""Chance of the opposite sign from which on a verdict is withheld: 1 % of flipped signs in cross-validation."""


def strengths(rows: np.ndarray, numbers: np.ndarray, weights: np.ndarray, count: int) -> np.ndarray:
    """Sums of weights per sentence and outcome, shape (count, outcomes); each sentence has length 1 as a vector."""
    found = np.bincount(rows, minlength=count)
    scale = 1 / np.sqrt(np.maximum(found, 1))
    sums = [
        np.bincount(rows, weights=weights[numbers, outcome], minlength=count) for outcome in range(weights.shape[1])
    ]
    return np.stack(sums, axis=1) * scale[:, None]


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
    """One of the two models, with the table that turns its chance into a confidence."""

    weights: np.ndarray  # (2**BITS, outcomes)
    bias: np.ndarray  # (outcomes,)
    chance: np.ndarray  # rising chances of the likeliest outcome …
    right: np.ndarray  # … and how often it was right there, in cross-validation

    def chances(self, rows: np.ndarray, numbers: np.ndarray, count: int) -> np.ndarray:
        return chances(strengths(rows, numbers, self.weights, count) + self.bias)

    def confidence(self, chance: float) -> float:
        return float(np.interp(chance, self.chance, self.right))


class Model:
    """Both heads, read from one file."""

    def __init__(self, path: Path = WEIGHTS):
        if not path.exists():
            raise FileNotFoundError(f"no weights at {path}: run python -m bench.train_sentiment")
        with np.load(path) as stored:
            if stored["relation"].shape[0] != 1 << BITS:
                raise ValueError(f"{path} was trained with other features: run python -m bench.train_sentiment")
            self.relation, self.company = (
                Head(
                    stored[name].astype(np.float32) * stored[f"{name}_scale"],
                    *(stored[f"{name}_{part}"] for part in ("bias", "chance", "right")),
                )
                for name in ("relation", "company")
            )

    def score(self, sentences: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Chances of -1, 0, +1 for masked sentences: of the relation, of company A, of company B; shapes (n, 3)."""
        batch = Batch()
        for forms in sentences:
            batch.add(forms)
        count = len(sentences)
        from_a, from_b = batch.views(False), batch.views(True)
        first_is_b = np.array(batch.b) < np.array(batch.a)
        seen_a, seen_b = self.relation.chances(*from_a, count), self.relation.chances(*from_b, count)
        relation = np.where(first_is_b[:, None], seen_b, seen_a)
        return relation, self.company.chances(*from_a, count), self.company.chances(*from_b, count)

    def score_company(self, sentences: Sequence[Sequence[str]]) -> np.ndarray:
        """Chances of -1, 0, +1 for company A in masked sentences, shape (n, 3)."""
        batch = Batch()
        for forms in sentences:
            batch.add(forms)
        return self.company.chances(*batch.views(False), len(sentences))


@cache
def model() -> Model:
    """The model of this checkout, read once. Raises FileNotFoundError while it is untrained."""
    return Model()
