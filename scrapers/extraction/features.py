# ruff: noqa: E501 - tables of columns read better in long lines
"""The features of a page's blocks: one row per candidate block, columns as in `names()`."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from scrapers.extraction import cues, words
from scrapers.extraction.block_text import LOCAL, grams, is_candidate, local, tokens
from scrapers.extraction.blocks import Blocks, Element

TAGS = ("p", "h1", "h2", "h3", "h4", "li", "div", "td", "blockquote", "figcaption", "section", "dd")
_TAG_NUMBER = {tag: number for number, tag in enumerate(TAGS)} | {
    "h5": 4, "h6": 4, "th": 7, "dt": 11, "article": 10, "tr": 7, "body": 6, "main": 10, "span": 6, "center": 6,
}  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_AWAY = sum(
    words.BIT[name]
    for name in (
        "related", "newsletter", "share", "comment", "ad", "nav", "footer", "sidebar", "tags", "consent", "modal", "login",
        "support", "product", "search", "event", "t_nav", "t_footer", "t_form", "t_button", "t_dialog", "hidden", "paywall",
    )
)  # fmt: skip
PLACE = (
    "position", "chars_before", "since_h1", "before_h1", "depth", "siblings", "parent_prose", "parent_links",
    "grand_prose", "grand_links", "in_main", "main_depth", "main_share", "branch_chars", "branch_links", "branch_blocks",
    "branch_prose", "branch_cues", "branch_heads", "signature_prose", "signature_blocks", "tag_prose", "heading_cues",
    "heading_distance", "heading_level", "list_items", "list_links", "list_words", "from_first_prose", "to_last_prose",
    "page_prose", "page_blocks", "body_match", "body_known", "lead_match", "prose_before", "prose_after", "skipped_before",
    "skipped_after", "branch_skipped",
)  # fmt: skip
NEAR = (
    "chars", "link_share", "function_share", "prose", "ends_full", "ends_colon", "cue_count", "same_parent", "same_signature",
)  # fmt: skip
STEPS = (-2, -1, 1, 2)
_HEAD_CUES = ("read_more", "newsletter", "comments", "support", "media", "ad", "share", "job", "summary")


def names() -> list[str]:
    """The columns of `Features.matrix`, in order."""
    return [
        *LOCAL,
        *PLACE,
        *(f"tag:{tag}" for tag in TAGS),
        *(f"cue:{name}" for name in cues.NAMES),
        *(f"near:{name}" for name in words.NAMES),
        *(f"inner:{name}" for name in words.NAMES),
        *(f"head:{name}" for name in _HEAD_CUES),
        *(f"{step:+d}:{name}" for step in STEPS for name in NEAR),
    ]


class Features:
    """The feature matrix of a page, and what the second stage needs to look around a block.

    `rows` are the numbers of the candidate blocks; every per-row array follows its order.
    """

    def __init__(
        self, page: Blocks, title: str = "", article_body: str = "", lead: str = "", authors: Sequence[str] = ()
    ) -> None:
        self.page = page
        every, elements = page.blocks, page.elements
        keep = [is_candidate(b) for b in every]
        self.rows = [i for i, kept in enumerate(keep) if kept]
        self.blocks = [every[i] for i in self.rows]
        self.parent = [e.parent.number if e.parent else -1 for e in elements]
        self.element_of = np.array([b.element.number for b in self.blocks], dtype=np.int64)
        count = len(self.blocks)
        seen = Counter(b.text for b in every)
        title_words = set(title.lower().split())
        authors = [a for a in authors if len(a) > 4]
        bits = cues.cue_bits([b.text for b in self.blocks])
        self.local = np.array(
            [local(b, c, seen, title_words, authors) for b, c in zip(self.blocks, bits, strict=True)], dtype=np.float64
        ).reshape(count, len(LOCAL))
        self.chars = np.array([len(b.text) for b in self.blocks], dtype=np.float64)
        self.path = np.array([b.element.path_groups for b in self.blocks], dtype=np.int64)
        self.prose = np.where(self.local[:, LOCAL.index("prose")] > 0, self.chars, 0.0)
        self.prose *= np.where(self.path & _AWAY, 0.2, 1.0)
        self.cue_bits = np.array(bits, dtype=np.int64)
        place, heading = self._place(article_body, lead)
        tag_numbers = np.array([_TAG_NUMBER.get(b.element.tag, -1) for b in self.blocks])
        near = np.array([_near(b.element) for b in self.blocks], dtype=np.int64)
        cue_columns = _expand(self.cue_bits, len(cues.NAMES))
        head_columns = cue_columns[np.maximum(heading, 0)][:, [cues.NAMES.index(n) for n in _HEAD_CUES]]
        head_columns = head_columns * (np.array(heading) >= 0)[:, None] if count else head_columns
        self.matrix = np.hstack(
            [
                self.local,
                place,
                tag_numbers[:, None] == np.arange(len(TAGS)),
                cue_columns,
                _expand(near, len(words.NAMES)),
                _expand(np.array(self.inner, dtype=np.int64), len(words.NAMES)),
                head_columns,
                self._around(),
            ]
        ).astype(np.float32)

    def up(self, values: Sequence[float], owners: Sequence[int]) -> list[float]:
        """Sums values, each owned by an element, into that element and all that hold it; one sum per element."""
        sums = [0.0] * len(self.parent)
        for owner, value in zip(owners, values, strict=True):
            sums[owner] += value
        for number in range(len(sums) - 1, 0, -1):
            if sums[number]:
                sums[self.parent[number]] += sums[number]
        return sums

    def _main(self, prose: list[float]) -> int:
        """The innermost element that still holds 70 % of the page's prose."""
        best, needed = 0, 0.7 * prose[0]
        for number in range(1, len(prose)):
            if self.parent[number] == best and prose[number] >= needed > 0:
                best = number
        return best

    def _place(self, article_body: str, lead: str) -> tuple[np.ndarray, list[int]]:
        every, blocks, elements = self.page.blocks, self.blocks, self.page.elements
        owners = [b.element.number for b in blocks]
        every_owners = [b.element.number for b in every]
        sizes = [len(b.text) for b in every]
        chars = self.up(sizes, every_owners)
        links = self.up([min(b.link_chars, size) for b, size in zip(every, sizes, strict=True)], every_owners)
        numbers = self.up([1.0] * len(every), every_owners)
        own_prose = self.prose.tolist()
        prose = self.up(own_prose, owners)
        cue_sum = self.up(self.local[:, LOCAL.index("cue_count")].tolist(), owners)
        kept = self.up([1.0] * len(blocks), owners)
        main = self._main(prose)
        main_depth = elements[main].depth
        self.main = main
        total_prose, total_chars = max(prose[0], 1.0), max(chars[0], 1.0)
        signatures = [
            (b.element.tag, b.element.classes, b.element.parent.classes if b.element.parent else "") for b in blocks
        ]
        known: dict[tuple[str, str, str], int] = {}
        self.signature = [known.setdefault(s, len(known)) for s in signatures]
        signature_prose, signature_count, tag_prose = [0.0] * len(known), [0] * len(known), Counter()
        for block, signature, amount in zip(blocks, self.signature, own_prose, strict=True):
            signature_prose[signature] += amount
            signature_count[signature] += 1
            tag_prose[block.element.tag] += amount
        child_count = Counter(every_owners) + Counter(self.parent)
        has_h1 = any(b.element.tag == "h1" for b in every)
        with_prose = [i for i, amount in enumerate(own_prose) if amount > 0]
        first, last = (with_prose[0], with_prose[-1]) if with_prose else (0, len(blocks) - 1)
        body_grams = grams(tokens(article_body)) if len(article_body) > 300 else None
        lead_key = " ".join(tokens(lead))
        rows, headings = [], []
        heading = h1_at = -1
        before = prose_before = 0.0
        self.branch, self.inner = [], []
        for i, (number, block) in enumerate(zip(self.rows, blocks, strict=True)):
            element = block.element
            if element.tag in HEADINGS:
                heading = i
                if element.tag == "h1":
                    h1_at = i
            headings.append(heading if heading != i else -1)
            inner = element
            bits = 0
            while element.depth > main_depth:
                bits |= element.groups
                inner, element = element, element.parent
            in_main, branch, element = element.number == main, inner.number, block.element
            self.branch.append(branch)
            self.inner.append(bits if in_main else element.path_groups)
            parent = element.parent or element
            grand = parent.parent or parent
            list_at = _list(element)
            body_match, lead_match = -1.0, 0.0
            if body_grams is not None or (lead_key and len(block.text) < 600):
                found = tokens(block.text)
                if body_grams is not None:
                    own = grams(found)
                    body_match = len(own & body_grams) / max(len(own), 1)
                key = " ".join(found)
                lead_match = float(bool(lead_key) and len(key) > 25 and (key in lead_key or lead_key in key))
            skipped_before = number - self.rows[i - 1] - 1 if i else number
            skipped_after = (self.rows[i + 1] if i + 1 < len(blocks) else len(every)) - number - 1
            rows.append(
                (
                    i / len(blocks), before / total_chars, min(i - h1_at, 100) if h1_at >= 0 else -1.0,
                    float(h1_at < 0 and has_h1), element.depth,
                    min(child_count[element.number] + child_count[parent.number], 200),
                    prose[parent.number] / total_prose, links[parent.number] / max(chars[parent.number], 1.0),
                    prose[grand.number] / total_prose, links[grand.number] / max(chars[grand.number], 1.0),
                    float(in_main), element.depth - main_depth if in_main else -5.0, chars[main] / total_chars,
                    math.log1p(chars[branch]), links[branch] / max(chars[branch], 1.0), math.log1p(numbers[branch]),
                    prose[branch] / total_prose, cue_sum[branch] / max(kept[branch], 1.0),
                    float(elements[branch].tag in HEADINGS), signature_prose[self.signature[i]] / total_prose,
                    math.log1p(signature_count[self.signature[i]]), tag_prose[element.tag] / total_prose,
                    float(self.cue_bits[heading].item().bit_count()) if heading >= 0 else -1.0, min(i - heading, 50),
                    float(blocks[heading].element.tag[1]) if heading >= 0 else 0.0,
                    math.log1p(numbers[list_at]) if list_at else -1.0,
                    links[list_at] / max(chars[list_at], 1.0) if list_at else -1.0,
                    math.log1p(chars[list_at] / max(numbers[list_at], 1.0)) if list_at else -1.0,
                    max(-50, min(50, i - first)), max(-50, min(50, last - i)), math.log1p(total_prose),
                    math.log1p(len(every)), body_match, float(body_grams is not None), lead_match,
                    prose_before / total_prose, 1 - (prose_before + own_prose[i]) / total_prose,
                    min(skipped_before, 10), min(skipped_after, 10), 1 - kept[branch] / max(numbers[branch], 1.0),
                )
            )  # fmt: skip
            before += sizes[number]
            prose_before += own_prose[i]
        return np.array(rows, dtype=np.float64).reshape(len(blocks), len(PLACE)), headings

    def _around(self) -> np.ndarray:
        own = self.local[:, [LOCAL.index(name) for name in NEAR if name in LOCAL]]
        parent_of = np.array([self.parent[number] for number in self.element_of.tolist()])
        signature = np.array(self.signature)
        parts = []
        for step in STEPS:
            shifted = np.full_like(own, -1.0)
            same = np.zeros((len(own), 2))
            if abs(step) < len(own):
                here, there = (
                    (slice(-step, None), slice(None, step)) if step < 0 else (slice(None, -step), slice(step, None))
                )
                shifted[here] = own[there]
                same[here, 0] = parent_of[here] == parent_of[there]
                same[here, 1] = signature[here] == signature[there]
            parts += [shifted, same]
        return np.hstack(parts)


def _near(element: Element) -> int:
    """The word groups of an element and of the two that hold it."""
    bits = element.groups
    for _ in range(2):
        if element.parent is None:
            break
        element = element.parent
        bits |= element.groups
    return bits


def _list(element: Element) -> int:
    """Number of the nearest list around the element; 0 for none."""
    for _ in range(4):
        if element.tag in ("ul", "ol", "dl"):
            return element.number
        if element.parent is None:
            break
        element = element.parent
    return 0


def _expand(bits: np.ndarray, width: int) -> np.ndarray:
    """Bit sets of shape (rows,) as 0/1 of shape (rows, width)."""
    return (bits[:, None] >> np.arange(width)) & 1
