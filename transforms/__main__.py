"""python -m transforms clean|validate|score DAY, and mentions|sentiment on files of sentences."""

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from lake.contracts import ContractError
from lake.seeds import SeedError
from transforms.jsonl import InputError
from transforms.validate import BrokenDayError


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write YYYY-MM-DD, e.g. 2026-09-30") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m transforms", description=__doc__)
    stages = parser.add_subparsers(dest="stage", required=True, metavar="STAGE")
    for name, what in (
        ("clean", "raw_articles -> articles and quarantine"),
        ("validate", "Great Expectations over the day's articles"),
        ("score", "articles -> mentions, pair_sentences, article_pairs"),
    ):
        stage = stages.add_parser(name, help=what, description=what)
        stage.add_argument(
            "day", type=_day, metavar="DAY", help="a day of the lake: the UTC day of fetching, YYYY-MM-DD"
        )
    mentions = stages.add_parser("mentions", help="find companies: {doc_id, text} -> {doc_id, mentions}")
    mentions.add_argument("--companies", type=Path, required=True, help="CSV with company_id, company, aliases")
    sentiment = stages.add_parser("sentiment", help="score sentences: {id, text, a, a_span, b, b_span} -> {id, rel, …}")
    for stage in (mentions, sentiment):
        stage.add_argument("source", type=Path, metavar="IN.jsonl")
        stage.add_argument("target", type=Path, metavar="OUT.jsonl")
    return parser


def _counts(counts: Counter) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: -item[1]))


def _run(args: argparse.Namespace) -> str:
    """Runs the stage and returns its summary. Each stage imports what it needs: some libraries load for seconds."""
    if args.stage == "clean":
        from transforms.clean import clean

        return f"clean {args.day}: {_counts(clean(args.day))}"
    if args.stage == "validate":
        from transforms.validate import validate

        verdict = validate(args.day)
        lines = [f"validate {args.day}: articles {verdict.kept}, quarantined {_counts(verdict.refused) or 0}"]
        return "\n".join([*lines, *(f"warning: {words}" for words in verdict.warnings), f"page: {verdict.page}"])
    if args.stage == "score":
        from transforms.score import score

        return f"score {args.day}: {_counts(score(args.day))}"
    if args.stage == "mentions":
        from transforms.mentions_file import run_mentions

        return f"mentions: {run_mentions(args.source, args.target, args.companies)} documents"
    from transforms.sentiment_file import run_sentiment

    return f"sentiment: {run_sentiment(args.source, args.target)} sentences"


def main() -> int:
    args = _parser().parse_args()
    try:
        print(_run(args))
    except (ContractError, SeedError, BrokenDayError, InputError, OSError) as error:
        print(f"python -m transforms {args.stage}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
