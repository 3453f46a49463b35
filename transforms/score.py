"""articles -> mentions, pair_sentences, article_pairs and company_candidates of one day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from lake import seeds, store
from lake.contracts import ContractError
from transforms.article_pairs import article_pairs
from transforms.mention_candidates import article_candidates
from transforms.mention_pairs import PairSentence, pair_sentences
from transforms.mentions import CompanyIndex, article_mentions
from transforms.purged import split_purged
from transforms.sentences import Span, split
from transforms.sentiment import SCORER_VERSION, CompanySentiment, Relation, company_sentiments, relations

Row = dict[str, Any]
EXCERPT = 160
_TOGETHER = 50  # articles whose sentences are scored at once
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


class _Article:
    """One article: what is asked about its sentences, and the rows that the answers give."""

    def __init__(self, title: str, body: str, publisher: str | None, index: CompanyIndex) -> None:
        self._mentions = article_mentions(title, body, index, publisher)
        self._sentences = _sentences(title, body)
        self._candidates = article_candidates(title, body, index)
        self._spans: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for mention in self._mentions:
            start = self._sentences[mention["sentence_no"]][0]
            if not mention["is_source_credit"]:
                span = (mention["start_char"] - start, mention["end_char"] - start)
                self._spans[mention["sentence_no"]][mention["company_id"]].append(span)
        self._named = [(number, company) for number, of_company in self._spans.items() for company in of_company]
        self._pairs = pair_sentences(title, body, self._mentions)

    def _others(self, number: int, *named: str) -> list[Span]:
        spans = self._spans.get(number, {})
        return [span for company_id, found in spans.items() if company_id not in named for span in found]

    def companies(self) -> list[tuple[str, list[Span], list[Span]]]:
        """What company_sentiments() is asked."""
        return [
            (self._sentences[n][1], self._spans[n][company], self._others(n, company)) for n, company in self._named
        ]

    def pairs(self) -> list[tuple[str, list[Span], list[Span], list[Span]]]:
        """What relations() is asked."""
        return [
            (
                self._sentences[p.sentence_no][1],
                p.a_spans,
                p.b_spans,
                self._others(p.sentence_no, p.company_a, p.company_b),
            )
            for p in self._pairs
        ]

    def rows(self, tones: Iterator[CompanySentiment], told: Iterator[Relation]) -> dict[str, list[Row]]:
        """Takes the answers to companies() and to pairs() from the iterators and gives the rows of each dataset."""
        own = islice(tones, len(self._named))
        tone_of = {key: tone.sentiment for key, tone in zip(self._named, own, strict=True)}
        for mention in self._mentions:
            credit = mention["is_source_credit"]
            mention["company_sentiment"] = None if credit else tone_of[mention["sentence_no"], mention["company_id"]]
        answers = islice(told, len(self._pairs))
        rows = [self._row(pair, found) for pair, found in zip(self._pairs, answers, strict=True)]
        text_of = {number: words for number, (_, words) in self._sentences.items()}
        return {
            "mentions": self._mentions,
            "pair_sentences": rows,
            "article_pairs": article_pairs(self._mentions, rows, text_of),
            "company_candidates": self._candidates,
        }

    def _row(self, pair: PairSentence, found: Relation) -> Row:
        return {
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
            "excerpt": excerpt(self._sentences[pair.sentence_no][1], found.cue_span),
        }


def score_articles(
    articles: Iterable[tuple[str, str, str | None]], index: CompanyIndex
) -> Iterator[dict[str, list[Row]]]:
    """Per (title, body, publisher) the rows of each dataset that a day's score writes, without article_id and version.

    The sentences of many articles are scored together: several times as fast as article by article.
    """
    waiting = iter(articles)
    while read := [_Article(*article, index) for article in islice(waiting, _TOGETHER)]:
        tones = iter(company_sentiments([asked for article in read for asked in article.companies()]))
        told = iter(relations([asked for article in read for asked in article.pairs()]))
        for article in read:
            yield article.rows(tones, told)


def score_article(title: str, body: str, publisher: str | None, index: CompanyIndex) -> dict[str, list[Row]]:
    """score_articles() of one."""
    return next(score_articles([(title, body, publisher)], index))


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
    texts = ((article["title"], article["body"], article["publisher"]) for article in articles)
    for article, scored in zip(articles, score_articles(texts, registry()), strict=True):
        key = {"article_id": article["article_id"], "version": article["version"]}
        for dataset, rows in scored.items():
            out[dataset] += [key | row for row in rows]
    for dataset, rows in out.items():
        store.replace(dataset, day, sorted(rows, key=lambda row: (row["article_id"], row["version"])))
    run = {"day": day, "scorer_version": SCORER_VERSION, "articles": len(articles) + len(purged)}
    store.replace("score_runs", day, [run])
    return Counter({"articles": len(articles)} | {dataset: len(rows) for dataset, rows in out.items()})
