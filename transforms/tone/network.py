"""The learned half that generalises: a small convolutional network over the words of a sentence.

Every word is the mean of the vectors of its pieces (a frequent word is one piece, a rare one is cut into the
likeliest, Kudo 2018) plus those of the frames and effects that it stands for. Three convolutions with growing steps
(1, 2, 4 words) let it see its neighbours; what is read out is the two companies' places and the strongest answers
before, between and behind them (piecewise max pooling, Zeng et al. 2015). Only NumPy; `python -m
bench.train_sentiment` makes the weights.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from transforms.tone.batch import Batch

STEPS = (1, 2, 4)
NEAR = 6
"""Words to the nearer company, from which on the distance no longer counts."""
_LONGEST = 16  # characters of a piece, at most
_CACHED = 60_000
_BLOCK = 1000
"""Words that are convolved at once: what they need stays in the processor's cache."""
_SLOTS = {"A": 0, "B": 0, "O": 1}


class Pieces:
    """The pieces of a form. Built from their names (`=form` for a whole word, `▁` starts a word) and their scores."""

    def __init__(self, names: list[str], scores: np.ndarray):
        self._number = {name: number for number, name in enumerate(names)}
        self._scores = [float(score) for score in scores]
        self._unknown = min(self._scores) - 10

    def __call__(self, form: str) -> list[int]:
        """Numbers of the pieces; 0 stands for a character in no piece."""
        form = form.lstrip("-") or form
        whole = self._number.get("=" + form)
        return [whole] if whole is not None else self._cut("▁" + form[:40])

    def _cut(self, text: str) -> list[int]:
        size = len(text)
        best, back = [0.0] + [-1e30] * size, [(0, 0)] * (size + 1)
        for at in range(size):
            for end in range(at + 1, min(size, at + _LONGEST) + 1):
                number = self._number.get(text[at:end])
                if number is None and end > at + 1:
                    continue
                score = best[at] + (self._unknown if number is None else self._scores[number])
                if score > best[end]:
                    best[end], back[end] = score, (at, number or 0)
        found = []
        while size:
            size, number = back[size]
            found.append(number)
        return found[::-1]


def columns(batch: Batch) -> dict[str, np.ndarray]:
    """What the network sees of the words besides the words: places are numbers of words in the whole batch.

    own: the sentence of a word; zone: before, between or behind the companies; near: words to the nearer company;
    first, second: places of the companies in order; hit, label: places of frames and effects.
    """
    size = np.array(batch.size, dtype=np.int64)
    start = np.cumsum(size) - size
    own = np.repeat(np.arange(len(size)), size)
    place = np.arange(len(own)) - start[own]
    a, b = np.array(batch.a, dtype=np.int64), np.array(batch.b, dtype=np.int64)
    low, high = np.minimum(a, b), np.maximum(a, b)
    is_pair = low != high
    zone = (place >= low[own]).astype(np.int64) + (place >= high[own])
    to_low, to_high = place - low[own], place - high[own]
    near = np.clip(np.where(-to_high < to_low, to_high, to_low), -NEAR, NEAR) + NEAR
    hit = start[np.array(batch.hit_owner, dtype=np.int64)] + np.array(batch.hit_place, dtype=np.int64)
    return {
        "own": own,
        "zone": zone,
        "near": near,
        "first": start + low,
        "second": start + high,
        "is_pair": is_pair,
        "is_swapped": b < a,
        "hit": hit,
        "label": np.array(batch.hit_label, dtype=np.int64),
    }


def neighbours(own: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
    """Places of the words `step` before and behind each word; one past the end where the sentence ends."""
    count = len(own)
    at = np.arange(count)
    ahead, behind = at - step, at + step
    ahead[(ahead < 0) | (own[np.maximum(ahead, 0)] != own)] = count
    outside = behind >= count
    outside |= own[np.minimum(behind, count - 1)] != own
    behind[outside] = count
    return ahead, behind


def _around(found: np.ndarray, own: np.ndarray, step: int) -> np.ndarray:
    """Each word's vector between those of its neighbours: (words, 3 * width). Slices: faster than picking rows."""
    count, width = found.shape
    around = np.empty((count, 3 * width), dtype=np.float32)
    around[:step, :width] = 0
    around[step:, :width] = found[:-step]
    around[:, width : 2 * width] = found
    around[:-step, 2 * width :] = found[step:]
    around[-step:, 2 * width :] = 0
    ahead, behind = neighbours(own, step)
    around[ahead == count, :width] = 0
    around[behind == count, 2 * width :] = 0
    return around


def _blocks(size: Sequence[int]) -> list[slice]:
    """Whole sentences in runs of about _BLOCK words, as slices of words."""
    ends = np.cumsum(size)
    last = np.flatnonzero(np.diff(ends // _BLOCK, append=-1))  # the last sentence of each run
    edges = [0, *ends[last].tolist()]
    return [slice(start, stop) for start, stop in pairwise(edges)]


def _strongest(found: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The maximum of each run of rows: what np.maximum.reduceat(found, starts) gives, three times as fast.

    The longest run comes first, so that the runs that still have a row are always the first ones.
    """
    size = np.diff(starts, append=len(found))
    order = np.argsort(-size, kind="stable")
    starts, size = starts[order], size[order]
    best = found[starts]
    longer = np.searchsorted(-size, -np.arange(1, size[0]))  # how many runs have more rows than 1, 2, …
    for step, count in enumerate(longer.tolist(), start=1):
        np.maximum(best[:count], found[starts[:count] + step], out=best[:count])
    strongest = np.empty_like(best)
    strongest[order] = best
    return strongest


class Network:
    """Reads a batch of masked sentences. Built from the arrays of weights.npz whose names start with `net_`."""

    def __init__(self, stored: Mapping[str, np.ndarray]):
        self._pieces = Pieces(str(stored["net_pieces"]).split("\n"), stored["net_scores"])
        self._vectors = stored["net_words"].astype(np.float32) * stored["net_words_scale"]
        self._weights = {
            name: value.astype(np.float32)
            for name, value in stored.items()
            if name.startswith("net_") and value.dtype == np.float16
        }
        self._where = (self._weights["net_zone"][:, None] + self._weights["net_near"]).reshape(
            -1, self._vectors.shape[1]
        )
        self._places: dict[str, int] = {}
        self._forms = np.zeros((1024, self._vectors.shape[1]), dtype=np.float32)

    def _place(self, form: str) -> int:
        """Row of the form's vector."""
        place = len(self._places)
        if place >= len(self._forms):
            self._forms = np.concatenate([self._forms, np.zeros_like(self._forms)])
        slot = _SLOTS.get(form)
        self._forms[place] = (
            self._vectors[self._pieces(form)].mean(axis=0) if slot is None else self._weights["net_slot"][slot]
        )
        self._places[form] = place
        return place

    def _words(self, forms: list[str]) -> np.ndarray:
        if len(self._places) > _CACHED:
            self._places.clear()
        known = self._places
        places = [known[form] if form in known else self._place(form) for form in forms]
        return self._forms[places]

    def _dense(self, name: str, values: np.ndarray) -> np.ndarray:
        found = values @ self._weights[f"net_{name}_w"]
        found += self._weights[f"net_{name}_b"]
        return np.maximum(found, 0, out=found)

    def _read(self, batch: Batch, seen: dict[str, np.ndarray]) -> np.ndarray:
        """Each word's vector, before it sees its neighbours."""
        weights = self._weights
        found = self._words(batch.forms)
        found += self._where[seen["zone"] * (2 * NEAR + 1) + seen["near"]]
        if len(seen["hit"]):
            starts = np.flatnonzero(np.diff(seen["hit"], prepend=-1))
            found[seen["hit"][starts]] += np.add.reduceat(weights["net_label"][seen["label"]], starts, axis=0)
        return found

    def _convolved(self, found: np.ndarray, own: np.ndarray) -> np.ndarray:
        for number, step in enumerate(STEPS):
            answer = self._dense(f"step{number}", _around(found, own, step))
            found = answer if number == 0 else np.add(found, answer, out=answer)
        return found

    def sums(self, batch: Batch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Sums for -1, 0, +1: of the relation, of company A, of company B; shapes (sentences, 3)."""
        count = len(batch.size)
        if not batch.forms:
            return (np.zeros((count, 3), dtype=np.float32),) * 3
        seen = columns(batch)
        read, own = self._read(batch, seen), seen["own"]
        found = np.concatenate([self._convolved(read[block], own[block]) for block in _blocks(batch.size)])
        key = seen["own"] * 3 + seen["zone"]
        starts = np.flatnonzero(np.diff(key, prepend=-1))
        pooled = np.zeros((count * 3, found.shape[1]), dtype=np.float32)
        pooled[key[starts]] = _strongest(found, starts)
        pooled = pooled.reshape(count, -1)
        first, second = found[seen["first"]], found[seen["second"]] * seen["is_pair"][:, None]
        ahead, behind = np.concatenate([first, second, pooled], axis=1), np.concatenate([second, first, pooled], axis=1)
        relation = self._out("relation", self._dense("relation", ahead))
        is_pair = seen["is_pair"]
        hidden = np.empty((count, self._weights["net_lone_b"].shape[0]), dtype=np.float32)
        hidden[is_pair] = self._dense("ahead", ahead[is_pair])
        hidden[~is_pair] = self._dense("lone", ahead[~is_pair])
        tone_first = self._out("tone", hidden)
        tone_second = self._out("tone", self._dense("behind", behind))
        swapped = seen["is_swapped"][:, None]
        return (
            relation,
            np.where(swapped, tone_second, tone_first),
            np.where(swapped, tone_first, tone_second),
        )

    def _out(self, name: str, values: np.ndarray) -> np.ndarray:
        return values @ self._weights[f"net_{name}_out_w"] + self._weights[f"net_{name}_out_b"]
