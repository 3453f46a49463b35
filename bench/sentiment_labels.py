"""Everything that sentiment learns from and is measured with, as rows of one form.

- the gold of TONLAGE_SHARED (else ../shared beside the project), folder gold/tone: texts with labels;
- bench/labels/*.jsonl: labels without texts; `id` is the SHA-1 of the text (first 12 digits), found in the gold folder;
- bench/labels/invented_*.txt: sentences that we wrote ourselves, with their labels.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pyarrow.parquet as pq

from lake.seeds import companies
from transforms.mentions import CompanyIndex
from transforms.tone.slots import SLOTS, Word, words

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "bench" / "labels"
BATCHES = ("dev", "dev_more", "dev_third")
HELD_OUT = "dev_third"
_SLOT = re.compile(r"(?<!\w)([ABO])(?=s?(?!\w))")
MARKS = {"A": "Ⓐ", "B": "Ⓑ", "O": "Ⓞ"}
_SIGNS = {"+": 1, "0": 0, "-": -1}

Span = tuple[int, int]


@dataclass(frozen=True)
class Labelled:
    """A sentence with its labels; relation and tone_b are None where it is about one company.

    tone_a and tone_b are None where only the relation was labelled.
    """

    id: str
    origin: str  # dev, dev_more, dev_third, labels, invented
    text: str
    forms: tuple[str, ...]  # masked words, the company itself A, its partner B, others O
    relation: int | None
    tone_a: int | None
    tone_b: int | None
    groups: tuple[str, ...]  # documents and pairs of companies: what must not be on both sides of a split
    source: str
    text_key: str  # letters only: near-identical texts share it
    printed: str = ""  # the masked text as printed, with its capitals; Ⓐ Ⓑ Ⓞ for the companies


def shared() -> Path:
    """The folder of the gold. Raises FileNotFoundError where it is missing."""
    folder = Path(os.environ.get("TONLAGE_SHARED") or ROOT.parent / "shared") / "gold"
    if not folder.is_dir():
        raise FileNotFoundError(f"no gold folder {folder}: set TONLAGE_SHARED to the folder that holds gold/")
    return folder


def key(text: str) -> str:
    """Letters only: near-identical texts share it."""
    return re.sub(r"[^a-zäöüß]", "", text.lower())


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


@cache
def companies_index() -> CompanyIndex:
    """The registry's companies, ready to be found."""
    return CompanyIndex(companies())


class _Masker:
    """Masks the pair, and as O every other company that the registry knows."""

    def __init__(self) -> None:
        self._index = companies_index()

    def __call__(self, text: str, a: Span, b: Span | None, more: Sequence[Span] = ()) -> list[Word]:
        own = [a] if b is None else [a, b]
        others = [(m.start, m.end) for m in self._index.find(text)] + [tuple(span) for span in more]
        others = [span for span in others if not any(span[0] < end and start < span[1] for start, end in own)]
        return words(text, [a], [b] if b else [], others)


def _forms(found: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.form for word in found)


def printed(text: str, found: Sequence[Word]) -> str:
    """The text with Ⓐ, Ⓑ and Ⓞ in the places of the companies."""
    parts, at = [], 0
    for word in found:
        if word.form in SLOTS:
            parts += [text[at : word.start], MARKS[word.form]]
            at = word.end
    return "".join([*parts, text[at:]])


def _gold(masker: _Masker) -> Iterator[Labelled]:
    for batch in BATCHES:
        for kind in ("pairs", "single"):
            for row in _json_lines(shared() / "tone" / f"{batch}_tone_{kind}.jsonl"):
                a, b = tuple(row["a_span"]), tuple(row["b_span"]) if "b_span" in row else None
                groups = [f"document {row['doc_id']}", f"text {key(row['text'])}"]
                if b:
                    groups.append("pair " + "~".join(sorted((row["a_norm"], row["b_norm"]))))
                found = masker(row["text"], a, b)
                yield Labelled(
                    row["id"],
                    batch,
                    row["text"],
                    _forms(found),
                    row.get("rel"),
                    row["tone_a"],
                    row.get("tone_b"),
                    tuple(groups),
                    row["source"],
                    key(row["text"]),
                    printed(row["text"], found),
                )


def headlines() -> list[str]:
    """The gold folder's headlines, none twice."""
    titles = pq.read_table(shared() / "headlines" / "dev.parquet", columns=["title"])["title"].to_pylist()
    return list(dict.fromkeys(title.strip() for title in titles))


def news_sentences() -> list[str]:
    """Sentences of the gold folder's news with companies."""
    rows = _json_lines(shared() / "companies" / "dev_companies.jsonl")
    return [row["text"][start:end].strip() for row in rows for start, end in row["sentences"]]


def _texts() -> dict[str, str]:
    """Texts of the gold folder by the start of their SHA-1."""
    found = list(pq.read_table(shared() / "headlines" / "dev.parquet", columns=["title"])["title"].to_pylist())
    for row in _json_lines(shared() / "companies" / "dev_companies.jsonl"):
        found += [row["text"][start:end] for start, end in row["sentences"]]
    found += [text.strip() for text in found]
    return {hashlib.sha1(text.encode()).hexdigest()[:12]: text for text in found}


def _labels(masker: _Masker) -> Iterator[Labelled]:
    texts = _texts()
    for path in sorted(LABELS.glob("*.jsonl")):
        for row in _json_lines(path):
            if (text := texts.get(row["id"])) is None:
                continue
            a, b = tuple(row["a_span"]), tuple(row["b_span"]) if row.get("b_span") else None
            groups = (f"text {key(text)}",)
            name = f"{row['id']} {a} {b}"
            found = masker(text, a, b, row.get("o_spans", ()))
            relation, tone_b = (row.get("rel"), row.get("tone_b")) if b else (None, None)
            yield Labelled(
                name,
                "labels",
                text,
                _forms(found),
                relation,
                row.get("tone_a"),
                tone_b,
                groups,
                path.stem,
                key(text),
                printed(text, found),
            )


def _slots(text: str) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {"A": [], "B": [], "O": []}
    for found in _SLOT.finditer(text):
        spans[found[1]].append(found.span(1))
    return spans


def _glued(text: str) -> str:
    """Every second kicker loses its colon: many feeds put it before the title as if it were its first words."""
    kicker, colon, title = text.partition(": ")
    if not colon or len(kicker) > 40 or not title[:1].isupper() or crc32(text.encode()) % 2:
        return text
    return f"{kicker} {title}"


def invented() -> Iterator[Labelled]:
    """Our own sentences: signs of relation, of A and of B (one sign where B is not named), a blank, the sentence."""
    for path in sorted(LABELS.glob("invented_*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            signs, _, text = line.partition(" ")
            text = _glued(text)
            spans = _slots(text)
            values = [_SIGNS[sign] for sign in signs]
            if len(values) not in (1, 3) or not spans["A"] or (len(values) == 3) != bool(spans["B"]):
                raise ValueError(f"{path} line {number}: expected three signs and A and B, or one sign and A: {line}")
            found = words(text, spans["A"], spans["B"], spans["O"])
            relation, tone_a, tone_b = values if len(values) == 3 else (None, values[0], None)
            name = f"{path.stem} {number}"
            yield Labelled(
                name,
                "invented",
                text,
                _forms(found),
                relation,
                tone_a,
                tone_b,
                (f"text {key(text)}",),
                path.stem,
                key(text),
                printed(text, found),
            )


def read() -> list[Labelled]:
    """All labelled sentences; a text of the gold counts there only. Raises FileNotFoundError without the gold."""
    masker = _Masker()
    gold = list(_gold(masker))
    known = {row.text_key for row in gold}
    rows = gold + [row for row in _labels(masker) if row.text_key not in known]
    return rows + list(invented())


def without_held_out(rows: Sequence[Labelled]) -> list[Labelled]:
    """The rows without the held-out batch and whatever shares a document or a text with it."""
    held_out = {g for row in rows if row.origin == HELD_OUT for g in row.groups if not g.startswith("pair ")}
    return [row for row in rows if row.origin != HELD_OUT and held_out.isdisjoint(row.groups)]


def example_rows(path: Path) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Sentences that nothing learns from: sign of the relation, text, masked words."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            sign, _, text = line.partition(" ")
            spans = _slots(text)
            yield _SIGNS[sign], text, _forms(words(text, spans["A"], spans["B"], spans["O"]))
