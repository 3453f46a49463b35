"""The second look: what the first model thinks of the blocks around a block."""

import numpy as np

from scrapers.extraction.features import HEADINGS, Features

STEPS = (-3, -2, -1, 1, 2, 3)
GROUPS = ("element", "parent", "grand", "branch", "signature")


def names() -> list[str]:
    """The columns of `second_look`, in order."""
    return [
        "first",
        *(f"first:{step:+d}" for step in STEPS),
        *(f"{what}:{group}" for group in GROUPS for what in ("mean", "others", "mass")),
        "window_mean",
        "mass_before",
        "mass_after",
        "page_mean",
        "page_mass",
        "section_mean",
        "heading_first",
    ]


def second_look(features: Features, first: np.ndarray) -> np.ndarray:
    """Features out of the first model's probabilities; `first` has shape (rows,), the result (rows, columns)."""
    count = len(first)
    if not count:
        return np.zeros((0, len(names())), dtype=np.float32)
    weight = np.minimum(features.chars, 400.0)
    mass = first * weight
    total_mass, total = max(mass.sum(), 1e-6), weight.sum()
    columns = [first]
    for step in STEPS:
        moved = np.zeros(count)
        if abs(step) < count:
            here, there = (
                (slice(-step, None), slice(None, step)) if step < 0 else (slice(None, -step), slice(step, None))
            )
            moved[here] = first[there]
        columns.append(moved)
    parents = np.array(features.parent, dtype=np.int64)
    element = features.element_of
    parent = np.maximum(parents[element], 0)
    for group in (
        element,
        parent,
        np.maximum(parents[parent], 0),
        np.array(features.branch),
        np.array(features.signature),
    ):
        _, inverse = np.unique(group, return_inverse=True)
        group_mass, group_weight = np.bincount(inverse, mass)[inverse], np.bincount(inverse, weight)[inverse]
        others = group_weight - weight
        columns += [
            group_mass / group_weight,
            np.where(others > 0, (group_mass - mass) / np.maximum(others, 1e-6), -1.0),
            group_mass / total_mass,
        ]
    sums = np.concatenate([[0.0], np.cumsum(mass)])
    weights = np.concatenate([[0.0], np.cumsum(weight)])
    low, high = np.maximum(np.arange(count) - 4, 0), np.minimum(np.arange(count) + 5, count)
    columns.append((sums[high] - sums[low]) / np.maximum(weights[high] - weights[low], 1e-6))
    columns += [sums[:-1] / total_mass, (total_mass - sums[1:]) / total_mass]
    columns += [np.full(count, total_mass / total), np.full(count, np.log1p(total_mass))]
    is_heading = np.array([b.element.tag in HEADINGS for b in features.blocks])
    section = np.cumsum(is_heading)
    text = np.where(is_heading, 0.0, weight)
    section_mass, section_weight = np.bincount(section, first * text), np.bincount(section, text)
    columns.append((section_mass / np.maximum(section_weight, 1e-6))[section])
    starts = np.flatnonzero(is_heading)
    columns.append(np.where(section > 0, first[starts[np.maximum(section - 1, 0)]] if len(starts) else 0.0, -1.0))
    return np.stack(columns, axis=1).astype(np.float32)
