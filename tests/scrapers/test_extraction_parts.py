"""The parts of extraction: blocks, word groups, cues, the weights' guard, what is kept."""

from pathlib import Path

import numpy as np
import pytest
from selectolax.lexbor import LexborHTMLParser

from scrapers.extraction import cues, features
from scrapers.extraction.blocks import Block, Blocks
from scrapers.extraction.body import body_of
from scrapers.extraction.model import WEIGHTS, read_trees
from scrapers.extraction.words import BIT, class_groups


def blocks_of(html: str) -> list[Block]:
    return Blocks(LexborHTMLParser(html, scripting=True).body).blocks


def groups_of(classes: str) -> set[str]:
    bits = class_groups("div", classes, "", "", "", "", False, False)
    return {name for name, bit in BIT.items() if bits & bit}


def test_a_page_in_blocks():
    found = blocks_of(
        "<nav>Start</nav><h1>Nordwerk <b>wächst</b></h1>"
        "<p>Ein <a href=x>Werk</a> in<br>Bremen.<br><br>Und eines in Linz.</p>"
        "<script>var x</script><ul><li>Eins<li>Zwei</ul><footer>Impressum</footer>"
    )
    assert [(b.element.tag, b.text) for b in found] == [
        ("h1", "Nordwerk wächst"),
        ("p", "Ein Werk in Bremen."),
        ("p", "Und eines in Linz."),
        ("li", "Eins"),
        ("li", "Zwei"),
    ]
    assert [b.bold_chars for b in found[:1]] == [6]


@pytest.mark.parametrize(
    ("classes", "groups"),
    [
        ("article__body", {"article", "body"}),
        ("teaserBox--small", {"teaser", "box"}),
        ("lg-nav:block text-gray-700 hidden md:flex content-center", set()),
        ("commentary has-comments", set()),
        ("artikelkommentare", {"comment"}),
        ("visually-hidden", {"hidden"}),
    ],
)
def test_word_groups(classes: str, groups: set[str]):
    assert groups_of(classes) == groups


def test_cues_of_each_text_stay_its_own():
    found = cues.cue_bits(["Lesen Sie auch: Nordwerk in Linz", "Das Abitur wird schwerer.", "Foto: Eva Beispiel"])
    named = [{name for i, name in enumerate(cues.NAMES) if bits >> i & 1} for bits in found]
    assert {"read_more", "you"} <= named[0]
    assert named[1] == set()
    assert "credit" in named[2]


def test_weights_for_other_features_are_refused(tmp_path: Path):
    with np.load(WEIGHTS) as stored:
        arrays = dict(stored)
    arrays["names"] = np.array(["anders", *features.names()[1:]])
    np.savez(tmp_path / "weights.npz", **arrays)
    with pytest.raises(ValueError, match="learned for other features"):
        read_trees(tmp_path / "weights.npz")


def test_what_is_kept():
    html = "<h1>Titel</h1>" + "".join(f"<p>Satz Nummer {n} mit {'Wort ' * 30}am Ende.</p>" for n in range(12))
    html += "<p>Ja.</p><p>Noch ein Satz, der hier steht.</p><h2>Ohne Text</h2>"
    found = blocks_of(html)
    scores = [0.9] * 13 + [0.45, 0.9, 0.9]
    text = body_of(found, scores, "Titel")
    assert text.lines[-2:] == [
        "Ja.",
        "Noch ein Satz, der hier steht.",
    ]  # doubtful between two kept; no heading at the end
    assert text.lines[0].startswith("Satz Nummer 0")  # not the title
    assert text.behind == []
