"""A parsed page's runs of text between block-level tags, for recorded pages; lxml's tree, which can be rewritten."""

import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from scrapers.extraction.blocks import INLINE


def runs(root: lxml.html.HtmlElement) -> Iterator[list[tuple[Any, str]]]:
    """The runs of text of a tree between block-level tags: of each the places (element, "text" or "tail")."""
    run: list[tuple[Any, str]] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, is_behind = stack.pop()
        is_inline = element.tag in INLINE
        if run and not is_inline:
            yield run
            run = []
        if is_behind:
            if element.tail and element is not root:
                run.append((element, "tail"))
            continue
        if element.text and element.tag != "script":
            run.append((element, "text"))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    if run:
        yield run


def said(run: list[tuple[Any, str]]) -> str:
    return "".join(getattr(element, place) for element, place in run)


def block_of(element: Any, place: str) -> Any:
    if place == "tail":
        element = element.getparent()
    while element.tag in INLINE:
        element = element.getparent()
    return element


def is_below(element: Any, ancestor: Any) -> bool:
    return element is ancestor or any(up is ancestor for up in element.iterancestors())


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def as_bytes(tree: lxml.html.HtmlElement) -> bytes:
    return re.sub(rb"\n\s*\n+", b"\n", lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>"))
