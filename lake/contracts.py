"""What every dataset in the lake holds: one schema each, a doc string per column, the grain.

A contract is a pyarrow schema whose fields carry their doc string as metadata and whose own metadata names the grain.
Times are UTC and end in `_at`, Berlin days end in `_on`, the partition `day` is the UTC day of `fetched_at`.
"""

import difflib

import pyarrow as pa

TIMESTAMP = pa.timestamp("us", tz="UTC")
DAY = pa.date32()
TEXTS = pa.list_(pa.string())


class ContractError(ValueError):
    """A row that breaks its dataset's contract: says where, what, and what to do."""


def required(name: str, kind: pa.DataType, doc: str) -> pa.Field:
    return pa.field(name, kind, nullable=False, metadata={"doc": doc})


def optional(name: str, kind: pa.DataType, doc: str) -> pa.Field:
    return pa.field(name, kind, nullable=True, metadata={"doc": doc})


def _contract(grain: str, *fields: pa.Field) -> pa.Schema:
    return pa.schema(fields, metadata={"grain": grain})


_VERSION_KEY = (
    required("article_id", pa.string(), "hash of the canonical url"),
    required("version", pa.int32(), "1 for the first text of this url, +1 for every later fetch with changed text"),
)
_PARSED = (
    optional("title", pa.string(), "the title printed over the article"),
    optional("body", pa.string(), "the article's paragraphs, separated by one newline; without title and debris"),
    optional("published_at", TIMESTAMP, "first publication as the publisher states it; see date_source"),
    optional("date_source", pa.string(), "where published_at came from: jsonld, meta, feed, time_tag, text"),
    optional("modified_at", TIMESTAMP, "last change as the publisher states it"),
    optional("authors", TEXTS, "names as printed"),
    optional("section", pa.string(), "the publisher's own section"),
    optional("language", pa.string(), "language that the page declares, ISO 639-1"),
    optional("is_paywalled", pa.bool_(), "the page says that its text is not free; null: it says nothing"),
    required("text_status", pa.string(), "full, teaser, unknown: how much of the text body holds"),
    optional("agency", pa.string(), "the news agency credited, e.g. dpa"),
)
_PURGED = optional("purged_at", TIMESTAMP, "when html, body, row were dropped by a purge; null: not yet")

CONTRACTS: dict[str, pa.Schema] = {
    "raw_articles": _contract(
        "url, run_id",
        required("url", pa.string(), "address as fetched, after redirects"),
        required("publisher", pa.string(), "slug of the publisher = name of its spider"),
        required("fetched_at", TIMESTAMP, "when the page arrived"),
        required("run_id", pa.string(), "the crawl that landed the row"),
        optional("landed_at", TIMESTAMP, "when it landed, if others had fetched it before: a page out of an archive"),
        optional("html", pa.binary(), "the page as fetched, unaltered bytes; null once purged"),
        optional("encoding", pa.string(), "character encoding of html, from header, meta or content"),
        required("http_status", pa.int32(), "HTTP status of the response"),
        *_PARSED,
        required("parser", pa.string(), "parser and its version"),
        required("discovered_by", pa.string(), "address of the feed or sitemap that listed the article"),
        optional("listed_url", pa.string(), "address as it was listed, before redirects"),
        optional("listed_in", TEXTS, "kinds of list that named it in this crawl: feed, sitemap"),
        optional("feed_title", pa.string(), "title as the feed or sitemap gave it"),
        optional("is_backfill", pa.bool_(), "came out of an archive, so that fetched_at says nothing of its age"),
        required("permission", pa.string(), "verdict when fetched: allowed, reserved, unknown"),
        _PURGED,
    ),
    "reparsed_articles": _contract(
        "url, run_id, parsed_at",
        required("url", pa.string(), "address of a row of raw_articles, whose day is the partition"),
        required("publisher", pa.string(), "slug of the publisher"),
        required("run_id", pa.string(), "the crawl that landed the row"),
        required("parsed_at", TIMESTAMP, "when the landed page was parsed again; of several the latest counts"),
        required("parser", pa.string(), "parser and its version"),
        optional(
            "refused", pa.string(), "why it took no article from the page: blocked, not_html …; null: it took one"
        ),
        *_PARSED,
        _PURGED,
    ),
    "articles": _contract(
        "article_id, version",
        *_VERSION_KEY,
        required("url", pa.string(), "canonical address"),
        required("publisher", pa.string(), "slug of the publisher"),
        required("title", pa.string(), "title, normalised"),
        optional("body", pa.string(), "paragraphs separated by one newline, normalised; null once purged"),
        required("published_at", TIMESTAMP, "first publication; fetched_at where the page has no date"),
        required("published_on", DAY, "Berlin day of published_at"),
        required("known_on", DAY, "Berlin day on which we first had this version"),
        required("fetched_at", TIMESTAMP, "when the page arrived"),
        optional("modified_at", TIMESTAMP, "last change as the publisher states it"),
        required("date_source", pa.string(), "jsonld, meta, feed, time_tag, text; none: the day we fetched it"),
        optional("authors", TEXTS, "names as printed"),
        optional("section", pa.string(), "the publisher's own section"),
        required("language", pa.string(), "language found in the text, ISO 639-1: always de"),
        optional("is_paywalled", pa.bool_(), "the page says that its text is not free"),
        required("text_status", pa.string(), "full, unknown"),
        optional("agency", pa.string(), "the news agency credited, e.g. dpa"),
        required("story_id", pa.string(), "article_id of the first article of the near-copies of one text"),
        required("is_wire_copy", pa.bool_(), "an agency's text, or a near-copy at another publisher"),
        required("word_count", pa.int32(), "words of the body"),
        required("text_hash", pa.string(), "hash of title and body, normalised: tells a changed text from a refetch"),
        required("run_id", pa.string(), "the crawl that landed it"),
        _PURGED,
    ),
    "quarantine": _contract(
        "stage, run_id, url, reason",
        required("stage", pa.string(), "the stage that refused the row: clean, validate"),
        required("reason", pa.string(), "why, one word: not_german, no_date, no_body, contract:title …"),
        required("detail", pa.string(), "what was found, and what to do"),
        required("url", pa.string(), "address of the article"),
        required("publisher", pa.string(), "slug of the publisher"),
        required("fetched_at", TIMESTAMP, "when the page arrived"),
        required("run_id", pa.string(), "the crawl that landed it"),
        optional(
            "row", pa.string(), "the whole row as JSON, but for html, which stays in raw_articles; null once purged"
        ),
        _PURGED,
    ),
    "mentions": _contract(
        "article_id, version, sentence_no, company_id, start_char",
        *_VERSION_KEY,
        required("sentence_no", pa.int32(), "0 is the title, 1 the body's first sentence"),
        required("company_id", pa.string(), "the company"),
        required("start_char", pa.int32(), "offset of the surface in the body (sentence 0: the title), in characters"),
        required("end_char", pa.int32(), "offset behind the surface"),
        required("surface", pa.string(), "the words as printed"),
        required("match_rule", pa.string(), "name, alias, inflected, compound, product, anaphor"),
        required("in_title", pa.bool_(), "stands in the title"),
        required("in_lead", pa.bool_(), "stands in the first paragraph"),
        required("is_source_credit", pa.bool_(), "names a source or a photo credit; kept, not counted"),
        required("is_quoted", pa.bool_(), "stands inside quotation marks"),
        optional("company_sentiment", pa.int32(), "-1, 0, +1: what the sentence says of the company; null: not scored"),
    ),
    "pair_sentences": _contract(
        "article_id, version, sentence_no, pair_id",
        *_VERSION_KEY,
        required("sentence_no", pa.int32(), "0 is the title, 1 the body's first sentence"),
        required("pair_id", pa.string(), "the pair, a~b with a < b"),
        required("relation_sentiment", pa.int32(), "-1, 0, +1: what the sentence says of the relation"),
        required(
            "relation_kind",
            pa.string(),
            "deal, takeover, investment, cooperation, supply, dispute, lawsuit, "
            "competition, poaching, settlement, split, list, other",
        ),
        optional("cue", pa.string(), "the word or phrase that decided; null: none did"),
        required("confidence", pa.float64(), "0 to 1: estimated chance that relation_sentiment is right"),
        required("reach", pa.string(), "direct, carried, anaphor, relation_noun: how the pair is in the sentence"),
        required("is_hedged", pa.bool_(), "soll, laut, könnte: said, not stated"),
        required("is_quoted", pa.bool_(), "said inside quotation marks"),
        required("is_past", pa.bool_(), "of a state that is over"),
        required("excerpt", pa.string(), "at most 160 characters of the sentence, around the cue"),
    ),
    "company_candidates": _contract(
        "article_id, version, surface",
        *_VERSION_KEY,
        required("sentence_no", pa.int32(), "first sentence with the name: 0 the title, 1 the body's first"),
        required("surface", pa.string(), "a name in a company's place that companies.csv does not know, as printed"),
        required("why", pa.string(), "legal_form (X GmbH), company_noun (der Autobauer X), share (X-Aktie)"),
        required("excerpt", pa.string(), "at most 160 characters of the sentence, around the name"),
    ),
    "article_pairs": _contract(
        "article_id, version, pair_id",
        *_VERSION_KEY,
        required("pair_id", pa.string(), "the pair, a~b with a < b"),
        required("company_a", pa.string(), "first company of the pair"),
        required("company_b", pa.string(), "second company of the pair"),
        required("sentences", pa.int32(), "sentences about the pair, near-identical ones counted once"),
        required("dominance", pa.float64(), "mentions of the two / mentions of all companies"),
        required(
            "relevance",
            pa.float64(),
            "0 to 1: (0.3 both in title + 0.2 both in lead + 0.5 min(1, sentences/3)) x dominance",
        ),
        optional("relation_sentiment", pa.float64(), "-1 to +1, mean over the sentences; null without a sentence"),
        optional("company_sentiment_a", pa.float64(), "-1 to +1, mean over the mentions of company_a"),
        optional("company_sentiment_b", pa.float64(), "-1 to +1, mean over the mentions of company_b"),
        optional("sentiment_gap", pa.float64(), "company_sentiment_a - company_sentiment_b"),
        optional("hedged_share", pa.float64(), "0 to 1: hedged sentences / sentences"),
        optional("best_sentence_no", pa.int32(), "the sentence that speaks loudest for relation_sentiment"),
    ),
    "score_runs": _contract(
        "day",
        required("day", DAY, "the day of the lake that was scored"),
        required("scorer_version", pa.string(), "version of the rules and weights that scored it"),
        required("articles", pa.int32(), "article versions scored"),
    ),
    "crawl_runs": _contract(
        "publisher, run_id",
        required("publisher", pa.string(), "slug of the publisher; archive: a WARC file as such, its pages aside"),
        required("run_id", pa.string(), "the crawl"),
        required("started_at", TIMESTAMP, "when the crawl began; its UTC day is the partition"),
        required("finished_at", TIMESTAMP, "when it ended; a crawl that was killed has no row"),
        required("requests", pa.int32(), "requests sent, robots.txt and lists among them"),
        required("response_bytes", pa.int64(), "bytes received"),
        required("listed", pa.int32(), "articles that the lists named, each address once"),
        required("known", pa.int32(), "of them: landed by an earlier crawl, not fetched again"),
        required("landed", pa.int32(), "rows appended to raw_articles"),
        required("outcomes", pa.string(), "JSON: addresses without a row, by kind, e.g. http_404, robots_forbidden"),
        required("examples", pa.string(), "JSON: one address of each kind of outcome"),
        required("doubts", pa.string(), "JSON: landed rows with no_title, no_body, no_published_at, date_in_future …"),
        optional("fields", pa.string(), "JSON: of the landed pages that we may read how many have title, body …"),
        required(
            "listings", pa.string(), "JSON: of each feed and sitemap url, status, entries, validators for next time"
        ),
        required("log_errors", pa.int32(), "messages logged as errors"),
        required("finish_reason", pa.string(), "Scrapy's: finished, closespider_timeout, shutdown …"),
        optional("problem", pa.string(), "why the crawl counts as failed; null: it does not"),
    ),
    "crawl_permissions": _contract(
        "run_id, host",
        required("publisher", pa.string(), "slug of the publisher"),
        required("run_id", pa.string(), "the crawl"),
        required("host", pa.string(), "host and port that were asked"),
        required("checked_at", TIMESTAMP, "when robots.txt was read"),
        required("robots", pa.string(), "robots.txt: found; none: all is allowed; unreachable: nothing is"),
        optional("crawl_delay", pa.float64(), "seconds between two requests that robots.txt asks us for"),
        required("barred_bots", TEXTS, "known AI bots that robots.txt bars from the front page"),
        required("tdm_file", pa.string(), "/.well-known/tdmrep.json: found, none, unreadable"),
        optional("tdm_policy", pa.string(), "address of the licence offer that a reservation names"),
        required("pages", pa.int32(), "article pages looked at in this crawl"),
        required("reserved_pages", pa.int32(), "of them: text and data mining reserved, so no text was kept"),
        required("reserved_where", pa.string(), "JSON: reserved pages by what said so last: file, header, meta"),
        required("noai_pages", pa.int32(), "pages that say noai to robots; recorded, not obeyed"),
    ),
}


def contract(dataset: str) -> pa.Schema:
    """The schema of a dataset. Raises ContractError for a name that is none."""
    if dataset not in CONTRACTS:
        hint = difflib.get_close_matches(dataset, CONTRACTS, n=1)
        meant = f"; did you mean {hint[0]}?" if hint else f"; there are {', '.join(CONTRACTS)}"
        raise ContractError(f"no dataset is called {dataset}{meant}")
    return CONTRACTS[dataset]
