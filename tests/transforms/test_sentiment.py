"""Sentiment: the traps (sentiment_cases.csv, our own sentences), how statements are meant, odd input, the command."""

import csv
import json
import re
from pathlib import Path

import pytest

from transforms import sentiment_file
from transforms.sentiment import company, company_sentiments, relation, relations
from transforms.sentiment_file import run_sentiment

_NAMED = re.compile(r"\[([ABO])\](.*?)\[/\1\]")
KINDS = {"deal", "takeover", "investment", "cooperation", "supply", "dispute", "lawsuit", "competition", "poaching"}
KINDS |= {"settlement", "split", "list", "other"}


def unmarked(text):
    """The text without its marks, and the spans of A, B and O."""
    spans, plain, at = {"A": [], "B": [], "O": []}, "", 0
    for found in _NAMED.finditer(text):
        plain += text[at : found.start()]
        spans[found[1]].append((len(plain), len(plain) + len(found[2])))
        plain += found[2]
        at = found.end()
    return plain + text[at:], spans


def cases():
    with Path(__file__).with_name("sentiment_cases.csv").open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=f"{row['trap']}: {row['text'][:50]}") for row in csv.DictReader(file)]


@pytest.mark.parametrize("case", cases())
def test_relation_of_a_trap(case):
    text, spans = unmarked(case["text"])
    found = relation(text, spans["A"], spans["B"], spans["O"])
    assert found.sentiment == int(case["relation"])
    if case["kind"]:
        assert found.kind == case["kind"]


@pytest.mark.parametrize("case", cases())
def test_relation_does_not_depend_on_which_company_is_called_a(case):
    text, spans = unmarked(case["text"])
    if not spans["A"]:
        pytest.skip("names no company")
    there, back = (relation(text, spans[a], spans[b], spans["O"]) for a, b in (("A", "B"), ("B", "A")))
    assert there.score == pytest.approx(back.score, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[A]Nordbau[/A] streicht Tausende Stellen", -1),
        ("[A]Nordbau[/A] meldet Insolvenz an", -1),
        ("Razzia bei [A]Nordbau[/A]", -1),
        ("[A]Nordbau[/A] erzielt Rekordgewinn", 1),
        ("Aktie von [A]Nordbau[/A] legt kräftig zu", 1),
        ("[A]Nordbau[/A] lädt zur Hauptversammlung", 0),
        ("Früherer Minister wird Aufsichtsrat bei [A]Nordbau[/A]", 0),
    ],
)
def test_company(text, expected):
    plain, spans = unmarked(text)
    assert company(plain, spans["A"]).sentiment == expected


def test_many_at_once_come_out_as_one_by_one():
    asked = [
        (text, spans["A"], spans["B"], spans["O"])
        for text, spans in (unmarked(case.values[0]["text"]) for case in cases())
    ]
    together = relations(asked)
    assert [found.sentiment for found in together] == [relation(*one).sentiment for one in asked]
    assert [found.cue for found in together] == [relation(*one).cue for one in asked]
    alone = [(text, a, others) for text, a, _, others in asked]
    assert [found.sentiment for found in company_sentiments(alone)] == [company(*one).sentiment for one in alone]
    assert relations([]) == company_sentiments([]) == []


@pytest.mark.parametrize(
    ("pair", "expected"), [(("OpenAI", "Oracle"), 1), (("Microsoft", "OpenAI"), -1), (("Microsoft", "Oracle"), 0)]
)
def test_three_companies_in_three_relations(pair, expected):
    text = "OpenAI wandte sich an Oracle für mehr Rechenleistung, was Microsoft verärgerte"
    spans = {name: [(text.index(name), text.index(name) + len(name))] for name in ("OpenAI", "Oracle", "Microsoft")}
    others = [span for name, found in spans.items() if name not in pair for span in found]
    assert relation(text, spans[pair[0]], spans[pair[1]], others).sentiment == expected


def test_the_sued_company_is_the_one_harmed():
    text, spans = unmarked("[A]Nordbau[/A] verklagt [B]Suedholz[/B]")
    rows = list(
        scored_rows([{"id": 1, "text": text, "a": "N", "a_span": spans["A"][0], "b": "S", "b_span": spans["B"][0]}])
    )
    assert (rows[0]["tone_a"], rows[0]["tone_b"]) == (0, -1)


def scored_rows(rows):
    prepared = [sentiment_file._prepared(row) for row in rows]
    yield from sentiment_file._scored(prepared)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Der [A]Nordbau[/A]-Streit mit [B]Suedholz[/B] dauert an", "Streit"),
        ("[A]Nordbau[/A] zieht gegen [B]Suedholz[/B] vor Gericht", "vor Gericht"),
        ("[A]Nordbau[/A]-Rivale [B]Suedholz[/B] wächst", "Rivale"),
    ],
)
def test_the_cue_is_a_word_or_phrase_of_the_text(text, cue):
    plain, spans = unmarked(text)
    found = relation(plain, spans["A"], spans["B"])
    start, end = found.cue_span
    assert plain[start:end] == found.cue == cue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„[A]Nordbau[/A] verklagt [B]Suedholz[/B]“, sagt der Anwalt", True),
        ("[A]Nordbau[/A] verklagt [B]Suedholz[/B]: „Wir gewinnen“", False),
    ],
)
def test_whether_a_statement_is_quoted(text, expected):
    plain, spans = unmarked(text)
    assert relation(plain, spans["A"], spans["B"]).is_quoted is expected


@pytest.mark.parametrize("marker", ["is_hedged", "is_past"])
def test_how_statements_are_meant(marker):
    """Reported speech, rumours, pluperfect and their look-alikes, as the papers write them; some are still missed."""
    with Path(__file__).with_name("meant_cases.csv").open(encoding="utf-8", newline="") as file:
        cases = [row for row in csv.DictReader(file) if row["marker"] == marker]
    said = {True: [], False: []}
    for row in cases:
        plain, spans = unmarked(row["text"])
        said[getattr(relation(plain, spans["A"], spans["B"]), marker)].append(row)
    wrong = [row["text"] for row in said[True] if row["expected"] == "0"]
    missed = [row["text"] for row in said[False] if row["expected"] == "1"]
    assert len(wrong) <= 0.05 * len(said[True]), wrong
    assert len(missed) <= 0.15 * len(cases), missed


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀🚀",
        "\0\0\0",
        "x" * 1_000_000,
        "wort " * 200_000,
        "Nordbau sues Suedholz",
        "北方建筑起诉南方木材",
        "((((",
        "„",
    ],
)
def test_odd_texts_get_a_defined_result(text):
    found, about = relation(text, [], []), company(text, [])
    assert found.sentiment in {-1, 0, 1}
    assert -1 <= found.score <= 1
    assert 0 <= found.confidence <= 1
    assert found.kind in KINDS
    assert about.sentiment in {-1, 0, 1}


def test_names_behind_the_part_that_is_read():
    text = "wort " * 2000 + "Nordbau verklagt Suedholz"
    at = len("wort " * 2000)
    assert relation(text, [(at, at + 7)], [(at + 17, at + 25)]).kind in KINDS


@pytest.mark.parametrize("span", [(-1, 3), (2, 2), (0, 99)])
def test_a_span_outside_the_sentence_is_refused(span):
    with pytest.raises(ValueError, match="outside the sentence of 7 characters"):
        relation("Nordbau", [span], [])


def write(path, lines):
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")


def test_the_command_scores_pairs_and_single_companies(tmp_path):
    pair = {
        "id": "p",
        "text": "Nordbau verklagt Suedholz",
        "a": "Nordbau",
        "a_span": [0, 7],
        "b": "Suedholz",
        "b_span": [17, 25],
    }
    single = {"id": "s", "text": "Nordbau meldet Insolvenz an", "a": "Nordbau", "a_span": [0, 7]}
    write(tmp_path / "in.jsonl", [pair, "", single])
    assert run_sentiment(tmp_path / "in.jsonl", tmp_path / "out.jsonl") == 2
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert first.keys() == {"id", "rel", "rel_score", "tone_a", "tone_b", "kind", "cue"}
    assert (first["id"], first["rel"], first["kind"], first["cue"]) == ("p", -1, "lawsuit", "verklagt")
    assert second == {"id": "s", "tone_a": -1}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "line 2"),
        ({"id": 1, "a_span": [0, 1]}, "line 2: the key 'text' is missing"),
        ({"text": "Nordbau", "a_span": [0, 7]}, "line 2: the key 'id' is missing"),
        ({"id": 1, "text": "Nordbau", "a_span": [0, 70]}, "line 2: span 0–70 lies outside the sentence"),
        ({"id": 1, "text": None, "a_span": [0, 7]}, "line 2"),
        ({"id": 1, "text": "Nordbau", "a_span": ["0", 7]}, "line 2: a_span must be [start, end] in characters"),
        ({"id": 1, "text": "Nordbau", "a_span": [0]}, "line 2: a_span must be [start, end] in characters"),
        ({"id": 1, "text": "Nordbau", "a_span": [0, 7], "b_span": [3, 7]}, "line 2: a_span [0, 7] and b_span [3, 7]"),
    ],
)
def test_a_bad_line_is_named_and_leaves_no_output(tmp_path, line, what):
    write(tmp_path / "in.jsonl", [{"id": 0, "text": "Nordbau", "a": "Nordbau", "a_span": [0, 7]}, line])
    with pytest.raises(ValueError, match=re.escape(what)):
        run_sentiment(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_sentence_that_names_neither_company(tmp_path):
    write(
        tmp_path / "in.jsonl",
        [{"id": 1, "text": "Beide Unternehmen streiten", "a_span": None, "b_span": None, "b": "B"}],
    )
    run_sentiment(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["rel"] == -1


def test_a_line_that_is_not_utf_8_is_named(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_bytes('{"id": 1, "text": "Müller", "a_span": [0, 6]}'.encode("latin-1"))
    with pytest.raises(ValueError, match=r"in\.jsonl line 1: not UTF-8; convert the file"):
        run_sentiment(source, tmp_path / "out.jsonl")
