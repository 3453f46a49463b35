"""Does the parser's memory grow? The gold's pages over and over: python -m bench.extraction_memory [PAGES]."""

import resource
import sys
from pathlib import Path

from bench.extraction_gold import gold_dir, read_gold
from scrapers.article_page import parse_article

EVERY = 1_000


def resident_mb() -> float:
    """Resident memory now (Linux), in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    gold = [(page["html"], page["url"]) for page in read_gold(gold_dir() / "dev.parquet")]
    print(f"{'pages':>7s}{'RSS MB':>9s}")
    for number in range(total + 1):
        if number % EVERY == 0:
            print(f"{number:7d}{resident_mb():9.1f}", flush=True)
        parse_article(*gold[number % len(gold)])
    print(f"highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.1f} MB")


if __name__ == "__main__":
    main()
