"""Learns the weights of the extraction model: python -m bench.extraction_train.

Writes scrapers/extraction/weights.npz (learned on the whole gold) and bench/extraction_folds.npz: one model per fold of
families, each of which has not seen its fold, so that the gate can measure honestly without learning anew. Needs
scikit-learn (dev) and the shared gold. A few minutes on one core; the same gold gives the same weights.
"""

import argparse
import random
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from bench.extraction_gold import ROOT, Prepared, families, gold_dir, prepare, read_gold
from scrapers.extraction import features
from scrapers.extraction.model import WEIGHTS, Trees

FOLDS = 8
FOLD_WEIGHTS = ROOT / "bench" / "extraction_folds.npz"
SETTINGS = {
    "max_iter": 120,
    "learning_rate": 0.1,
    "max_leaf_nodes": 14,
    "min_samples_leaf": 30,
    "max_features": 0.15,
    "l2_regularization": 8,
}
SEEDS = (0, 1)  # the mean of two learners wobbles less than one

Learners = list[HistGradientBoostingClassifier]


def fold_of(names: list[str], is_news: list[bool], count: int, seed: int = 0) -> np.ndarray:
    """The fold of each page; a family stays whole, news families are spread evenly. Shape (pages,)."""
    news = sorted({name for name, flag in zip(names, is_news, strict=True) if flag})
    other = sorted(set(names) - set(news))
    shuffle = random.Random(seed).shuffle
    shuffle(news)
    shuffle(other)
    fold = {name: number % count for group in (news, other) for number, name in enumerate(group)}
    return np.array([fold[name] for name in names])


def learn(pages: list[Prepared]) -> Learners:
    x = np.vstack([p.features.matrix for p in pages])
    y = np.hstack([p.label for p in pages]) > 0.5
    weight = np.hstack([p.weight for p in pages])
    weight /= weight.mean()
    return [
        HistGradientBoostingClassifier(early_stopping=False, random_state=seed, **SETTINGS).fit(x, y, weight)
        for seed in SEEDS
    ]


def probability(learners: Learners, x: np.ndarray) -> np.ndarray:
    total = sum(learner.decision_function(x) for learner in learners) / len(learners)
    return 1 / (1 + np.exp(-total))


def arrays(learners: Learners) -> dict[str, np.ndarray]:
    """The trees of all learners as the flat arrays that scrapers.extraction.model.Trees reads."""
    columns: dict[str, list[np.ndarray]] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
    roots, offset, depth = [], 0, 0
    for learner in learners:
        for (tree,) in learner._predictors:
            nodes = tree.nodes
            leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
            roots.append(offset)
            columns["feature"].append(np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16))
            columns["threshold"].append(np.where(leaf, 0, nodes["num_threshold"]).astype(np.float32))
            columns["left"].append((np.where(leaf, own, nodes["left"]) + offset).astype(np.int32))
            columns["right"].append((np.where(leaf, own, nodes["right"]) + offset).astype(np.int32))
            columns["value"].append((np.where(leaf, nodes["value"], 0) / len(learners)).astype(np.float32))
            offset += len(nodes)
            depth = max(depth, int(nodes["depth"].max()))
    baseline = np.mean([float(np.ravel(learner._baseline_prediction)[0]) for learner in learners])
    return {name: np.concatenate(parts) for name, parts in columns.items()} | {
        "roots": np.array(roots, dtype=np.int32), "baseline": np.array(baseline), "depth": np.array(depth),
    }  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--no-folds", action="store_true", help="only the shipped weights, without the gate's folds")
    given = options.parse_args()
    gold = read_gold(gold_dir() / "dev.parquet")
    prepared = [prepare(page) for page in gold]
    known = [i for i, page in enumerate(prepared) if page is not None]
    pages = [prepared[i] for i in known]
    is_news = [gold[i]["source"] == "fundus" for i in known]
    every = families(gold)
    names = [every[i] for i in known]
    print(f"{len(pages)} pages, {sum(len(p.label) for p in pages)} blocks, {len(set(names))} families", flush=True)
    learners = learn(pages)
    _check(learners, pages[0])
    np.savez_compressed(WEIGHTS, **arrays(learners), names=np.array(features.names()))
    print(f"{WEIGHTS}: written", flush=True)
    if given.no_folds:
        return
    fold, kept = fold_of(names, is_news, FOLDS), {}
    for number in range(FOLDS):
        part = arrays(learn([page for page, f in zip(pages, fold, strict=True) if f != number]))
        kept |= {f"{number}_{name}": value for name, value in part.items()}
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)
    np.savez_compressed(
        FOLD_WEIGHTS,
        **kept,
        names=np.array(features.names()),
        page_ids=np.array([gold[i]["page_id"] for i in known]),
        page_folds=fold.astype(np.int8),
    )
    print(f"{FOLD_WEIGHTS}: written")


def _check(learners: Learners, page: Prepared) -> None:
    """The exported trees must say what the learners say."""
    matrix, stored = page.features.matrix, arrays(learners)
    ours = Trees(stored, float(stored["baseline"]), int(stored["depth"])).probability(matrix)
    if np.abs(ours - probability(learners, matrix)).max() > 1e-4:
        raise AssertionError("the exported trees differ from the learned ones")


if __name__ == "__main__":
    main()
