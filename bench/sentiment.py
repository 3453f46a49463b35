"""How well sentiment is scored, beside what else there is: python -m bench.sentiment [--write]

Two honest settings, both on the gold that `dev`, `dev_more` and `dev_third` hold:
- cross-validated: no document, no text and no pair of companies on both sides (bench.train_sentiment.folds);
- held out: trained without any row of `dev_third`, measured on it.
--write puts the figures into docs/sentiment.md.
"""

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bench.sentiment_labels import HELD_OUT, ROOT, Labelled, read, shared
from bench.train_sentiment import (
    STRENGTH,
    Examples,
    best_offset,
    company_examples,
    cross_validated,
    fit,
    folds,
    lifted,
    macro_f1,
    predict,
    relation_examples,
)
from transforms.sentiment import run_sentiment
from transforms.tone.features import EFFECTS, FRAMES
from transforms.tone.lexicon import Lexicon, holds
from transforms.tone.model import verdicts

DOCS = ROOT / "docs" / "sentiment.md"
_MARK = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)
BOOTSTRAPS = 400


def interval(labels: np.ndarray, said: np.ndarray) -> tuple[float, float]:
    """95 % of the macro-F1 values of bootstrap samples."""
    draw = np.random.default_rng(0)
    found = []
    for _ in range(BOOTSTRAPS):
        chosen = draw.integers(0, len(labels), len(labels))
        found.append(macro_f1(labels[chosen], said[chosen]))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def bucket_correlation(labels: np.ndarray, scores: np.ndarray, size: int = 8) -> float:
    """Correlation of the means of labels and scores in buckets of sentences, mean of twenty shuffles."""
    draw, found = np.random.default_rng(0), []
    for _ in range(20):
        order = draw.permutation(len(labels))[: len(labels) // size * size].reshape(-1, size)
        found.append(np.corrcoef(labels[order].mean(axis=1), scores[order].mean(axis=1))[0, 1])
    return float(np.mean(found))


def line(name: str, labels: np.ndarray, said: np.ndarray, scores: np.ndarray | None = None) -> str:
    low, high = interval(labels, said)
    flips = np.mean(labels * said < 0)
    far = f"{bucket_correlation(labels, scores):.2f}" if scores is not None and scores.std() else "–"
    return f"| {name} | {len(labels)} | {macro_f1(labels, said):.3f} | {low:.3f}–{high:.3f} | {flips:.1%} | {far} |"


def word_counts(rows: Sequence[Labelled]) -> Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]:
    """TF-IDF of masked words and word pairs with a linear model, as a peer: (train, labels, test) -> verdicts."""
    texts = np.array([" ".join(row.forms) for row in rows])

    def learn(train: np.ndarray, labels: np.ndarray, test: np.ndarray) -> np.ndarray:
        counts = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+", min_df=2, sublinear_tf=True)
        learner = LogisticRegression(C=10, max_iter=300, class_weight="balanced")
        learner.fit(counts.fit_transform(texts[train]), labels)
        return learner.predict(counts.transform(texts[test]))

    return learn


def word_sums(rows: Sequence[Labelled], table: list[dict[str, str]], column: str) -> np.ndarray:
    """The sign of the sum of our word list's signs, without any regard to places: what a polarity lexicon does."""
    lexicon = Lexicon([(int(row[column]), row["words"]) for row in table])
    sums = []
    for row in rows:
        found = [c for at, form in enumerate(row.forms) for c in lexicon.conditions(form) if holds(c, row.forms, at)]
        sums.append(np.sign(sum(condition[0] for condition in found)))
    return np.array(sums, dtype=int)


def _groups(examples: Examples, rows: Sequence[Labelled], name: str) -> dict[str, np.ndarray]:
    paired = np.array([rows[number].tone_b is not None for number in examples.sentence])
    if name == "relation":
        return {"relation of a pair": paired}
    return {"company, two in the sentence": paired, "company, one in the sentence": ~paired}


def measure(rows: Sequence[Labelled], name: str, examples: Examples) -> list[str]:
    """Lines of the table for one head."""
    origin = np.array([rows[number].origin for number in examples.sentence])
    fold = folds(rows)
    gold = np.char.startswith(origin, "dev")
    held_out = origin == HELD_OUT
    held_groups = {g for row in rows if row.origin == HELD_OUT for g in row.groups if not g.startswith("pair ")}
    leaking = np.array([not held_groups.isdisjoint(rows[number].groups) for number in examples.sentence])
    train = np.flatnonzero(~held_out & ~leaking)
    checked = cross_validated(examples, fold, STRENGTH[name])
    tuned = gold & ~held_out
    offset = best_offset(checked[tuned], examples.labels[tuned])
    checked = lifted(checked, offset)
    kept = lifted(predict(examples, np.arange(len(origin)), *fit(examples, train, STRENGTH[name])), offset)
    own_rows = [rows[number] for number in examples.sentence]
    sums = word_sums(own_rows, *((FRAMES, "relation") if name == "relation" else (EFFECTS, "effect")))
    peer = word_counts(own_rows)
    out = []
    for group, inside in _groups(examples, rows, name).items():
        for setting, chosen, chances in (
            ("cross-validated", gold & inside, checked),
            ("held out", held_out & inside, kept),
        ):
            labels, found = examples.labels[chosen], verdicts(chances[chosen])
            scores = chances[chosen][:, 2] - chances[chosen][:, 0]
            out.append(line(f"{group}: ours, {setting}", labels, found, scores))
        labels = examples.labels[held_out & inside]
        linear = peer(train, examples.labels[train], np.flatnonzero(held_out & inside))
        out.append(line(f"{group}: TF-IDF and a linear model, held out", labels, linear, linear))
        out.append(
            line(f"{group}: sum of word signs, held out", labels, sums[held_out & inside], sums[held_out & inside])
        )
        out.append(line(f"{group}: always 0, held out", labels, np.zeros(len(labels), dtype=int)))
        out += confusion(group, examples.labels[gold & inside], checked[gold & inside])
    return out


def confusion(group: str, labels: np.ndarray, chances: np.ndarray) -> list[str]:
    """Who is taken for whom, and how often a verdict is right by its chance; lines that start with a blank."""
    said = verdicts(chances)
    found = Counter(zip(labels.tolist(), said.tolist(), strict=True))
    out = [f" {group}, cross-validated: rows are the labels, columns the verdicts -1, 0, +1"]
    out += [
        f" {label:+d}: " + " ".join(f"{found[label, outcome]:5d}" for outcome in (-1, 0, 1)) for label in (-1, 0, 1)
    ]
    best = chances.max(axis=1)
    for low in (0.33, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = {0.33: 0.5, 0.9: 1.01}.get(low, low + 0.1)
        inside = (best >= low) & (best < high)
        if inside.any():
            share = np.mean(labels[inside] == said[inside])
            out.append(f" chance {low:.2f} to {min(high, 1):.2f}: {inside.sum()} verdicts, {share:.0%} right")
    return out


def speed() -> str:
    """Pairs per second of the command, from file to file, on one core."""
    rows = (shared() / "tone" / "dev_more_tone_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        source.write_text("\n".join(rows * 5) + "\n", encoding="utf-8")
        run_sentiment(source, target)
        start = time.process_time()
        count = run_sentiment(source, target)
        taken = time.process_time() - start
        assert len([json.loads(row) for row in target.read_text(encoding="utf-8").splitlines()]) == count
    return f"Speed of `python -m transforms sentiment`, one core, pair and both companies: {count / taken:,.0f} pairs/s"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/sentiment.md")
    write = parser.parse_args().write
    rows = read()
    lines = measure(rows, "relation", relation_examples(rows)) + measure(rows, "company", company_examples(rows))
    table = ["| what | n | macro-F1 | 95 % | sign flips | r, buckets of 8 |", "|---|---|---|---|---|---|"]
    table += [row for row in lines if row.startswith("|")]
    details = "\n".join(row[1:] for row in lines if row.startswith(" "))
    text = (
        "\n".join(table)
        + f"\n\n{speed()}\n\nNot at hand, so not measured: textblob-de, SentiWS.\n\n```\n{details}\n```"
    )
    print(text)
    if write:
        DOCS.write_text(
            _MARK.sub(lambda found: f"{found[1]}{text}\n{found[2]}", DOCS.read_text(encoding="utf-8")), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
