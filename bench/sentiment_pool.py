"""Sentences without labels, for a teacher to read to a student: python -m bench.sentiment_teacher

They come from the gold folder's headlines and articles (no text of the annotated gold among them) and from our own
invented sentences with words exchanged within a frame. Where a sentence names no two companies, other actors (parties,
ministers, countries) take their place: who quarrels with whom is said in the same words. Deterministic, so that stored
targets can be told by the sentence's number and hash.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import pyarrow.parquet as pq

from bench.sentiment_labels import Labelled, companies_index, headlines, invented, key, news_sentences, printed, shared
from transforms.sentences import split
from transforms.tone.batch import EFFECTS, FRAMES
from transforms.tone.slots import words

Span = tuple[int, int]
_ACTS = (
    *("will", "sagt", "fordert", "kritisiert", "warnt", "plant", "lehnt", "wirft", "droht", "weist", "hält", "sieht"),
    *("setzt", "verteidigt", "wehrt", "nennt", "kündigt", "bietet", "verlangt", "stellt", "legt", "verliert", "prüft"),
    *("gewinnt", "bekommt", "verspricht", "rechnet", "hofft", "stoppt", "greift", "erwartet"),
)
_NAME = re.compile(r"(?:^|(?<=: ))([A-ZÄÖÜ][\wäöüß-]{2,}) (" + "|".join(_ACTS) + r")\b")
_RARE = 4
_NOT_VARIED = ("invented_own", "invented_hard")
"""Starts of file names. The other files' sentences are varied, and their variants have stored targets."""
_MOST = {  # titles with one actor are nearest to what is weakest, the sentiment of a lone company
    "actors": 5_000,
    "actor": 18_000,
    "varied": 16_000,
}
_PLAIN = re.compile(r"[a-zäöüß]{3,}")


@dataclass(frozen=True)
class Unlabelled:
    """A masked sentence: forms as transforms.tone sees them, printed as the teacher reads it."""

    forms: tuple[str, ...]
    printed: str


def hashed(printed: str) -> int:
    """Tells a masked sentence apart in the stored targets."""
    return crc32(printed.encode())


def _masked(text: str, a: Span, b: Span | None, others: Sequence[Span]) -> Unlabelled:
    found = words(text, [a], [b] if b else [], others)
    return Unlabelled(tuple(word.form for word in found), printed(text, found))


def _named(texts: Sequence[str]) -> Iterator[Unlabelled]:
    """Sentences that name companies of the registry, each pair of them and each one alone."""
    index = companies_index()
    for text in texts:
        places: dict[str, Span] = {}
        for mention in index.find(text):
            if not mention.is_source_credit:
                places.setdefault(mention.company_id, (mention.start, mention.end))
        spans = sorted(places.values())[:4]
        if len(spans) == 1:
            yield _masked(text, spans[0], None, ())
        for at, a in enumerate(spans):
            for b in spans[at + 1 :]:
                yield _masked(text, a, b, [span for span in spans if span not in (a, b)])


def _actors(texts: Sequence[str], draw: random.Random) -> Iterator[tuple[str, Unlabelled]]:
    """Sentences with actors in the place of companies."""
    counts = Counter(found[1] for text in texts for found in _NAME.finditer(text))
    plain = Counter(word for text in texts for word in _PLAIN.findall(text))  # "Wer will …": no name
    names = [name for name, count in counts.items() if count >= _RARE and plain[name.lower()] < count]
    names.sort(key=lambda name: (-len(name), name))
    pattern = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, names)) + r")(?=s?(?![\w])|-)")
    for text in texts:
        places: dict[str, Span] = {}
        for found in pattern.finditer(text):
            places.setdefault(found[1], found.span(1))
        spans = list(places.values())
        if len(spans) >= 2:
            a, b = draw.sample(spans, 2)
            yield "actors", _masked(text, a, b, [span for span in spans if span not in (a, b)])
        elif spans:
            yield "actor", _masked(text, spans[0], None, ())


def _varied(rows: Sequence[Labelled], draw: random.Random) -> Iterator[Unlabelled]:
    """Our own sentences with words exchanged for others of their frame, or left out: the teacher reads them anew."""
    lines = [
        [word for word in row["words"].split() if _PLAIN.fullmatch(word)]
        for table in (FRAMES, EFFECTS)
        for row in table
    ]
    lines_of: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        for word in line:
            lines_of.setdefault(word, []).append(number)
    for _ in range(8):
        for row in rows:
            parts = re.split(r"(\s+)", row.printed)
            changed = False
            for at, part in enumerate(parts):
                found = lines_of.get(part.lower())
                if found and draw.random() < 0.5:
                    line = lines[draw.choice(found)]
                    near = [word for word in line if word[-1] == part[-1].lower()] or line
                    word = draw.choice(near)
                    parts[at] = word.capitalize() if part[0].isupper() else word
                    changed = True
                elif part.strip() and part[0] not in "ⒶⒷⓄ" and draw.random() < 0.06:
                    parts[at] = ""
                    changed = True
            text = re.sub(r"\s+", " ", "".join(parts)).strip()
            if changed and "Ⓐ" in text and "Ⓑ" in text:
                spans = {mark: [found.span() for found in re.finditer(mark, text)] for mark in "ⒶⒷⓄ"}
                found = words(text, spans["Ⓐ"], spans["Ⓑ"], spans["Ⓞ"])
                yield Unlabelled(tuple(word.form for word in found), text)


def pool(gold: Sequence[Labelled]) -> list[Unlabelled]:
    """Every sentence to read, none twice, none with the text of an annotated one. Raises FileNotFoundError."""
    draw = random.Random(0)
    known = {row.text_key for row in gold}
    titles = [text for text in headlines() if key(text) not in known]
    bodies = pq.read_table(shared() / "extraction" / "dev.parquet", columns=["gold_body"])["gold_body"].to_pylist()
    read = [body[start:end].strip() for body in bodies if body for start, end in split(body)] + news_sentences()
    read = [text for text in dict.fromkeys(read) if 25 < len(text) < 400 and key(text) not in known]
    kept: dict[str, list[Unlabelled]] = {"actors": [], "actor": [], "varied": []}
    kept["varied"] += _varied([row for row in invented() if not row.source.startswith(_NOT_VARIED)], draw)
    for kind, row in _actors(titles, draw):
        kept[kind].append(row)
    rows = [*_named(titles), *_named(read)]
    for kind, most in _MOST.items():
        draw.shuffle(kept[kind])
        rows += kept[kind][:most]
    return list({row.printed: row for row in rows}.values())
