"""A transformer in the place of the built-in model: SENTIMENT_MODEL=folder (optional; needs transformers and torch).

The folder holds a sequence classifier as `save_pretrained` writes it, with its tokenizer and three labels: -1, 0, 1 or
negative, neutral, positive. It reads a masked sentence (companies are A, B, O) together with what is asked: "Beziehung
von A und B", "Lage von A" or "Lage von B". Nothing is downloaded. Without the variable none of this is imported.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from transforms.tone.batch import Batch

FOLDER = "SENTIMENT_MODEL"
_LABELS = {"-1": 0, "0": 1, "1": 2, "+1": 2, "negative": 0, "neutral": 1, "positive": 2}
_AT_ONCE = 32


def folder() -> Path | None:
    """The folder that the environment names, if any. Raises FileNotFoundError for one that does not exist."""
    named = os.environ.get(FOLDER)
    if not named:
        return None
    if not Path(named).is_dir():
        raise FileNotFoundError(f"{FOLDER}={named}: no such folder; unset it to use the built-in model")
    return Path(named)


class _Trust:
    """A transformer's own chance is its confidence."""

    @staticmethod
    def confidence(chance: float) -> float:
        return chance


class Transformer:
    """The same questions as tone.model.Model answers, put to a transformer."""

    relation = company = _Trust()

    def __init__(self, path: Path):
        # imported here: neither package is needed without a folder
        import torch
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        self._torch = torch
        self._tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True)
        self._model = AutoModelForSequenceClassification.from_pretrained(path, local_files_only=True).eval()
        named = {str(label).lower(): number for number, label in self._model.config.id2label.items()}
        found = {_LABELS[label]: number for label, number in named.items() if label in _LABELS}
        if sorted(found) != [0, 1, 2] or len(named) != 3:
            raise ValueError(f"{path}: labels {', '.join(named)}; expected three: negative, neutral, positive")
        self._columns = [found[outcome] for outcome in range(3)]

    def _asked(self, sentences: Sequence[str], question: str) -> np.ndarray:
        found = []
        for at in range(0, len(sentences), _AT_ONCE):
            texts = list(sentences[at : at + _AT_ONCE])
            read = self._tokenizer(
                texts,
                [question] * len(texts),
                padding=True,
                truncation="only_first",
                max_length=256,
                return_tensors="pt",
            )
            with self._torch.no_grad():
                found.append(self._model(**read).logits.softmax(dim=1).double().numpy())
        return np.concatenate(found)[:, self._columns] if found else np.zeros((0, 3))

    @staticmethod
    def _sentences(batch: Batch) -> list[str]:
        stops = np.cumsum(batch.size).tolist()
        return [" ".join(batch.forms[stop - size : stop]) for stop, size in zip(stops, batch.size, strict=True)]

    def score(self, batch: Batch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Chances of -1, 0, +1 for masked sentences: of the relation, of company A, of company B; shapes (n, 3)."""
        sentences = self._sentences(batch)
        relation, tone_a, tone_b = (
            self._asked(sentences, question) for question in ("Beziehung von A und B", "Lage von A", "Lage von B")
        )
        return relation, tone_a, tone_b

    def score_company(self, batch: Batch) -> np.ndarray:
        """Chances of -1, 0, +1 for company A in masked sentences, shape (n, 3)."""
        return self._asked(self._sentences(batch), "Lage von A")
