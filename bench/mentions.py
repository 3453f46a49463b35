"""Mentions of companies against the gold: quality and speed. python -m bench.mentions

The gold folder is TONLAGE_SHARED, else ../shared beside the project. Its own scorer counts; the watch list is given.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lake.seeds import companies
from transforms.mention_pairs import pair_sentences
from transforms.mentions import CompanyIndex, article_mentions
from transforms.mentions_file import run_mentions
from transforms.sentences import split

ROOT = Path(__file__).resolve().parents[1]
REACH = {"mentions exact": 0.93, "sentence pairs": 0.92, "document pairs": 0.95}
KNOWN = {"mentions exact": 0.90, "sentence pairs": 0.88, "document pairs": 0.93}
SENTENCES_PER_SECOND = 100_000
LINE = re.compile(r"(?P<what>[a-z ]+?)\s+P=(?P<p>[\d.]+) R=(?P<r>[\d.]+) F1=(?P<f>[\d.]+)")
ROUNDS = 5

Row = dict[str, Any]


def gold_folder() -> Path:
    return Path(os.environ.get("TONLAGE_SHARED") or ROOT.parent / "shared") / "gold" / "companies"


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def scored(gold: Path, predictions: list[Row]) -> Iterator[tuple[str, float, float, float]]:
    """What the gold's scorer says of predictions {doc_id, mentions: [{start, end, key}]}: what, P, R, F1."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in predictions))
        file.flush()
        command = [sys.executable, gold / "score_companies.py", gold / "dev_companies.jsonl", file.name]
        command += ["--watchlist", gold / "watchlist.json", "--genre", "news"]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        if match := LINE.match(line):
            yield match["what"], float(match["p"]), float(match["r"]), float(match["f"])


def ours(gold: Path, documents: list[Row]) -> list[Row]:
    """The command `python -m transforms mentions` on the documents, with each company's name as the scorer's key."""
    with (gold / "watchlist.csv").open(encoding="utf-8", newline="") as file:
        name = {row["company_id"]: row["company"] for row in csv.DictReader(file)}
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        lines = (json.dumps({"doc_id": d["doc_id"], "text": d["text"]}) + "\n" for d in documents)
        source.write_text("".join(lines), encoding="utf-8")
        run_mentions(source, target, gold / "watchlist.csv")
        found = rows_of(target)
    for row in found:
        for mention in row["mentions"]:
            mention["key"] = name[mention["company_id"]]
    return found


def whole_words(gold: Path, documents: list[Row]) -> list[Row]:
    """For comparison: the names of the watch list as they are printed, whole words, the longest first."""
    lists = json.loads((gold / "watchlist.json").read_text(encoding="utf-8"))
    names = {form: company for company, forms in lists.items() for form in (*forms, company)}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(n) for n in sorted(names, key=len, reverse=True))})(?!\w)")
    return [
        {
            "doc_id": d["doc_id"],
            "mentions": [
                {"start": m.start(), "end": m.end(), "key": names[m.group()]} for m in pattern.finditer(d["text"])
            ],
        }
        for d in documents
    ]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the quickest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def print_speed(title: str, index: CompanyIndex, texts: list[str], sentences: int) -> None:
    def stage() -> None:
        for text in texts:
            pair_sentences("", text, article_mentions("", text, index, None))

    found = seconds(lambda: [index.find(text) for text in texts])
    print(f"  {title:<38}{sentences / found:>12,.0f}   with rows and pairs {sentences / seconds(stage):>10,.0f}")


def main() -> int:
    gold = gold_folder()
    if not (gold / "dev_companies.jsonl").is_file():
        print(f"bench.mentions: skipped, no gold in {gold}; set TONLAGE_SHARED to the folder that holds gold/companies")
        return 0
    documents = [row for row in rows_of(gold / "dev_companies.jsonl") if row["genre"] == "news"]
    print(f"Company mentions, {len(documents)} news documents, watch list given")
    for title, found in (("Tonlage", ours(gold, documents)), ("names as whole words", whole_words(gold, documents))):
        print(f"  {title}\n  {'':<20}{'P':>7}{'R':>7}{'F1':>7}{'known':>8}{'reach':>8}")
        for what, precision, recall, f1 in scored(gold, found):
            known, reach = (f"{table[what]:.2f}" if what in table else "" for table in (KNOWN, REACH))
            print(f"  {what:<20}{precision:>7.3f}{recall:>7.3f}{f1:>7.3f}{known:>8}{reach:>8}")
    texts = [document["text"] for document in documents]
    sentences = sum(len(split(text)) for text in texts)
    print(f"Sentences a second on one core ({sentences:,} sentences; to reach: {SENTENCES_PER_SECOND:,})")
    for path in (gold / "watchlist.csv", ROOT / "lake" / "seeds" / "companies.csv"):
        watched = companies(path)
        print_speed(f"{path.name}, {len(watched)} companies", CompanyIndex(watched), texts, sentences)
    return 0


if __name__ == "__main__":
    sys.exit(main())
