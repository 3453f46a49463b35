"""Trains the network of transforms.tone.network: the same arithmetic in PyTorch, then its weights as arrays.

Needs PyTorch (the extra `train` of pyproject.toml). One thread and fixed seeds: the same input gives the same weights.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from transforms.tone.batch import EFFECTS, FRAMES, Batch
from transforms.tone.network import NEAR, STEPS, Pieces, columns, neighbours

WIDTH, HIDDEN = 96, 128
EPOCHS, BATCH, RATE, WORD_RATE = 10, 96, 2.5e-3, 1.2e-3
_SLOTS = {"A": 0, "B": 0, "O": 1}


@dataclass(frozen=True)
class Sentence:
    """One masked sentence, ready to be put into a batch."""

    batch: Batch  # of this sentence alone
    pieces: list[list[int]]


def sentences(forms: Sequence[Sequence[str]], pieces: Pieces) -> list[Sentence]:
    """Masked sentences, cut into pieces once."""
    found, known = [], {}
    for row in forms:
        batch = Batch()
        batch.add(row[:200])
        found.append(Sentence(batch, [known.setdefault(form, pieces(form)) for form in batch.forms]))
    return found


def _joined(rows: Sequence[Sentence]) -> tuple[Batch, dict[str, torch.Tensor]]:
    whole = Batch()
    for number, row in enumerate(rows):
        one = row.batch
        whole.forms += one.forms
        whole.size += one.size
        whole.a += one.a
        whole.b += one.b
        whole.hit_owner += [number] * len(one.hit_owner)
        whole.hit_place += one.hit_place
        whole.hit_label += one.hit_label
    seen = {name: torch.from_numpy(np.ascontiguousarray(column)) for name, column in columns(whole).items()}
    flat = [piece for row in rows for pieces in row.pieces for piece in pieces]
    sizes = np.array([len(pieces) for row in rows for pieces in row.pieces])
    seen["pieces"], seen["starts"] = torch.tensor(flat), torch.from_numpy(np.cumsum(sizes) - sizes)
    seen["slot"] = torch.tensor([_SLOTS.get(form, -1) for form in whole.forms])
    for step in STEPS:
        ahead, behind = neighbours(seen["own"].numpy(), step)
        seen[f"ahead{step}"], seen[f"behind{step}"] = torch.from_numpy(ahead), torch.from_numpy(behind)
    return whole, seen


class Learner(nn.Module):
    """The network with gradients. vectors: (pieces, dimensions), where training starts from."""

    def __init__(self, vectors: np.ndarray):
        super().__init__()
        size = vectors.shape[1]
        self.words = nn.EmbeddingBag.from_pretrained(torch.from_numpy(vectors.copy()), freeze=False, mode="mean")
        self.label = nn.Embedding(len(FRAMES) + len(EFFECTS), size)
        self.slot, self.zone, self.near = nn.Embedding(2, size), nn.Embedding(3, size), nn.Embedding(2 * NEAR + 1, size)
        for table in (self.label, self.slot, self.zone, self.near):
            nn.init.normal_(table.weight, std=0.1)
        self.steps = nn.ModuleList([nn.Linear(3 * (WIDTH if at else size), WIDTH) for at in range(len(STEPS))])
        names = ("relation", "ahead", "behind", "lone")
        self.views = nn.ModuleDict({name: nn.Linear(5 * WIDTH, HIDDEN) for name in names})
        self.outs = nn.ModuleDict({name: nn.Linear(HIDDEN, 3) for name in ("relation", "tone")})

    def forward(self, count: int, seen: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        is_slot = (seen["slot"] >= 0)[:, None]
        found = self.words(seen["pieces"], seen["starts"])
        if self.training:
            found = found * (torch.rand(len(found), 1) > 0.1)
        found = torch.where(is_slot, self.slot(seen["slot"].clamp(min=0)), found)
        found = found + self.zone(seen["zone"]) + self.near(seen["near"])
        found = found.index_add(0, seen["hit"], self.label(seen["label"]))
        for number, (step, layer) in enumerate(zip(STEPS, self.steps, strict=True)):
            padded = torch.cat([found, found.new_zeros(1, found.shape[1])])
            around = torch.cat([padded[seen[f"ahead{step}"]], found, padded[seen[f"behind{step}"]]], dim=1)
            answer = functional.relu(layer(around))
            found = functional.dropout(answer if number == 0 else found + answer, 0.1, self.training)
        pooled = found.new_zeros(count * 3, WIDTH)
        pooled = pooled.index_reduce(0, seen["own"] * 3 + seen["zone"], found, "amax").view(count, -1)
        is_pair = seen["is_pair"][:, None]
        first, second = found[seen["first"]], found[seen["second"]] * is_pair
        ahead, behind = torch.cat([first, second, pooled], 1), torch.cat([second, first, pooled], 1)
        relation = self._read("relation", "relation", ahead)
        tone_first = torch.where(is_pair, self._read("ahead", "tone", ahead), self._read("lone", "tone", ahead))
        tone_second = self._read("behind", "tone", behind)
        swapped = seen["is_swapped"][:, None]
        return (
            relation,
            torch.where(swapped, tone_second, tone_first),
            torch.where(swapped, tone_first, tone_second),
        )

    def _read(self, view: str, out: str, values: torch.Tensor) -> torch.Tensor:
        dropped = functional.dropout(values, 0.3, self.training)
        hidden = functional.relu(self.views[view](dropped))
        return self.outs[out](functional.dropout(hidden, 0.3, self.training))

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as transforms.tone.network reads them: vectors of words in bytes, others in half precision."""
        with torch.no_grad():
            words = self.words.weight.numpy()
            scale = np.float32(np.abs(words).max() / 127)
            found = {"net_words": np.rint(words / scale).astype(np.int8), "net_words_scale": scale}
            tables = {name: getattr(self, name).weight for name in ("label", "slot", "zone", "near")}
            layers = {f"step{number}": layer for number, layer in enumerate(self.steps)}
            layers |= dict(self.views.items()) | {f"{name}_out": layer for name, layer in self.outs.items()}
            for name, layer in layers.items():
                tables |= {f"{name}_w": layer.weight.T, f"{name}_b": layer.bias}
            return found | {f"net_{name}": value.numpy().astype(np.float16) for name, value in tables.items()}


def _order(rows: Sequence[Sentence], draw: random.Random) -> list[list[int]]:
    """Numbers of the sentences in batches of like length."""
    order = list(range(len(rows)))
    draw.shuffle(order)
    found = []
    for at in range(0, len(order), BATCH * 16):
        near = sorted(order[at : at + BATCH * 16], key=lambda number: len(rows[number].pieces))
        found += [near[start : start + BATCH] for start in range(0, len(near), BATCH)]
    draw.shuffle(found)
    return found


def learn(
    rows: Sequence[Sentence],
    targets: np.ndarray,
    weights: np.ndarray,
    vectors: np.ndarray,
    epochs: int = EPOCHS,
) -> Learner:
    """A trained network. targets: chances (rows, 3 heads, 3), NaN where unknown; weights: (rows,)."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    draw, learner = random.Random(0), Learner(vectors)
    words = list(learner.words.parameters())
    others = [value for name, value in learner.named_parameters() if not name.startswith("words.")]
    groups = [{"params": words, "lr": WORD_RATE, "weight_decay": 0.0}, {"params": others, "weight_decay": 0.02}]
    optimizer = torch.optim.AdamW(groups, lr=RATE)
    total = epochs * math.ceil(len(rows) / BATCH)
    warm = lambda step: min((step + 1) / 200, 0.5 * (1 + math.cos(math.pi * step / total)) + 0.01)  # noqa: E731
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, warm)
    goal, weight = torch.from_numpy(targets.astype(np.float32)), torch.from_numpy(weights.astype(np.float32))
    learner.train()
    for _ in range(epochs):
        for chosen in _order(rows, draw):
            _, seen = _joined([rows[number] for number in chosen])
            loss = torch.zeros(())
            for head, sums in enumerate(learner(len(chosen), seen)):
                wanted = goal[chosen, head]
                known = ~torch.isnan(wanted[:, 0])
                each = -(wanted[known] * functional.log_softmax(sums[known], dim=1)).sum(dim=1)
                loss = loss + (each * weight[chosen][known]).sum() / len(chosen)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learner.parameters(), 2.0)
            optimizer.step()
            schedule.step()
    return learner.eval()


@torch.no_grad()
def read(learner: Learner, rows: Sequence[Sentence]) -> np.ndarray:
    """Sums of every sentence, shape (rows, 3 heads, 3 outcomes)."""
    found = np.zeros((len(rows), 3, 3), dtype=np.float32)
    for at in range(0, len(rows), 256):
        chosen = rows[at : at + 256]
        _, seen = _joined(chosen)
        found[at : at + len(chosen)] = torch.stack(learner(len(chosen), seen), dim=1).numpy()
    return found
