"""Trains the weights of transforms/data/sentiment: python -m bench.train_sentiment

Two halves learn side by side: a logistic regression over the readable features (bench.sentiment_linear), and a small
network (bench.sentiment_network) that also learns from what a large reader said of many more sentences
(bench/labels/teacher.npz, numbers without texts). First without the held-out batch: what comes out there sets lift and
confidence and is kept in bench/labels/held_out.npz for `python -m bench.sentiment`. Then with everything. One thread,
fixed seeds: the same input gives the same files. Needs the gold folder and torch 2.13 (the extra `train` of
pyproject.toml).
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from bench import sentiment_network
from bench.sentiment_labels import HELD_OUT, LABELS, Labelled, read, without_held_out
from bench.sentiment_linear import STRENGTH, company_examples, fit, relation_examples
from bench.sentiment_pool import hashed, pool
from bench.sentiment_scores import HEADS, KEPT, cross_lifted, macro_f1, of_head, settings
from transforms.tone.batch import batch_of
from transforms.tone.model import WEIGHTS, Model, verdicts
from transforms.tone.network import Pieces

TEACHER = LABELS / "teacher.npz"
MIX = {"relation": (0.5, 0.5), "company": (0.4, 0.6)}  # how much the linear half and the network count
TRUST = 0.5  # share of the teacher's word where there is a label too
INVENTED = 0.6  # how much a sentence of our own counts for the network
WEIGHT = {"invented_own": 2.0}  # corrections count more
SMOOTH = 0.03


def labelled_chances(rows: Sequence[Labelled], said: dict[int, np.ndarray]) -> np.ndarray:
    """What the network is to say, shape (rows, 3 heads, 3): label and teacher; NaN where a head has no label."""
    found = np.full((len(rows), 3, 3), np.nan, dtype=np.float32)
    for number, row in enumerate(rows):
        heard = said.get(hashed(row.printed))
        for head, label in enumerate((row.relation, row.tone_a, row.tone_b)):
            if label is not None:
                own = np.full(3, SMOOTH / 3)
                own[label + 1] += 1 - SMOOTH
                found[number, head] = own if heard is None else (1 - TRUST) * own + TRUST * heard[head]
    return found


class Lessons:
    """What the teacher left: pieces of words with their first vectors, and its chances of sentences."""

    def __init__(self, path: Path = TEACHER):
        with np.load(path) as stored:
            self.names, self.scores = str(stored["pieces"]), stored["scores"]
            self.vectors = stored["vectors"].astype(np.float32) * stored["scale"]
            ends = stored["chances"].astype(np.float32) / 255
            middle = np.maximum(1 - ends.sum(axis=2), 0)
            whole = np.stack([ends[:, :, 0], middle, ends[:, :, 1]], axis=2)
            self.said = dict(zip(stored["numbers"].tolist(), whole, strict=True))
        self.pieces = Pieces(self.names.split("\n"), self.scores)


def network_arrays(rows: Sequence[Labelled], lessons: Lessons, gold: Sequence[Labelled]) -> dict[str, np.ndarray]:
    """The network's weights, learned from the rows and from the teacher's sentences.

    The vectors of words stay in the lessons: the second training starts from those of the first.
    """
    unlabelled = [row for row in pool(gold) if hashed(row.printed) in lessons.said]
    heard = np.stack([lessons.said[hashed(row.printed)] for row in unlabelled])
    lone = np.array(["B" not in row.forms for row in unlabelled])
    heard[lone, 0], heard[lone, 2] = np.nan, np.nan
    goal = np.concatenate([labelled_chances(rows, lessons.said), heard])
    weight = [WEIGHT.get(row.source, INVENTED if row.origin == "invented" else 1.0) for row in rows]
    weight += [1.0] * len(unlabelled)
    forms = [row.forms for row in rows] + [row.forms for row in unlabelled]
    print(f"network: {len(rows)} labelled and {len(unlabelled)} other sentences", flush=True)
    learner = sentiment_network.learn(
        sentiment_network.sentences(forms, lessons.pieces), goal, np.array(weight), lessons.vectors
    )
    lessons.vectors = learner.words.weight.detach().numpy().copy()
    return learner.arrays() | {"net_pieces": np.array(lessons.names), "net_scores": lessons.scores}


def linear_arrays(rows: Sequence[Labelled]) -> dict[str, np.ndarray]:
    """The linear half's weights, a byte each."""
    stored: dict[str, np.ndarray] = {}
    for name, examples in (("relation", relation_examples(rows)), ("company", company_examples(rows))):
        print(f"linear half, {name}: {len(examples.labels)} examples", flush=True)
        weights, bias = fit(examples, np.arange(len(examples.labels)), STRENGTH[name])
        scale = np.abs(weights).max() / 127
        stored[name] = np.rint(weights / scale).astype(np.int8)
        stored[f"{name}_scale"], stored[f"{name}_bias"] = np.float32(scale), bias
        stored[f"{name}_mix"] = np.array(MIX[name], dtype=np.float32)
        stored[f"{name}_lift"] = np.zeros((2, 3), dtype=np.float32)
        stored[f"{name}_chance"] = stored[f"{name}_right"] = np.linspace(0, 1, 21, dtype=np.float32)
    return stored


def said_by(arrays: dict[str, np.ndarray], rows: Sequence[Labelled]) -> np.ndarray:
    """What the finished model says of rows, shape (rows, 3 heads, 3): its own code, not the trainer's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.npz"
        np.savez(path, **arrays)
        model = Model(path)
        parts = [
            np.stack(model.score(batch_of(row.forms for row in rows[at : at + 256])), axis=1)
            for at in range(0, len(rows), 256)
        ]
    return np.concatenate(parts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--held-out", type=Path, default=KEPT, help="where the verdicts on the held-out batch go")
    args = parser.parse_args()
    rows, lessons = read(), Lessons()
    gold = [row for row in rows if row.origin.startswith("dev")]
    held_out, others = [row for row in rows if row.origin == HELD_OUT], without_held_out(rows)
    before = said_by(linear_arrays(others) | network_arrays(others, lessons, gold), held_out)
    for name in HEADS:
        labels, chances, _ = of_head(name, held_out, cross_lifted(held_out, before))
        print(f"{name}: macro-F1 {macro_f1(labels, verdicts(chances)):.3f} held out", flush=True)
    arrays = linear_arrays(rows) | network_arrays(rows, lessons, gold) | settings(held_out, before)
    np.savez_compressed(args.out, **arrays)
    numbers = np.array([hashed(row.id) for row in held_out], dtype=np.uint32)
    weights = np.uint32(crc32(args.out.read_bytes()))
    np.savez_compressed(args.held_out, numbers=numbers, chances=before.astype(np.float16), weights=weights)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
