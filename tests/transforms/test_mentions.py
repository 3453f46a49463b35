"""Mentions, case by case: tests/transforms/mentions/*.csv hold invented sentences, one trap a row."""

import csv
import json
import os
from pathlib import Path

import pytest

from lake import seeds
from lake.checking import to_table
from transforms.jsonl import InputError
from transforms.mention_candidates import article_candidates, candidates
from transforms.mention_pairs import pair_sentences
from transforms.mentions import CompanyIndex, article_mentions
from transforms.mentions_file import run_mentions

CASES = Path(__file__).parent / "mentions"


def cases(name: str) -> list:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [pytest.param(row, id=f"{row['trap']}-{number}") for number, row in enumerate(rows, start=2)]


@pytest.fixture(scope="module")
def registry() -> CompanyIndex:
    return CompanyIndex(seeds.companies(), publisher_names=[p.name for p in seeds.publishers()])


@pytest.fixture(scope="module")
def user_list() -> CompanyIndex:
    return CompanyIndex(seeds.companies(CASES / "user_list_companies.csv"))


def check(index: CompanyIndex, case: dict[str, str]) -> None:
    found = index.find(case["text"])
    assert sorted({m.company_id for m in found if not m.is_source_credit}) == case["companies"].split()
    assert sorted({m.company_id for m in found if m.is_source_credit}) == case["credits"].split()
    assert all(case["text"][m.start : m.end] == m.surface for m in found)


@pytest.mark.parametrize("case", cases("registry.csv"))
def test_registry(case: dict[str, str], registry: CompanyIndex) -> None:
    check(registry, case)


@pytest.mark.parametrize("case", cases("user_list.csv"))
def test_list_without_guards(case: dict[str, str], user_list: CompanyIndex) -> None:
    check(user_list, case)


@pytest.mark.parametrize("case", cases("pairs.csv"))
def test_pair_sentences(case: dict[str, str], registry: CompanyIndex) -> None:
    mentions = article_mentions(case["title"], case["body"], registry, None)
    found = pair_sentences(case["title"], case["body"], mentions)
    text = {True: case["title"], False: case["body"]}
    assert [f"{p.sentence_no} {p.company_a} {p.company_b} {p.reach}" for p in found] == (
        case["pairs"].split("|") if case["pairs"] else []
    )
    for pair in found:
        words = text[pair.sentence_no == 0][pair.start : pair.end]
        assert all(0 <= start < end <= len(words) for start, end in pair.a_spans + pair.b_spans)
        assert bool(pair.a_spans) == bool(pair.b_spans) == (pair.reach in ("direct", "carried"))


@pytest.mark.parametrize("case", cases("candidates.csv"))
def test_candidates(case: dict[str, str], registry: CompanyIndex) -> None:
    found = candidates(case["text"], registry)
    assert "|".join(f"{c.surface} {c.why}" for c in found) == case["candidates"]
    assert all(case["text"][c.start : c.end] == c.surface for c in found)


RULES = {
    "SAP wächst.": ("SAP", "name"),
    "Daimler wächst, der Konzern aus Stuttgart.": ("Daimler", "alias"),
    "SAPs Umsatz wächst.": ("SAPs", "inflected"),
    "Der Chef der Deutschen Bank geht.": ("Deutschen Bank", "inflected"),
    "Der SAP-Chef geht.": ("SAP", "compound"),
    "ChatGPT wächst.": ("ChatGPT", "product"),
    "Das LG G9 ist da.": ("LG", "product"),
    "Die SAP SE wächst.": ("SAP SE", "name"),
    "Microsoft Deutschland wächst.": ("Microsoft Deutschland", "name"),
}


@pytest.mark.parametrize("text", RULES)
def test_surface_and_rule(text: str, registry: CompanyIndex) -> None:
    (mention,) = registry.find(text)
    assert (mention.surface, mention.match_rule) == RULES[text]


def test_names_that_are_known_are_left_out(registry: CompanyIndex) -> None:
    text = "SAP SE verklagt Siemens Energy und Bosch."
    assert [m.surface for m in registry.find(text)] == ["SAP SE", "Siemens Energy", "Bosch"]
    # one span covers the legal form alone, one a part of the longer name
    assert [m.surface for m in registry.find(text, besides=[(4, 6), (16, 23)])] == ["Bosch"]
    assert [m.surface for m in registry.find(text, besides=[(0, 3), (16, 30), (35, 40)])] == []


def test_article_rows_keep_the_contract(registry: CompanyIndex) -> None:
    title = "SAP und Oracle verhandeln"
    body = "SAP kauft zu.\nDer Vorstand sagte: „Wir brauchen Oracle und seine Leute.“ Foto: SAP"
    rows = article_mentions(title, body, registry, None)
    to_table("mentions", [{"article_id": "a", "version": 1, "company_sentiment": None} | row for row in rows])
    places = [
        (r["sentence_no"], r["company_id"], r["in_title"], r["in_lead"], r["is_quoted"], r["is_source_credit"])
        for r in rows
    ]
    assert places == [
        (0, "sap", True, False, False, False),
        (0, "oracle", True, False, False, False),
        (1, "sap", False, True, False, False),
        (2, "oracle", False, False, True, False),
        (3, "sap", False, False, False, True),
    ]
    for row in rows:
        text = title if row["in_title"] else body
        assert text[row["start_char"] : row["end_char"]] == row["surface"]


def test_a_publisher_names_itself(registry: CompanyIndex) -> None:
    text = "Das ZDF zeigt am Montag einen Film über SAP."
    assert [m.is_source_credit for m in registry.find(text)] == [False, False]
    assert [m.is_source_credit for m in registry.find(text, publisher="zdf")] == [True, False]


def test_candidate_rows_keep_the_contract(registry: CompanyIndex) -> None:
    body = "Der Anlagenbauer Quarzo baut um.\n" + "Der Anlagenbauer Quarzo " + "baut und " * 40 + "baut."
    rows = article_candidates("Quarzo-Aktie fällt", body, registry)
    to_table("company_candidates", [{"article_id": "a", "version": 1} | row for row in rows])
    assert [(r["sentence_no"], r["surface"], r["why"]) for r in rows] == [(0, "Quarzo", "share")]


def test_names_in_the_sentence_before_clear_an_ambiguous_name(registry: CompanyIndex) -> None:
    assert registry.find("Mistral weht kalt.") == []
    found = registry.find("Mistral AI sucht Geld.\nMistral weht kalt.")
    assert [m.company_id for m in found] == ["mistral-ai", "mistral-ai"]


ODD = [
    "",
    " ",
    "\n\n",
    "😀 SAP 😀",
    "SAP\x00SAP",
    "İSAP İ SAP",
    "Союз САП",
    "SAP" * 1000,
    "„" * 5000,
    "(" * 5000,
    "SAP-" * 500,
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts(text: str, registry: CompanyIndex) -> None:
    for mention in registry.find(text):
        assert text[mention.start : mention.end] == mention.surface
    article_mentions(text, text, registry, "demo")
    candidates(text, registry)


def test_a_megabyte(registry: CompanyIndex) -> None:
    text = ("Die Allianz verhandelt mit SAP. " + "Der Hafen wächst, die Stadt freut sich über Schiffe. " * 9) * 2000
    assert len(text) > 1_000_000
    rows = article_mentions("", text, registry, None)
    assert sum(row["company_id"] == "sap" for row in rows) == 2000


@pytest.mark.parametrize("unit", ["laut Bild ", "„Bild“ ", "SAP, ", "Der Konzern Plauto GmbH ", "Foto: SAP "])
def test_long_lines_take_no_longer_than_short_ones(unit: str, registry: CompanyIndex) -> None:
    """Nothing is looked for again and again over the same stretch: a quadratic search would not end here."""
    text = unit * (100_000 // len(unit))
    assert len(article_mentions("", text, registry, None)) in (0, 100_000 // len(unit))
    candidates(text, registry)


def test_command(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    documents = [{"doc_id": "a", "text": "Vodafone verklagt BT."}, {"doc_id": 2, "text": ""}]
    source.write_text("\n".join(json.dumps(d) for d in documents) + "\n\n", encoding="utf-8")
    assert run_mentions(source, target, CASES / "user_list_companies.csv") == 2
    assert [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()] == [
        {
            "doc_id": "a",
            "mentions": [
                {"start": 0, "end": 8, "company_id": "vodafone"},
                {"start": 18, "end": 20, "company_id": "bt"},
            ],
        },
        {"doc_id": 2, "mentions": []},
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: no JSON"),
        ('{"doc_id": 1}', "line 2: the key 'text'"),
        ('{"doc_id": 1, "text": 3}', "line 2: text must"),
    ],
)
def test_command_names_the_bad_line(line: str, message: str, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"doc_id": 0, "text": ""}\n' + line, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        run_mentions(source, target, CASES / "user_list_companies.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_seed_article(registry: CompanyIndex) -> None:
    folder = os.environ.get("TONLAGE_SHARED") or seeds.FOLDER.parents[2] / "shared"
    article = Path(folder, "seed_article.txt")
    if not article.is_file():
        pytest.skip(f"no {article}; set TONLAGE_SHARED to the folder that holds it")
    body = article.read_text(encoding="utf-8")
    rows = article_mentions("", body, registry, None)
    assert {r["company_id"] for r in rows} == {"microsoft", "openai", "oracle", "inflection-ai"}
    reaches = {(p.company_a, p.company_b, p.reach) for p in pair_sentences("", body, rows)}
    assert {("microsoft", "openai", "anaphor"), ("microsoft", "openai", "relation_noun")} <= reaches
    assert ("inflection-ai", "microsoft", "direct") in reaches
