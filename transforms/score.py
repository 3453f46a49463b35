"""articles -> mentions, pair_sentences, article_pairs and company_candidates of one day."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from typing import Any

from lake import seeds, store
from lake.contracts import ContractError
from transforms.article_pairs import article_pairs
from transforms.mention_candidates import article_candidates
from transforms.mention_pairs import pair_sentences
from transforms.mentions import CompanyIndex, article_mentions
from transforms.purged import split_purged
from transforms.sentences import split
from transforms.sentiment import SCORER_VERSION, company_sentiments, relations

Row = dict[str, Any]
Span = tuple[int, int]
EXCERPT = 160
WRITTEN = ("mentions", "pair_sentences", "article_pairs", "company_candidates")


@cache
def registry() -> CompanyIndex:
    """The index of the companies in lake/seeds."""
    return CompanyIndex(seeds.companies(), publisher_names=[p.name for p in seeds.publishers()])


def excerpt(sentence: str, around: Span | None) -> str:
    """At most 160 characters of a sentence, the cue among them; … marks a cut."""
    if len(sentence) <= EXCERPT:
        return sentence
    middle = sum(around) // 2 if around else 0
    start = max(0, min(middle - EXCERPT // 2, len(sentence) - EXCERPT))
    part = sentence[start : start + EXCERPT]
    return ("…" + part[1:] if start else part)[: EXCERPT - 1] + ("…" if start + EXCERPT < len(sentence) else part[-1])


def _sentences(title: str, body: str) -> dict[int, tuple[int, str]]:
    """By number: offset of the sentence in its text (0 = the title, from 1 on in the body), and its words."""
    return {0: (0, title)} | {n: (start, body[start:end]) for n, (start, end) in enumerate(split(body), start=1)}


def score_article(title: str, body: str, publisher: str | None, index: CompanyIndex) -> dict[str, list[Row]]:
    """An article's rows of each dataset that a day's score writes, without article_id and version."""
    mentions = article_mentions(title, body, index, publisher)
    sentences = _sentences(title, body)
    spans: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        start = sentences[mention["sentence_no"]][0]
        if not mention["is_source_credit"]:
            span = (mention["start_char"] - start, mention["end_char"] - start)
            spans[mention["sentence_no"]][mention["company_id"]].append(span)

    def others(number: int, *named: str) -> list[Span]:
        return [span for company_id, found in spans[number].items() if company_id not in named for span in found]

    named = [(number, company_id) for number, of_company in list(spans.items()) for company_id in of_company]
    asked = [(sentences[n][1], spans[n][company_id], others(n, company_id)) for n, company_id in named]
    tones = {key: found.sentiment for key, found in zip(named, company_sentiments(asked), strict=True)}
    for mention in mentions:
        credit = mention["is_source_credit"]
        mention["company_sentiment"] = None if credit else tones[mention["sentence_no"], mention["company_id"]]
    pairs = pair_sentences(title, body, mentions)
    told = relations(
        [
            (sentences[p.sentence_no][1], p.a_spans, p.b_spans, others(p.sentence_no, p.company_a, p.company_b))
            for p in pairs
        ]
    )
    rows = []
    for pair, found in zip(pairs, told, strict=True):
        rows.append(
            {
                "sentence_no": pair.sentence_no,
                "pair_id": f"{pair.company_a}~{pair.company_b}",
                "relation_sentiment": found.sentiment,
                "relation_kind": found.kind,
                "cue": found.cue,
                "confidence": found.confidence,
                "reach": pair.reach,
                "is_hedged": found.is_hedged,
                "is_quoted": found.is_quoted,
                "is_past": found.is_past,
                "excerpt": excerpt(sentences[pair.sentence_no][1], found.cue_span),
            }
        )
    text_of = {number: words for number, (_, words) in sentences.items()}
    return {
        "mentions": mentions,
        "pair_sentences": rows,
        "article_pairs": article_pairs(mentions, rows, text_of),
        "company_candidates": article_candidates(title, body, index),
    }


def _held(dataset: str, day: date, purged: list[Row]) -> list[Row]:
    """The rows of a dataset that were made of these articles before their texts were purged."""
    keys = {(article["article_id"], article["version"]) for article in purged}
    rows = store.read(dataset, [day]).to_pylist() if keys else []
    return [row for row in rows if (row["article_id"], row["version"]) in keys]


def score(day: date) -> Counter:
    """Writes the day's mentions, pair_sentences, article_pairs and company_candidates. Returns how many of each.

    Raises ContractError when the day has no articles dataset yet, or its texts were purged. Of a day with some texts
    purged, the rows that were made of them are kept.
    """
    if day not in store.days("articles"):
        raise ContractError(f"articles: nothing cleaned for {day}. Try: python -m transforms clean {day}")
    columns = ["article_id", "version", "publisher", "title", "body", "purged_at"]
    articles, purged = split_purged("articles", day, store.read("articles", [day], columns).to_pylist())
    out = {dataset: _held(dataset, day, purged) for dataset in WRITTEN}
    for article in articles:
        key = {"article_id": article["article_id"], "version": article["version"]}
        scored = score_article(article["title"], article["body"], article["publisher"], registry())
        for dataset, rows in scored.items():
            out[dataset] += [key | row for row in rows]
    for dataset, rows in out.items():
        store.replace(dataset, day, sorted(rows, key=lambda row: (row["article_id"], row["version"])))
    run = {"day": day, "scorer_version": SCORER_VERSION, "articles": len(articles) + len(purged)}
    store.replace("score_runs", day, [run])
    return Counter({"articles": len(articles)} | {dataset: len(rows) for dataset, rows in out.items()})
