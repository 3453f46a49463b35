"""Extraction beside its peers, quality and speed: python -m bench.extraction (make bench-extraction).

Ours is measured across families: each page is read with weights that have not seen its family
(bench/extraction_folds.npz); pages of another gold file, given with --gold, with the shipped weights. --gate writes the
figures that the test in CI holds.
"""

import argparse
import gc
import importlib.util
import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from bench.extraction_gold import ROOT, gold_dir, read_gold
from bench.extraction_peers import PEERS, missing_peers
from scrapers.article_page import UnreadablePageError, parse_article
from scrapers.extraction.model import Trees, read_trees

FOLD_WEIGHTS = ROOT / "bench" / "extraction_folds.npz"
GATE = ROOT / "bench" / "gate_extraction.json"
WARM_UP_PAGES = 12
WEAK_F1 = 0.95

Page = dict[str, Any]
NEWS_FIGURES = (
    "body_F1_mean", "body_P_mean", "body_R_mean", "leakage_micro", "pages_F1_below_080", "title_norm", "date_day",
    "date_minute", "author_F1_mean",
)  # fmt: skip


def scorer() -> ModuleType:
    """The gold's own scorer, loaded from beside the gold."""
    spec = importlib.util.spec_from_file_location("score_extraction", gold_dir() / "score_extraction.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fold_trees() -> dict[str, Trees]:
    """page_id -> the trees that have not seen the page's family."""
    with np.load(FOLD_WEIGHTS) as stored:
        ids, folds = stored["page_ids"].tolist(), stored["page_folds"].tolist()
    trees = {number: read_trees(FOLD_WEIGHTS, f"{number}_") for number in sorted(set(folds))}
    return {page_id: trees[number] for page_id, number in zip(ids, folds, strict=True)}


def ours(trees: dict[str, Trees]) -> Callable[[Page], Page]:
    def read(page: Page) -> Page:
        try:
            found = parse_article(page["html"], page["url"], trees=trees.get(page["page_id"]))
        except UnreadablePageError:
            return {}
        when = found.published_at.isoformat() if found.published_at else None
        return {
            "title": found.title, "text": found.body, "published_at": when, "authors": found.authors,
            "language": found.language,
        }  # fmt: skip

    return read


def measure(pages: list[Page], read: Callable[[Page], Page]) -> tuple[list[Page], float, float]:
    """(one prediction per page, pages per second of processor time, the slowest page in seconds)."""
    for page in pages[:WARM_UP_PAGES]:
        read(page)
    gc.collect()
    found, seconds = [], []
    for page in pages:
        start = time.process_time()
        row = read(page)
        seconds.append(time.process_time() - start)
        found.append(row | {"page_id": page["page_id"]})
    return found, len(pages) / max(sum(seconds), 1e-9), max(seconds, default=0.0)


def figures(pages: list[Page], found: list[Page], score: ModuleType) -> tuple[dict[str, float], list[Page]]:
    """The figures of the gate, and the scored news pages."""
    news, per_page = score.score([p for p in pages if p["source"] == "fundus"], found)
    result = {name: news[name] for name in NEWS_FIGURES if news.get(name) is not None}
    if snippets := [p for p in pages if p["source"] == "trafilatura"]:
        result["snip_F1"] = score.score(snippets, found)[0]["snip_F1"]
    return {name: round(value, 4) for name, value in result.items()}, per_page


def gate_figures() -> dict[str, float]:
    """Our figures on the dev gold, across families."""
    pages = read_gold(gold_dir() / "dev.parquet")
    read = ours(fold_trees())
    found = [read(page) | {"page_id": page["page_id"]} for page in pages]
    return figures(pages, found, scorer())[0]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gold", type=Path, help="a gold file (default: dev.parquet of the shared gold)")
    options.add_argument("--only-ours", action="store_true", help="leave the peers out")
    options.add_argument("--json", type=Path, help="write the figures there")
    options.add_argument("--gate", action="store_true", help=f"write our figures to {GATE.relative_to(ROOT)}")
    given = options.parse_args()
    pages = read_gold(given.gold or gold_dir() / "dev.parquet")
    news = [p for p in pages if p["source"] == "fundus"]
    others = [p for p in pages if p["source"] != "fundus"]
    score, trees = scorer(), fold_trees()
    seen = sum(p["page_id"] in trees for p in pages)
    print(
        f"{len(news)} news pages, {len(others)} other pages; {seen} read with weights that have not seen their family"
    )
    header = ("F1", "prec", "recall", "leak", "<.8", "title", "day", "minute", "author", "snip", "pages/s", "worst s")
    print(f"{'':34s}" + "".join(f"{h:>8s}" for h in header))
    systems = {"ours": ours(trees)} | ({} if given.only_ours else PEERS)
    table = {}
    for name, read in systems.items():
        found, speed, worst = measure(news, read)
        more = [read(page) | {"page_id": page["page_id"]} for page in others]
        result, per_page = figures(pages, found + more, score)
        table[name] = result | {"pages_per_second": round(speed, 1), "worst_seconds": round(worst, 3)}
        cells = [result.get(n) for n in (*NEWS_FIGURES, "snip_F1")]
        text = "".join(f"{'–':>8s}" if c is None else f"{c:8.3f}" for c in cells)
        print(f"{name:34s}{text}{speed:8.0f}{worst:8.2f}", flush=True)
        if name == "ours":
            weak = per_page
    family_of = {p["page_id"]: p["family"] for p in pages}
    by_family = defaultdict(list)
    for row in weak:
        by_family[family_of[row["page_id"]]].append(row["f1"])
    print(f"\nfamilies in which ours stays under {WEAK_F1}:")
    for family, values in sorted(by_family.items(), key=lambda item: np.mean(item[1])):
        if np.mean(values) < WEAK_F1:
            print(f"  {family:30s} {np.mean(values):.3f} on {len(values)} pages")
    if not given.only_ours and (missing := missing_peers()):
        print(
            f"\nnot installed: {', '.join(missing)}; to measure them too: .venv/bin/uv pip install {' '.join(missing)}"
        )
    if given.json:
        given.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    if given.gate:
        GATE.write_text(json.dumps(dict(list(table["ours"].items())[:-2]), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
