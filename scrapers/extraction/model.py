"""The learned part: a sum of small decision trees, read from weights.npz and run with numpy."""

from functools import cache
from pathlib import Path

import numpy as np

from scrapers.extraction import features

WEIGHTS = Path(__file__).with_name("weights.npz")


class Trees:
    """A sum of decision trees over a feature matrix; all trees of one row are walked at once.

    Flat arrays over all nodes: the feature asked for, its threshold (at or below: left), the children, the value of a
    leaf, which is its own child. `roots`: the first node of each tree. `depth`: steps until every leaf is reached.
    """

    def __init__(self, arrays: dict[str, np.ndarray], baseline: float, depth: int) -> None:
        self.feature = arrays["feature"].astype(np.intp)
        self.threshold = arrays["threshold"].astype(np.float32)
        self.children = np.stack([arrays["right"], arrays["left"]]).astype(np.intp).ravel()
        self.value = arrays["value"].astype(np.float64)
        self.roots = arrays["roots"].astype(np.intp)
        self.size, self.baseline, self.depth = len(self.feature), baseline, depth

    def probability(self, matrix: np.ndarray) -> np.ndarray:
        """Logistic of the sum, shape (rows,), for a float32 matrix of shape (rows, features)."""
        rows, width = matrix.shape
        flat = matrix.ravel()
        at = np.broadcast_to(self.roots, (rows, len(self.roots))).ravel()
        base = np.repeat(np.arange(rows, dtype=np.intp) * width, len(self.roots))
        for _ in range(self.depth):
            is_left = flat.take(base + self.feature.take(at)) <= self.threshold.take(at)
            at = self.children.take(at + is_left * self.size)
        total = self.value.take(at).reshape(rows, -1).sum(axis=1) + self.baseline
        return 1.0 / (1.0 + np.exp(-total))


def read_trees(path: Path, prefix: str = "") -> Trees:
    """The trees stored under a prefix. Raises ValueError when they were learned for other features than these."""
    with np.load(path) as stored:
        if stored["names"].tolist() != features.names():
            raise ValueError(
                f"{path}: learned for other features; train again: .venv/bin/python -m bench.extraction_train"
            )
        columns = ("feature", "threshold", "left", "right", "value", "roots")
        arrays = {name: stored[f"{prefix}{name}"] for name in columns}
        return Trees(arrays, float(stored[f"{prefix}baseline"]), int(stored[f"{prefix}depth"]))


@cache
def shipped() -> Trees:
    """The weights learned on the whole gold."""
    return read_trees(WEIGHTS)


def block_scores(found: features.Features, trees: Trees | None = None) -> list[float]:
    """For each candidate block the probability that it is the article's text."""
    if not found.blocks:
        return []
    return (trees or shipped()).probability(found.matrix).tolist()
