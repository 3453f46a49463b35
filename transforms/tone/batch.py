"""Masked sentences as flat columns: what is known of each word wherever it stands, and of the two names' places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

import numpy as np

from transforms.tone.lexicon import Condition, Lexicon, holds, read_table

AT_ONCE = 512  # sentences: more take more memory and no less time
FRAMES = read_table("frames.csv")
EFFECTS = read_table("effects.csv")
FRAME_COUNT = len(FRAMES)
"""Labels below this number are frames, the others effects."""
LEXICON = Lexicon(
    [(number, row["words"]) for number, row in enumerate(FRAMES)]
    + [(FRAME_COUNT + number, row["words"]) for number, row in enumerate(EFFECTS)]
)

_JOINTS = frozenset({",", "und", "&", "/", "-", "oder", "sowie", "die", "der", "O", "den"})
_BREAKS = frozenset({*":–—;|?!.", "während", "aber", "doch", "weil", "da", "obwohl", "nachdem"})
_PREPOSITIONS = frozenset(
    {"bei", "von", "an", "mit", "gegen", "für", "auf", "zu", "nach", "vor", "durch", "in", "über", "um", "aus", "statt"}
    | {"ohne", "als", "wie", "beim", "zum", "zur", "vom", "im", "am", "und", "oder", "zwischen", "wegen", "unter"}
    | {"trotz", "neben", "gegenüber"}
)
_SKIPPED = frozenset(
    {"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines"}
    | {"seine", "seinen", "ihre", "ihren"}
)
_APPOSITIONS = ("riese", "konzern", "hersteller", "bauer", "rivalen", "konkurrenten", "tochter", "chef")
_NEGATIONS = frozenset(["nicht", "kein", "keine", "keinen", "keiner", "ohne", "weder", "nie", "kaum"])
_FAILURES = (
    *("scheiter", "platzt", "abgesagt", "stopp", "untersagt", "verbiet", "verbot", "beende", "abgebrochen"),
    *("vom-tisch", "ende"),
)
_CACHED = 60_000


@dataclass(slots=True)
class _Word:
    """What is known of a form wherever it stands."""

    row: bytes  # its row in Batch.known()
    conditions: tuple[Condition, ...]


@lru_cache(_CACHED)
def hashed(text: str) -> int:
    return crc32(text.encode("utf-8", "replace"))


_cache: dict[str, _Word] = {}


def _word(form: str) -> _Word:
    known = _cache.get(form)
    if known is None:
        if len(_cache) > _CACHED:
            _cache.clear()
        bare = form.lstrip("-")
        fails = any(part in form for part in _FAILURES) or form == "aus"
        hashes = hashed(form), hashed("s" + bare[:6]), hashed("e" + bare[-5:])
        row = np.array([*hashes, len(bare) > 4, form in _BREAKS, form in _NEGATIONS, fails], dtype=np.int64)
        known = _cache[form] = _Word(row.tobytes(), LEXICON.conditions(form))
    return known


def _before(forms: Sequence[str], place: int) -> int:
    """The preposition or sign before a name, past articles and appositions: "gegen den Rivalen B" gives gegen."""
    at = place - 1
    while at >= 0 and place - at <= 4:
        form = forms[at]
        if form in _PREPOSITIONS:
            return hashed(form)
        if form not in _SKIPPED and not form.endswith(_APPOSITIONS):
            return hashed(form) if form in ",:–„(|" else 1
        at -= 1
    return 2 if at < 0 else 1


def _nearest(forms: Sequence[str]) -> tuple[int, int]:
    """Places of A and B where they stand closest to each other; -1 for a company that is not named."""
    a_places = [place for place, form in enumerate(forms) if form == "A"]
    b_places = [place for place, form in enumerate(forms) if form == "B"]
    if a_places and b_places:
        if len(a_places) == 1 and len(b_places) == 1:
            return a_places[0], b_places[0]
        return min(((a, b) for a in a_places for b in b_places), key=lambda pair: abs(pair[0] - pair[1]))
    return (a_places[0] if a_places else -1), (b_places[0] if b_places else -1)


@dataclass(slots=True)
class Batch:
    """Sentences as flat columns; fill with add()."""

    words: list[_Word] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    a: list[int] = field(default_factory=list)
    b: list[int] = field(default_factory=list)
    facts: list[tuple[int, ...]] = field(default_factory=list)
    hit_owner: list[int] = field(default_factory=list)
    hit_place: list[int] = field(default_factory=list)
    hit_label: list[int] = field(default_factory=list)
    hit_stop: list[int] = field(default_factory=list)
    _known: np.ndarray | None = None

    def add(self, forms: Sequence[str]) -> None:
        """Adds a sentence whose companies are masked as A, B, O; one without words counts as one empty word."""
        forms = forms or ("",)
        owner = len(self.size)
        known = [_cache.get(form) or _word(form) for form in forms]
        self.words += known
        for place, word in enumerate(known):
            for condition in word.conditions:
                if (condition[1] is None and not condition[2]) or holds(condition, forms, place):
                    self.hit_owner.append(owner)
                    self.hit_place.append(place)
                    self.hit_label.append(condition[0])
        self.hit_stop.append(len(self.hit_label))
        self.forms += forms
        self.owner += [owner] * len(forms)
        self.size.append(len(forms))
        a, b = _nearest(forms)
        if a < 0 and b < 0:
            a = b = 0
        elif a < 0 or b < 0:
            a = b = max(a, b)
        self.a.append(a)
        self.b.append(b)
        self.facts.append(self._facts(forms, a, b))

    def known(self) -> np.ndarray:
        """Numbers of every word, shape (words, 7): hashes of word, stem and tail; long, breaks, negates, fails."""
        if self._known is None or len(self._known) != len(self.words):
            self._known = np.frombuffer(b"".join([word.row for word in self.words]), dtype=np.int64).reshape(-1, 7)
        return self._known

    def hits(self, owner: int) -> list[tuple[int, int]]:
        """Places and labels of the frames and effects of one sentence."""
        start, stop = self.hit_stop[owner - 1] if owner else 0, self.hit_stop[owner]
        return list(zip(self.hit_place[start:stop], self.hit_label[start:stop], strict=True))

    @staticmethod
    def _facts(forms: Sequence[str], a: int, b: int) -> tuple[int, ...]:
        low, high = min(a, b), max(a, b)
        between = forms[low + 1 : high]
        if a == b:
            layout = 0
        elif not between:
            layout = 1
        elif len(between) <= 7 and all(form in _JOINTS for form in between):
            layout = 2
        else:
            layout = 3
        behind, ahead = forms[high + 1 : high + 3], forms[max(0, low - 2) : low]
        in_list = (len(behind) == 2 and behind[0] in {",", "und", "&"} and behind[1] == "O") or (
            len(ahead) == 2 and ahead[1] in {",", "und"} and ahead[0] == "O"
        )
        after_a = hashed(forms[a + 1][:7]) if a + 1 < len(forms) else 3
        after_b = hashed(forms[b + 1][:7]) if b + 1 < len(forms) else 3
        others = min(3, forms.count("O"))
        return (
            layout,
            min(6, len(between)),
            others,
            int(in_list),
            _before(forms, a),
            _before(forms, b),
            after_a,
            after_b,
        )


def batch_of(sentences: Iterable[Sequence[str]]) -> Batch:
    """Masked sentences as one batch."""
    batch = Batch()
    for forms in sentences:
        batch.add(forms)
    return batch
