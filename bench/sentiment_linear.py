"""Trains the linear half of the sentiment model: a logistic regression per head over the features of the tone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bench.sentiment_labels import Labelled
from transforms.tone.batch import batch_of
from transforms.tone.features import BITS, views

STRENGTH = {"relation": 10.0, "company": 10.0}  # inverse of the penalty, chosen on dev and dev_more alone


@dataclass(frozen=True)
class Examples:
    """Features of a head's examples: a row each, with its label and the number of the sentence it comes from."""

    matrix: sparse.csr_matrix
    labels: np.ndarray
    sentence: np.ndarray


def _matrix(rows: Sequence[Labelled], from_b: bool) -> sparse.csr_matrix:
    owner, number = views(batch_of(row.forms for row in rows), from_b)
    counts = sparse.csr_matrix((np.ones(len(owner), dtype=np.float32), (owner, number)), shape=(len(rows), 1 << BITS))
    length = np.sqrt(np.bincount(owner, minlength=len(rows)))
    return sparse.diags(1 / np.maximum(length, 1)).astype(np.float32) @ counts


def relation_examples(rows: Sequence[Labelled]) -> Examples:
    """One example per pair, seen from the company that is named first."""
    kept = np.array([number for number, row in enumerate(rows) if row.relation is not None])
    batch = batch_of(rows[number].forms for number in kept)
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
