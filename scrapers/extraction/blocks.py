"""A page cut into blocks: the runs of text between block-level tags, with what stands around them."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from scrapers.extraction.words import class_groups

# Their text is none: code, form state, graphics, players.
SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "canvas", "audio",
     "video", "map", "math", "datalist", "head", "meta", "link", "img", "picture", "source", "input", "hr", "embed")
)  # fmt: skip
# Never an article's text, and often half of a page: passed over.
PASSED_OVER = frozenset(("nav", "footer", "button", "dialog", "menu"))
_PASSED_ROLES = frozenset(("navigation", "contentinfo", "menu", "menubar", "dialog", "alertdialog", "search"))
INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
     "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
     "wbr", "ruby", "rt", "data")
)  # fmt: skip
MAX_BLOCKS = 4_000
MAX_DEPTH = 200
_BREAKS = re.compile(r"\x01\s*(?:\x01\s*)+")


@dataclass(slots=True)
class Element:
    """A block-level element: its place in the tree and the word groups that its class, id and tag name."""

    tag: str
    classes: str
    groups: int  # bit set of this element's own word groups
    path_groups: int  # the same, of it and all its ancestors
    parent: "Element | None"
    depth: int
    number: int  # order of opening


@dataclass(slots=True)
class Block:
    """A run of text. `element` is the block-level element that holds it directly."""

    text: str
    element: Element
    link_chars: int
    links: int
    bold_chars: int


class Blocks:
    """The blocks of a page in document order, and its elements in order of opening."""

    def __init__(self, root: LexborNode) -> None:
        self.blocks: list[Block] = []
        self.elements: list[Element] = []
        self._parts: list[str] = []
        self._link_chars = self._links = self._bold_chars = 0
        element = self._open(root, None) or Element("body", "", 0, 0, None, 0, 0)
        self._walk(root, element, False, False, 0)
        if self._parts:
            self._flush(element)

    def _open(self, node: LexborNode, parent: Element | None) -> Element | None:
        attributes = node.attributes
        tag = node.tag or ""
        if attributes.get("role") in _PASSED_ROLES:
            return None
        classes = attributes.get("class") or ""
        groups = class_groups(
            tag, classes, attributes.get("id") or "", attributes.get("role") or "", attributes.get("itemprop") or "",
            attributes.get("style") or "", "hidden" in attributes, attributes.get("aria-hidden") == "true",
        )  # fmt: skip
        path = groups | (parent.path_groups if parent else 0)
        element = Element(tag, classes, groups, path, parent, parent.depth + 1 if parent else 0, len(self.elements))
        self.elements.append(element)
        return element

    def _walk(self, node: LexborNode, element: Element, in_link: bool, bold: bool, depth: int) -> None:
        if depth > MAX_DEPTH or len(self.blocks) > MAX_BLOCKS:
            return
        for child in node.iter(include_text=True):
            tag = child.tag or "-unknown"
            if tag == "-text":
                text = child.text_content
                if text:
                    self._parts.append(text)
                    if in_link or bold:
                        size = len(text.strip())
                        self._link_chars += size if in_link else 0
                        self._bold_chars += size if bold else 0
            elif tag in SKIPPED or tag[0] == "-":
                continue
            elif tag == "br":
                self._parts.append("\x01")
            elif tag in INLINE:
                if tag == "a":
                    self._links += 1
                self._walk(child, element, in_link or tag == "a", bold or tag in ("b", "strong"), depth + 1)
            else:
                if self._parts:
                    self._flush(element)
                if tag in PASSED_OVER:
                    continue
                inner = self._open(child, element)
                if inner is None:
                    continue
                self._walk(child, inner, in_link or tag == "button", bold, depth + 1)
                if self._parts:
                    self._flush(inner)

    def _flush(self, element: Element) -> None:
        raw = "".join(self._parts)
        self._parts.clear()
        links, link_chars, bold_chars = self._links, self._link_chars, self._bold_chars
        self._links = self._link_chars = self._bold_chars = 0
        if raw.isspace():
            return
        pieces = [p for piece in _BREAKS.split(raw) if (p := " ".join(piece.replace("\x01", " ").split()))]
        total = sum(map(len, pieces)) or 1
        for piece in pieces:
            share = len(piece) / total
            self.blocks.append(
                Block(piece, element, round(link_chars * share), round(links * share), round(bold_chars * share))
            )
