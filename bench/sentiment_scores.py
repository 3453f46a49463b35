"""How right verdicts are, and how chances become verdicts and confidence: what training and bench share."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from sklearn.isotonic import IsotonicRegression

from bench.sentiment_labels import LABELS, Labelled
from transforms.tone.model import verdicts

KEPT = LABELS / "held_out.npz"
HEADS = ("relation", "company")
FLIPS = 0.01  # share of flipped signs that is bearable
NEARLY = 0.005  # macro-F1 that is no difference


def of_head(name: str, rows: Sequence[Labelled], chances: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels, chances (examples, 3) and the number of the row, of one head."""
    heads = (0,) if name == "relation" else (1, 2)
    labels = [(row.relation, row.tone_a, row.tone_b) for row in rows]
    places = [(number, head) for head in heads for number, row in enumerate(labels) if row[head] is not None]
    number, head = np.array([place[0] for place in places]), np.array([place[1] for place in places])
    return np.array([labels[n][h] for n, h in places]), chances[number, head], number


def macro_f1(labels: np.ndarray, verdicts: np.ndarray) -> float:
    """Mean of the three F1 values."""
    found = []
    for outcome in (-1, 0, 1):
        hits = np.sum((labels == outcome) & (verdicts == outcome))
        found.append(2 * hits / max(1, np.sum(labels == outcome) + np.sum(verdicts == outcome)))
    return float(np.mean(found))


def lifted(chances: np.ndarray, offset: float) -> np.ndarray:
    """Chances after both signs got `offset` more in the exponent: the learners alone say 0 too often for macro-F1."""
    raised = chances * np.exp(np.array([offset, 0.0, offset]))
    return raised / np.maximum(raised.sum(axis=-1, keepdims=True), 1e-12)


def best_offset(labels: np.ndarray, chances: np.ndarray) -> float:
    """The smallest offset that is nearly the best by macro-F1 with few flipped signs: the best one alone is luck."""
    grid = np.arange(0, 1.05, 0.1)
    said = [verdicts(lifted(chances, offset)) for offset in grid]
    worth = [macro_f1(labels, one) - 2 * max(0.0, np.mean(labels * one < 0) - FLIPS) for one in said]
    return float(grid[np.array(worth) >= max(worth) - NEARLY].min())


def groups(rows: Sequence[Labelled]) -> list[tuple[str, slice, np.ndarray]]:
    """What is lifted apart: head, places among the chances, and which rows; lone companies before pairs."""
    paired = np.array([row.tone_b is not None for row in rows])
    return [("relation", slice(0, 1), paired), ("company", slice(1, 3), ~paired), ("company", slice(1, 3), paired)]


def cross_lifted(rows: Sequence[Labelled], before: np.ndarray) -> np.ndarray:
    """Chances (rows, 3 heads, 3), each half of the rows lifted as the other one suggests; a text is in one half."""
    half = np.array([crc32(row.text_key.encode()) % 2 for row in rows])
    kept = before.copy()
    for name, heads, inside in groups(rows):
        labels, chances, number = of_head(name, rows, before)
        for side in (0, 1):
            other = inside[number] & (half[number] != side)
            offset, own = best_offset(labels[other], chances[other]), inside & (half == side)
            kept[own, heads] = lifted(before[own, heads], offset)
    return kept


def settings(rows: Sequence[Labelled], before: np.ndarray) -> dict[str, np.ndarray]:
    """Lift and confidence of every head, from chances of rows that the model had not seen."""
    after, found = before.copy(), {}
    for name, heads, inside in groups(rows):
        labels, chances, number = of_head(name, rows, before)
        offset = best_offset(labels[inside[number]], chances[inside[number]])
        after[inside, heads] = lifted(before[inside, heads], offset)
        found.setdefault(f"{name}_lift", []).append([offset, 0, offset])
    for name in HEADS:
        lifts = found[f"{name}_lift"]
        found[f"{name}_lift"] = np.array([lifts[0], lifts[-1]], dtype=np.float32)
        labels, chances, _ = of_head(name, rows, after)
        found[f"{name}_chance"], found[f"{name}_right"] = reliability(labels, chances)
    return found


def reliability(labels: np.ndarray, chances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How often a verdict was right, by its chance: a rising curve at twenty-one places."""
    said = verdicts(chances)
    chance = chances[np.arange(len(said)), said + 1]
    right = said == labels
    curve = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(chance, right)
    places = np.linspace(0, 1, 21)
    # isotonic steps are jumpy at the ends: a little of the overall share keeps 0 and 1 out
    return places.astype(np.float32), (0.95 * curve.predict(places) + 0.05 * right.mean()).astype(np.float32)
