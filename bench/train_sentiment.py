"""Trains the weights of transforms/data/sentiment: python -m bench.train_sentiment

Features, frames and effects are those of transforms.tone; the learner is a logistic regression per head. Deterministic:
the same labels give the same file.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from bench.sentiment_labels import Labelled, read
from transforms.tone.features import BITS, Batch
from transforms.tone.model import WEIGHTS, verdicts

STRENGTH = {"relation": 10.0, "company": 10.0}  # inverse of the penalty, chosen on dev and dev_more alone
FOLDS = 5


@dataclass(frozen=True)
class Examples:
    """Features of a head's examples: a row each, with its label and the number of the sentence it comes from."""

    matrix: sparse.csr_matrix
    labels: np.ndarray
    sentence: np.ndarray


def _matrix(rows: Sequence[Labelled], from_b: bool) -> sparse.csr_matrix:
    batch = Batch()
    for row in rows:
        batch.add(row.forms)
    owner, number = batch.views(from_b)
    counts = sparse.csr_matrix((np.ones(len(owner), dtype=np.float32), (owner, number)), shape=(len(rows), 1 << BITS))
    length = np.sqrt(np.bincount(owner, minlength=len(rows)))
    return sparse.diags(1 / np.maximum(length, 1)).astype(np.float32) @ counts


def relation_examples(rows: Sequence[Labelled]) -> Examples:
    """One example per pair, seen from the company that is named first."""
    kept = np.array([number for number, row in enumerate(rows) if row.relation is not None])
    batch = Batch()
    for number in kept:
        batch.add(rows[number].forms)
    first_is_b = np.array(batch.b) < np.array(batch.a)
    pairs = [rows[number] for number in kept]
    from_a, from_b = _matrix(pairs, False), _matrix(pairs, True)
    chosen = (
        sparse.diags((~first_is_b).astype(np.float32)) @ from_a + sparse.diags(first_is_b.astype(np.float32)) @ from_b
    )
    return Examples(sparse.csr_matrix(chosen), np.array([row.relation for row in pairs]), kept)


def company_examples(rows: Sequence[Labelled]) -> Examples:
    """One example per company of a sentence."""
    paired = np.array([number for number, row in enumerate(rows) if row.tone_b is not None], dtype=np.int64)
    named = np.array([number for number, row in enumerate(rows) if row.tone_a is not None], dtype=np.int64)
    from_a = _matrix([rows[number] for number in named], False)
    from_b = _matrix([rows[number] for number in paired], True)
    labels = [rows[number].tone_a for number in named] + [rows[number].tone_b for number in paired]
    matrix = sparse.csr_matrix(sparse.vstack([from_a, from_b]))
    return Examples(matrix, np.array(labels), np.concatenate([named, paired]))


def fit(examples: Examples, chosen: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights (2**BITS, 3) and bias (3,) from the chosen examples; features seen once only get no weight."""
    matrix = examples.matrix[chosen]
    seen = np.flatnonzero(matrix.getnnz(axis=0) >= 2)
    learner = LogisticRegression(C=strength, max_iter=300).fit(matrix[:, seen], examples.labels[chosen])
    weights = np.zeros((1 << BITS, 3), dtype=np.float32)
    weights[seen] = learner.coef_.T
    return weights, learner.intercept_.astype(np.float32)


def predict(examples: Examples, chosen: np.ndarray, weights: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Chances of -1, 0, +1, shape (examples, 3)."""
    sums = examples.matrix[chosen] @ weights + bias
    raised = np.exp(sums - sums.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def folds(rows: Sequence[Labelled], count: int = FOLDS) -> np.ndarray:
    """A fold per sentence, so that no document, no text and no pair of companies is in two; invented ones get -1."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for row in rows:
        for group in row.groups[1:]:
            parent[root(row.groups[0])] = root(group)
    roots = [root(row.groups[0]) for row in rows]
    sizes: dict[str, int] = {}
    for row, name in zip(rows, roots, strict=True):
        if row.origin != "invented":
            sizes[name] = sizes.get(name, 0) + 1
    load, fold = [0] * count, {}
    for name in sorted(sizes, key=lambda n: (-sizes[n], n)):
        fold[name] = load.index(min(load))
        load[fold[name]] += sizes[name]
    return np.array([-1 if row.origin == "invented" else fold[name] for row, name in zip(rows, roots, strict=True)])


def cross_validated(examples: Examples, fold: np.ndarray, strength: float) -> np.ndarray:
    """Chances for every example from a model that saw neither its document nor its pair; invented ones stay zero."""
    chances = np.zeros((len(examples.labels), 3))
    of_example = fold[examples.sentence]
    for number in range(fold.max() + 1):
        inside = np.flatnonzero(of_example == number)
        chances[inside] = predict(examples, inside, *fit(examples, np.flatnonzero(of_example != number), strength))
    return chances


def reliability(chances: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How often a verdict was right, by its chance: a rising curve at twenty places."""
    said = verdicts(chances)
    chance = chances[np.arange(len(said)), said + 1]
    right = said == labels
    curve = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(chance, right)
    places = np.linspace(0, 1, 21)
    # isotonic steps are jumpy at the ends: a little of the overall share keeps 0 and 1 out
    return places.astype(np.float32), (0.95 * curve.predict(places) + 0.05 * right.mean()).astype(np.float32)


def macro_f1(labels: np.ndarray, verdicts: np.ndarray) -> float:
    """Mean of the three F1 values."""
    found = []
    for outcome in (-1, 0, 1):
        hits = np.sum((labels == outcome) & (verdicts == outcome))
        found.append(2 * hits / max(1, np.sum(labels == outcome) + np.sum(verdicts == outcome)))
    return float(np.mean(found))


def lifted(chances: np.ndarray, offset: float) -> np.ndarray:
    """Chances after both signs got `offset` more in the exponent: the learner alone says 0 too often for macro-F1."""
    raised = chances * np.exp(np.array([offset, 0.0, offset]))
    return raised / np.maximum(raised.sum(axis=1, keepdims=True), 1e-12)


def best_offset(chances: np.ndarray, labels: np.ndarray) -> float:
    """The offset with the best macro-F1 in cross-validation."""
    grid = np.arange(0.0, 0.85, 0.1)
    return float(max(grid, key=lambda o: round(macro_f1(labels, lifted(chances, o).argmax(axis=1) - 1), 3)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    out = parser.parse_args().out
    rows = read()
    fold = folds(rows)
    stored: dict[str, np.ndarray] = {}
    for name, examples in (("relation", relation_examples(rows)), ("company", company_examples(rows))):
        print(f"{name}: {len(examples.labels)} examples", flush=True)
        checked = cross_validated(examples, fold, STRENGTH[name])
        real = fold[examples.sentence] >= 0
        offset = best_offset(checked[real], examples.labels[real])
        checked = lifted(checked, offset)
        score = macro_f1(examples.labels[real], checked[real].argmax(axis=1) - 1)
        print(f"{name}: macro-F1 {score:.3f} in cross-validation, offset {offset:.1f}", flush=True)
        stored[f"{name}_chance"], stored[f"{name}_right"] = reliability(checked[real], examples.labels[real])
        weights, bias = fit(examples, np.arange(len(examples.labels)), STRENGTH[name])
        bias += np.array([offset, 0.0, offset], dtype=np.float32)
        scale = np.abs(weights).max() / 127
        stored[name] = np.rint(weights / scale).astype(np.int8)
        stored[f"{name}_scale"], stored[f"{name}_bias"] = np.float32(scale), bias
    np.savez_compressed(out, **stored)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
