"""An article's rows: what the seed article must come to, and that every figure leads back to its sentence."""

from datetime import date

import pytest

from lake import store
from tests.lake.rows import raw_article
from transforms.clean import clean
from transforms.score import EXCERPT, excerpt, registry, score, score_article, score_articles
from transforms.sentiment import SCORER_VERSION

DAY = date(2026, 9, 14)
TITLE = "Microsoft und OpenAI streiten vor Gericht"
BODY = (
    "Der Streit zwischen Microsoft und OpenAI verschärft sich. Microsoft wirft OpenAI vor, Verträge zu brechen.\n"
    "Beide Unternehmen bereiten sich auf einen Prozess vor. OpenAI vereinbarte dagegen eine Kooperation mit Oracle."
)


@pytest.fixture(scope="module")
def scored():
    return score_article(TITLE, BODY, "hafenkurier", registry())


def test_pairs_of_an_article(scored):
    pairs = {row["pair_id"]: row for row in scored["article_pairs"]}
    assert set(pairs) == {"microsoft~openai", "openai~oracle", "microsoft~oracle"}
    assert pairs["microsoft~openai"]["relation_sentiment"] < -0.3
    assert pairs["openai~oracle"]["relation_sentiment"] > 0.3
    assert pairs["microsoft~oracle"]["relation_sentiment"] is None
    assert max(pairs.values(), key=lambda row: row["relevance"])["pair_id"] == "microsoft~openai"
    # both in title .3, both in lead .2, three sentences or more .5; 6 of 8 mentions are of the two
    counted = [m["company_id"] for m in scored["mentions"] if not m["is_source_credit"]]
    dominance = sum(c in ("microsoft", "openai") for c in counted) / len(counted)
    assert pairs["microsoft~openai"]["relevance"] == pytest.approx(dominance)


def test_every_mention_stands_where_it_says(scored):
    for row in scored["mentions"]:
        text = TITLE if row["sentence_no"] == 0 else BODY
        assert text[row["start_char"] : row["end_char"]] == row["surface"]


def test_every_sentence_of_a_pair_shows_its_cue(scored):
    assert any(row["reach"] == "anaphor" for row in scored["pair_sentences"])
    for row in scored["pair_sentences"]:
        assert len(row["excerpt"]) <= EXCERPT
        if row["relation_sentiment"]:
            assert row["cue"]
            assert row["cue"] in row["excerpt"]


def test_excerpt_of_a_long_sentence_holds_the_cue():
    sentence = "Anfang " + "a" * 300 + " klagt gegen " + "b" * 300 + " Ende"
    start = sentence.index("klagt")
    cut = excerpt(sentence, (start, start + 5))
    assert "klagt" in cut
    assert len(cut) == EXCERPT
    assert (cut[0], cut[-1]) == ("…", "…")
    assert excerpt("Kurz.", None) == "Kurz."


def test_a_summary_box_does_not_vote_twice():
    line = "Microsoft verklagt OpenAI wegen eines Vertrags über Rechenzentren in Frankfurt."
    once = score_article("Klage", f"{line}\nMehr ist nicht bekannt.", None, registry())
    twice = score_article("Klage", f"{line}\n{line}\nMehr ist nicht bekannt.", None, registry())
    assert len(twice["pair_sentences"]) == 2
    assert [row["sentences"] for row in twice["article_pairs"]] == [row["sentences"] for row in once["article_pairs"]]


def test_articles_scored_together_come_out_as_alone():
    articles = [
        ("Kein Name", "Hier steht nichts.", None),
        (TITLE, BODY, "hafenkurier"),
        ("", "", None),
        ("SAP verklagt Siemens", "Siemens kooperiert mit Bosch. SAP meldet einen Verlust.", None),
        (TITLE, BODY, None),
    ]

    def rounded(rows):  # the last digit of a chance may differ with what is computed together
        return [{k: round(v, 3) if isinstance(v, float) else v for k, v in row.items()} for row in rows]

    together = score_articles(articles * 12, registry())  # more than are read at once
    alone = [score_article(*article, registry()) for article in articles] * 12
    for many, one in zip(together, alone, strict=True):
        assert {name: rounded(rows) for name, rows in many.items()} == {k: rounded(rows) for k, rows in one.items()}
    assert sum(len(scored["pair_sentences"]) for scored in alone) > 20


def test_a_day_is_replaced_with_the_same_rows(lake_dir):
    store.append("raw_articles", DAY, "hafenkurier~1~0001", [raw_article(title=TITLE, body=BODY)])
    clean(DAY)
    assert score(DAY)["articles"] == 1
    datasets = ("mentions", "pair_sentences", "article_pairs")
    first = {name: store.read(name, [DAY]).to_pylist() for name in datasets}
    score(DAY)
    assert first == {name: store.read(name, [DAY]).to_pylist() for name in datasets}
    assert all(first.values())
    assert store.read("score_runs", [DAY]).to_pylist() == [
        {"day": DAY, "scorer_version": SCORER_VERSION, "articles": 1}
    ]


def test_the_seed_article(shared):
    """What DESIGN.md's sixth section asks for."""
    body = (shared / "seed_article.txt").read_text(encoding="utf-8")
    scored = score_article("Microsoft und OpenAI: Das Ende einer Partnerschaft", body, None, registry())
    pairs = {row["pair_id"]: row for row in scored["article_pairs"]}
    companies = {row["company_id"] for row in scored["mentions"] if not row["is_source_credit"]}
    assert companies == {"microsoft", "openai", "oracle", "inflection-ai"}
    assert pairs["microsoft~openai"]["relation_sentiment"] <= -0.6
    assert pairs["microsoft~openai"]["hedged_share"] > 0
    assert max(pairs.values(), key=lambda row: row["relevance"])["pair_id"] == "microsoft~openai"
    assert pairs["openai~oracle"]["relation_sentiment"] > 0
    kinds = {row["relation_kind"] for row in scored["pair_sentences"] if row["pair_id"] == "inflection-ai~microsoft"}
    assert kinds == {"poaching"}
