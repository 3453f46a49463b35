"""The gold of extraction as training rows: pages, labels per block, families.

Two kinds of pages. News pages carry the whole expected text: a block is the article's when its tokens stand there.
Pages with human snippets say of a few phrases that they belong or do not; between them trafilatura's verdict and
articleBody count as weak labels. Nothing of the pages is written anywhere: the weights alone are kept.
"""

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pyarrow.parquet as pq
import trafilatura
from selectolax.lexbor import LexborHTMLParser

from scrapers.extraction.block_text import grams, tokens
from scrapers.extraction.blocks import Block, Blocks
from scrapers.extraction.features import Features
from scrapers.page_byline import choose_authors, printed_byline
from scrapers.page_encoding import decode
from scrapers.page_metadata import PageMetadata, read_metadata
from scrapers.page_title import choose_title

ROOT = Path(__file__).parents[1]
NEWS_WEIGHT, SNIPPET_WEIGHT = 400.0, 40.0  # of a page, shared by its blocks
KEPT_SHARE = 0.6  # of a block's runs of tokens that stand in the gold


def gold_dir() -> Path:
    """Where the extraction gold lies: $TONLAGE_SHARED or ../shared. Raises FileNotFoundError when it is not there."""
    shared = Path(os.environ.get("TONLAGE_SHARED") or ROOT.parent / "shared")
    found = shared / "gold" / "extraction"
    if not (found / "dev.parquet").is_file():
        raise FileNotFoundError(f"{found}/dev.parquet is not there; set TONLAGE_SHARED to the folder that holds gold/")
    return found


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The pages of a gold file, html included."""
    return pq.read_table(path).to_pylist()


def site(url: str) -> str:
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])


def families(pages: Sequence[dict[str, Any]]) -> list[str]:
    """One name per page for what shares templates: pages of one family or one site are never split."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            name = above[name]
        return name

    for page in pages:
        above[top(f"family {page['family']}")] = top(f"site {site(page['url'])}")
    return [top(f"site {site(page['url'])}") for page in pages]


@dataclass
class Prepared:
    """A page ready to learn from: its features, and per candidate block label (0/1) and weight."""

    features: Features
    title: str | None
    label: np.ndarray
    weight: np.ndarray


def page_features(html: bytes, url: str) -> tuple[Features, PageMetadata, str | None]:
    """The features exactly as the parser computes them."""
    tree = LexborHTMLParser(decode(html), scripting=True)
    meta = read_metadata(tree)
    host = urlsplit(url).hostname or ""
    blocks = Blocks(tree.body or tree.root)
    title = choose_title(meta.titles, meta.site_name, host)
    authors = choose_authors(
        meta.authors,
        is_organisation=meta.is_organisation,
        printed=printed_byline(blocks.blocks),
        site_name=meta.site_name,
        host=host,
    )
    return Features(blocks, title or "", meta.article_body or "", meta.lead, authors), meta, title


def prepare(page: dict[str, Any]) -> Prepared | None:
    """Features and labels of one gold page; None where no block is a candidate."""
    features, meta, title = page_features(page["html"], page["url"])
    if not features.blocks:
        return None
    if page["source"] == "fundus":
        label, weight = _news_labels(page, features.blocks)
        weight *= NEWS_WEIGHT / max(weight.sum(), 1e-9)
    else:
        label, weight = _snippet_labels(page, features.blocks, meta.article_body or "")
        weight *= SNIPPET_WEIGHT / max(weight.sum(), 1e-9)
    return Prepared(features, title, label, weight)


def gold_tokens(text: str | None) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").lower())


def _news_labels(page: dict[str, Any], blocks: Sequence[Block]) -> tuple[np.ndarray, np.ndarray]:
    gold = gold_tokens(page["gold_body_full"])
    runs = {size: grams(gold, size) for size in (1, 2, 3, 4)}
    whole = " " + " ".join(gold) + " "
    lines = {
        " ".join(gold_tokens(line))
        for name in ("gold_subheads", "gold_summary", "gold_paragraphs")
        for line in page[name] or []
    }
    title = gold_tokens(page["gold_title"])
    label, weight = np.zeros(len(blocks)), np.zeros(len(blocks))
    seen: set[tuple[str, ...]] = set()
    for i, block in enumerate(blocks):
        found = gold_tokens(block.text)
        text = " ".join(found)
        weight[i] = min(len(found), 60) ** 0.5
        if text in lines:
            share = 1.0
        elif len(found) < 4:
            share = 0.5 if found and f" {text} " in whole else 0.0
        else:
            own = [tuple(found[at : at + 4]) for at in range(len(found) - 3)]
            share = sum(run in runs[4] for run in own) / len(own)
        label[i] = share >= KEPT_SHARE
        if 0.3 < share < KEPT_SHARE:
            weight[i] *= 0.3
        own_runs = grams(found)
        if found == title or (len(found) > 1_500 and len(own_runs & seen) > 0.8 * len(own_runs)):
            weight[i] = 0.0  # the title is dropped by name, a scrambled second copy by comparison
        seen |= own_runs
    return label, weight


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _snippet_labels(page: dict[str, Any], blocks: Sequence[Block], article_body: str) -> tuple[np.ndarray, np.ndarray]:
    text = decode(page["html"])
    default, precise = (
        grams(tokens(trafilatura.extract(text, url=page["url"], include_comments=False, favor_precision=strict) or ""))
        for strict in (False, True)
    )
    stated = grams(tokens(article_body)) if len(article_body) > 600 else None
    wanted, unwanted = ([_squeeze(s) for s in page[f"{kind}_snippets"]] for kind in ("with", "without"))
    label, weight = np.zeros(len(blocks)), np.zeros(len(blocks))
    for i, block in enumerate(blocks):
        found = tokens(block.text)
        own = grams(found)
        size = max(len(own), 1)
        in_default, in_precise = len(own & default) / size >= KEPT_SHARE, len(own & precise) / size >= KEPT_SHARE
        label[i] = in_default
        weight[i] = 0.15 * min(len(found), 60) ** 0.5 if in_default == in_precise else 0.05
        if stated is not None and len(found) > 5:
            share = len(own & stated) / size
            if share > 0.8:
                label[i], weight[i] = 1.0, 3.0
            elif share < 0.1 and not in_default:
                weight[i] = 1.0
        line = _squeeze(block.text)
        is_wanted, is_unwanted = any(s in line for s in wanted), any(s in line for s in unwanted)
        if is_wanted != is_unwanted:
            label[i], weight[i] = float(is_wanted), 6.0
    return label, weight
