"""How well sentiment is scored, beside what else there is: python -m bench.sentiment [--write]

All figures come from the batch `dev_third` of the gold: verdicts that `python -m bench.train_sentiment` kept of a
model that had not seen it (bench/labels/held_out.npz). Peers learn from the same labels. A transformer in the folder
that SENTIMENT_MODEL names is measured too. --write puts the figures into docs/sentiment.md.
"""

import argparse
import importlib.util
import json
import math
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from bench.sentiment_labels import HELD_OUT, LABELS, ROOT, Labelled, example_rows, read, shared, without_held_out
from bench.sentiment_pool import hashed
from bench.sentiment_scores import HEADS, KEPT, cross_lifted, macro_f1, of_head
from transforms.sentiment_file import run_sentiment
from transforms.tone.batch import EFFECTS, FRAMES, batch_of
from transforms.tone.lexicon import Lexicon, holds
from transforms.tone.model import WEIGHTS, Model, verdicts
from transforms.tone.transformer import FOLDER, Transformer, folder

DOCS = ROOT / "docs" / "sentiment.md"
_MARK = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)
_EXAMPLES = re.compile(r"(<!-- examples -->\n).*?(<!-- end of examples -->)", re.DOTALL)
_NAMES = {"A": "Nordbau", "B": "Suedholz", "O": "Westmetall"}
_SLOT = re.compile(r"(?<!\w)[ABO](?=s?(?!\w))")
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
    """A row of the table."""
    low, high = interval(labels, said)
    flips = np.mean(labels * said < 0)
    far = f"{bucket_correlation(labels, scores):.2f}" if scores is not None and scores.std() else "–"
    return f"| {name} | {len(labels)} | {macro_f1(labels, said):.3f} | {low:.3f}–{high:.3f} | {flips:.1%} | {far} |"


def held_out_chances(rows: Sequence[Labelled]) -> np.ndarray:
    """What the model without these rows says of them, shape (rows, 3 heads, 3). Raises ValueError if out of date."""
    with np.load(KEPT) as stored:
        kept = dict(zip(stored["numbers"].tolist(), stored["chances"].astype(np.float64), strict=True))
        if int(stored["weights"]) != crc32(WEIGHTS.read_bytes()):
            raise ValueError(f"{KEPT} is of other weights than {WEIGHTS}: run python -m bench.train_sentiment")
    return cross_lifted(rows, np.stack([kept[hashed(row.id)] for row in rows]))


def word_counts(rows: Sequence[Labelled], name: str, labels_of: Sequence[Labelled]) -> np.ndarray:
    """TF-IDF of masked words and word pairs with a linear model, as a peer: its verdicts on the rows' examples."""

    def texts(known: Sequence[Labelled], number: np.ndarray, is_b: np.ndarray) -> list[str]:
        turned = str.maketrans("AB", "BA")
        found = [" ".join(known[n].forms) for n in number]
        return [text.translate(turned) if back else text for text, back in zip(found, is_b, strict=True)]

    found = []
    for known in (labels_of, rows):
        heads = np.broadcast_to(np.arange(3)[None, :, None], (len(known), 3, 3)).astype(float)
        labels, head, number = of_head(name, known, heads)
        found.append((labels, texts(known, number, head[:, 0] == 2)))
    counts = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+", min_df=2, sublinear_tf=True, lowercase=False)
    learner = LogisticRegression(C=10, max_iter=300, class_weight="balanced")
    learner.fit(counts.fit_transform(found[0][1]), found[0][0])
    return learner.predict(counts.transform(found[1][1]))


def word_sums(rows: Sequence[Labelled], name: str) -> np.ndarray:
    """The sign of the sum of our word list's signs, without any regard to places: what a polarity lexicon does."""
    table, column = (FRAMES, "relation") if name == "relation" else (EFFECTS, "effect")
    lexicon = Lexicon([(int(row[column]), row["words"]) for row in table])
    sums = []
    for row in rows:
        found = [c for at, form in enumerate(row.forms) for c in lexicon.conditions(form) if holds(c, row.forms, at)]
        sums.append(np.sign(sum(condition[0] for condition in found)))
    return np.array(sums, dtype=int)


def textblob(rows: Sequence[Labelled]) -> np.ndarray:
    """The polarity of textblob-de's analyzer, of the whole sentence."""
    from textblob_de import TextBlobDE
    from textblob_de.tokenizers import PatternTokenizer

    tokenizer = PatternTokenizer()  # the one that needs no download
    return np.array([TextBlobDE(row.text, tokenizer=tokenizer).sentiment.polarity for row in rows])


def measure(name: str, rows: Sequence[Labelled], others: Sequence[Labelled], peers: dict[str, np.ndarray]) -> list[str]:
    """Lines of the table for one head. peers: numbers per row whose signs are verdicts."""
    labels, ours, number = of_head(name, rows, held_out_chances(rows))
    counted, summed = word_counts(rows, name, others), word_sums(rows, name)[number]
    paired = np.array([rows[n].tone_b is not None for n in number])
    groups = {"relation of a pair": paired}
    if name == "company":
        groups = {"company, two in the sentence": paired, "company, one in the sentence": ~paired}
    out = []
    for group, inside in groups.items():
        gold, chances = labels[inside], ours[inside]
        out.append(line(f"{group}: **ours**", gold, verdicts(chances), chances[:, 2] - chances[:, 0]))
        if folder() is not None:
            parts = of_head(name, rows, transformer_chances(rows))[1][inside]
            out.append(line(f"{group}: the transformer", gold, verdicts(parts), parts[:, 2] - parts[:, 0]))
        out.append(line(f"{group}: TF-IDF and a linear model", gold, counted[inside], counted[inside]))
        out.append(line(f"{group}: sum of our word signs", gold, summed[inside], summed[inside]))
        for peer, values in peers.items():
            found = values[number][inside]
            out.append(line(f"{group}: {peer}", gold, np.sign(found).astype(int), found))
        out.append(line(f"{group}: always 0", gold, np.zeros(len(gold), dtype=int)))
        out += confusion(group, gold, chances)
    return out


def transformer_chances(rows: Sequence[Labelled]) -> np.ndarray:
    """What the transformer of SENTIMENT_MODEL says, shape (rows, 3 heads, 3)."""
    return np.stack(Transformer(folder()).score(batch_of(row.forms for row in rows)), axis=1)


def confusion(group: str, labels: np.ndarray, chances: np.ndarray) -> list[str]:
    """Who is taken for whom, and how often a verdict is right by its chance; lines that start with a blank."""
    said = verdicts(chances)
    found = Counter(zip(labels.tolist(), said.tolist(), strict=True))
    out = [f" {group}: rows are the labels, columns the verdicts -1, 0, +1"]
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
    with tempfile.TemporaryDirectory() as place, threadpool_limits(1):
        source, target = Path(place) / "in.jsonl", Path(place) / "out.jsonl"
        source.write_text("\n".join(rows * 5) + "\n", encoding="utf-8")
        count, taken = run_sentiment(source, target), math.inf
        for _ in range(4):  # the best one: the machine has other things to do
            start = time.process_time()
            run_sentiment(source, target)
            taken = min(taken, time.process_time() - start)
        assert len([json.loads(row) for row in target.read_text(encoding="utf-8").splitlines()]) == count
    return f"Speed of `python -m transforms sentiment`, one core, pair and both companies: {count / taken:,.0f} pairs/s"


def examples(most: int = 10) -> str:
    """Our own sentences that come out right and wrong, as a table."""
    rows = list(example_rows(LABELS / "examples.txt"))
    said = verdicts(Model().score(batch_of(forms for _, _, forms in rows))[0])
    found: dict[bool, list[str]] = {True: [], False: []}
    for (label, text, _), verdict in zip(rows, said.tolist(), strict=True):
        named = _SLOT.sub(lambda slot: _NAMES[slot[0]], text)
        found[label == verdict].append(f"| {named} | {label:+d} | {verdict:+d} |".replace("+0", "0"))
    head = "| sentence | relation | verdict |\n|---|---|---|"
    count = f"{len(found[True])} of these {len(rows)} sentences (`bench/labels/examples.txt`) come out right."
    return f"{count} Ten of each kind:\n\n" + "\n".join([head, *found[True][:most], *found[False][:most]])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/sentiment.md")
    write = parser.parse_args().write
    rows = read()
    held_out, others = [row for row in rows if row.origin == HELD_OUT], without_held_out(rows)
    peers, missing = {}, ["SentiWS (no package ships it)"]
    if importlib.util.find_spec("textblob_de"):
        peers["textblob-de"] = textblob(held_out)
    else:
        missing.append("textblob-de (not installed here; make bench-sentiment has it)")
    if folder() is None:
        missing.append(f"a transformer ({FOLDER} names no folder)")
    lines = [found for name in HEADS for found in measure(name, held_out, others, peers)]
    table = ["| what | n | macro-F1 | 95 % | sign flips | r, buckets of 8 |", "|---|---|---|---|---|---|"]
    table += [row for row in lines if row.startswith("|")]
    details = "\n".join(row[1:] for row in lines if row.startswith(" "))
    text = "\n".join(table) + f"\n\n{speed()}\n\nNot measured: {'; '.join(missing)}.\n\n```\n{details}\n```"
    shown = examples()
    print(f"{text}\n\n{shown}")
    if write:
        page = DOCS.read_text(encoding="utf-8")
        page = _MARK.sub(lambda found: f"{found[1]}{text}\n{found[2]}", page)
        DOCS.write_text(_EXAMPLES.sub(lambda found: f"{found[1]}{shown}\n{found[2]}", page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
