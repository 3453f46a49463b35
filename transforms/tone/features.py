"""What the model sees of a sentence: numbered features of a view, that is of a company X and its partner Y.

A pair gives two views, one from each company; a single company gives one without Y. Every feature is a tuple of small
facts (word, its zone before, between or behind the two names, its frame, the prepositions before the names …), hashed
into a table of 2**BITS weights (feature hashing, Weinberger et al. 2009). All views of a batch are computed at once.
"""

from zlib import crc32

import numpy as np

from transforms.tone.batch import EFFECTS, FRAME_COUNT, Batch, hashed

BITS = 18
_SIGNS = np.array([0] * FRAME_COUNT + [int(row["effect"]) for row in EFFECTS])
_X, _Y = crc32(b"<X>"), crc32(b"<Y>")


def views(batch: Batch, from_b: bool) -> tuple[np.ndarray, np.ndarray]:
    """Features of every sentence seen from A (or from B): (sentence numbers, feature numbers), equal lengths."""
    return _Views(batch, from_b).features()


def _mix(kind: int, *columns: np.ndarray | int) -> np.ndarray:
    mixed = np.uint64(kind * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
    for column in columns:
        mixed = (mixed ^ np.asarray(column).astype(np.uint64)) * np.uint64(0xFF51AFD7ED558CCD)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return np.asarray(mixed * np.uint64(0xC4CEB9FE1A85EC53)) >> np.uint64(64 - BITS)


class _Views:
    """The columns of one batch from one side, and the features made of them."""

    def __init__(self, batch: Batch, from_b: bool):
        self.count = len(batch.size)
        self.owner = np.array(batch.owner, dtype=np.int64)
        sizes = np.array(batch.size, dtype=np.int64)
        self.start = np.cumsum(sizes) - sizes
        a, b = np.array(batch.a, dtype=np.int64), np.array(batch.b, dtype=np.int64)
        facts = np.array(batch.facts, dtype=np.int64).reshape(-1, 8)
        self.layout, self.gap, self.others, self.in_list = facts[:, 0], facts[:, 1], facts[:, 2], facts[:, 3]
        before, after = (facts[:, 4], facts[:, 5]), (facts[:, 6], facts[:, 7])
        swap = int(from_b)
        self.x, self.y = (b, a) if from_b else (a, b)
        self.before_x, self.before_y = before[swap], before[1 - swap]
        self.after_x, self.after_y = after[swap], after[1 - swap]
        table = batch.known()
        self.word = table[:, 0].copy()
        self.stem, self.tail, self.is_long = table[:, 1], table[:, 2], table[:, 3] > 0
        slot_a, slot_b = hashed("A"), hashed("B")
        is_a, is_b = self.word == slot_a, self.word == slot_b
        self.word[is_a], self.word[is_b] = (_Y, _X) if from_b else (_X, _Y)
        self.is_slot = is_a | is_b
        self.negates, self.fails = table[:, 5] > 0, table[:, 6] > 0
        # clauses: a new one starts behind a break and with every sentence
        self.segment = np.cumsum(table[:, 4] + (np.diff(self.owner, prepend=-1) != 0))
        self.hit_owner = np.array(batch.hit_owner, dtype=np.int64)
        self.hit_label = np.array(batch.hit_label, dtype=np.int64)
        self.hit_place = np.array(batch.hit_place, dtype=np.int64)
        self.rows: list[np.ndarray] = []
        self.numbers: list[np.ndarray] = []

    def _add(self, owner: np.ndarray, kind: int, *columns: np.ndarray | int) -> None:
        self.rows.append(owner)
        self.numbers.append(_mix(kind, *columns))

    def features(self) -> tuple[np.ndarray, np.ndarray]:
        if len(self.owner):
            low, high = np.minimum(self.x, self.y), np.maximum(self.x, self.y)
            place = np.arange(len(self.owner)) - self.start[self.owner]
            self.zone = np.where(place < low[self.owner], 0, np.where(place < high[self.owner], 1, 2))
            at_x, at_y = self.segment[self.start + self.x], self.segment[self.start + self.y]
            self.shared = (self.segment == at_x[self.owner]) * 2 + (self.segment == at_y[self.owner])
            # a lone company, or one in a list, has the whole sentence to itself; else its own side of it
            self.whole = np.isin(self.layout, (0, 2)).astype(np.int64)
            nearer = np.abs(place - self.x[self.owner]) < np.abs(place - self.y[self.owner])
            self.side = np.where(self.whole[self.owner] > 0, 2, nearer)
            # the words next to each word; none beyond the sentence's ends
            same = np.diff(self.owner) == 0
            self.ahead = np.concatenate([[0], np.where(same, self.word[:-1], 0)])
            self.after = np.concatenate([np.where(same, self.word[1:], 0), [0]])
            self._pairs(at_x == at_y)
            self._words()
            self._hits()
        else:
            self._pairs(np.zeros(self.count, dtype=bool))
        return np.concatenate(self.rows), np.concatenate(self.numbers).astype(np.int64)

    def _pairs(self, same_segment: np.ndarray) -> None:
        owner = np.arange(self.count)
        order = np.sign(self.y - self.x) + 1
        self._add(owner, 1, self.layout)
        self._add(owner, 2, order)
        self._add(owner, 3, self.gap, self.layout)
        self._add(owner, 4, self.others, self.layout)
        self._add(owner, 5, self.in_list, self.layout)
        self._add(owner, 6, self.before_x)
        self._add(owner, 7, self.before_y)
        self._add(owner, 8, self.before_x, self.before_y)
        self._add(owner, 9, self.after_x)
        self._add(owner, 10, self.after_y)
        self._add(owner, 11, same_segment.astype(np.int64), self.layout)

    def _words(self) -> None:
        owner, word, zone = self.owner, self.word, self.zone
        self._add(owner, 20, word)
        self._add(owner, 21, word, zone)
        self._add(owner, 30, word, self.side)
        long = self.is_long
        rows, stem, tail = owner[long], self.stem[long], self.tail[long]
        layout = self.layout[rows]
        self._add(rows, 22, stem)
        self._add(rows, 23, stem, zone[long], layout)
        self._add(rows, 24, stem, self.shared[long])
        self._add(rows, 27, stem, self.side[long])
        self._add(rows, 28, stem, self.side[long], self.shared[long])
        self._add(rows, 29, tail, self.side[long])
        self._add(rows, 25, tail)
        self._add(rows, 26, tail, zone[long])
        for length in (2, 3, 4):
            if len(owner) < length:
                break
            last = len(owner) - length + 1
            same = owner[:last] == owner[length - 1 :]
            if length == 4:
                same &= self.is_slot[:last] | self.is_slot[length - 1 :]
            columns = [word[shift : last + shift][same] for shift in range(length)]
            self._add(owner[:last][same], 30 + length, *columns)
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        self._add(owner[first], 37, word[first], self.after[first])

    def _hits(self) -> None:
        at = self.start[self.hit_owner] + self.hit_place
        is_frame = self.hit_label < FRAME_COUNT
        negated = np.bincount(self.segment, weights=self.negates)
        failed = np.bincount(self.segment, weights=self.fails)
        for kind, chosen, reach in ((40, is_frame, 3), (60, ~is_frame, 4)):
            rows, label, spot = self.hit_owner[chosen], self.hit_label[chosen], at[chosen]
            if not len(rows):
                continue
            zone, shared, layout = self.zone[spot], self.shared[spot], self.layout[rows]
            before_x, before_y = self.before_x[rows], self.before_y[rows]
            to_x = np.clip(self.hit_place[chosen] - self.x[rows], -reach, reach) + reach
            to_y = np.clip(self.hit_place[chosen] - self.y[rows], -reach, reach) + reach
            self._add(rows, kind, label)
            self._add(rows, kind + 1, label, zone, layout)
            self._add(rows, kind + 2, label, to_x, to_y)
            self._add(rows, kind + 3, label, shared, zone)
            self._add(rows, kind + 4, label, before_x, zone)
            self._add(rows, kind + 5, label, before_y, zone)
            self._add(rows, kind + 6, label, before_x, before_y, zone)
            self._add(rows, kind + 7, label, negated[self.segment[spot]] > 0, shared)
            self._add(rows, kind + 8, label, (failed[self.segment[spot]] - self.fails[spot]) > 0)
            self._add(rows, kind + 9, label, self.ahead[spot])
            for step in range(1, 6):
                if len(rows) <= step:
                    break
                same = rows[:-step] == rows[step:]
                one, two = label[:-step][same], label[step:][same]
                self._add(rows[:-step][same], kind + 10, np.minimum(one, two), np.maximum(one, two))
            side = self.side[spot]
            self._add(rows, kind + 11, label, side)
            self._add(rows, kind + 12, label, side, shared)
            self._add(rows, kind + 13, label, side, negated[self.segment[spot]] > 0)
            self._add(rows, kind + 14, label, side, self.after[spot])
        self._effects(at)

    def _effects(self, at: np.ndarray) -> None:
        sign = _SIGNS[self.hit_label]
        chosen = sign != 0
        rows, sign, spot = self.hit_owner[chosen], sign[chosen], at[chosen]
        shared, zone = self.shared[spot], self.zone[spot]
        to_x = np.clip(self.hit_place[chosen] - self.x[rows], -4, 4) + 4
        self._add(rows, 80, sign + 1, zone, self.layout[rows])
        self._add(rows, 81, sign + 1, shared)
        self._add(rows, 82, sign + 1, to_x)
        side = self.side[spot]
        self._add(rows, 88, sign + 1, side)
        self._add(rows, 89, sign + 1, side, shared)
        mine = np.bincount(rows[side > 0], weights=sign[side > 0], minlength=self.count)
        self._add(np.arange(self.count), 90, np.clip(mine, -3, 3).astype(np.int64) + 3, self.whole)
        net = np.bincount(rows * 4 + shared, weights=sign, minlength=self.count * 4).reshape(-1, 4)
        net = np.clip(net, -2, 2).astype(np.int64) + 2
        owner = np.arange(self.count)
        for quarter in range(4):
            self._add(owner, 83 + quarter, net[:, quarter])
        self._add(owner, 87, net[:, 3], net[:, 2], self.layout)
