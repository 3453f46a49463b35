# ruff: noqa: E501 - lists of pieces
"""Whatever the bytes: an ArticlePage or UnreadablePageError, never another error."""

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scrapers.article_page import ArticlePage, UnreadablePageError, parse_article
from tests.scrapers.test_article_page import PARAGRAPHS, jsonld, page

URL = "https://blatt.example/a"
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='newsletter teaser'>", "</div>", "<h1>", "</h1>", "<br>", "<ul><li>", "</ul>", "<a href=x>",
        "</a>", "<aside>", "<article>", "<time datetime='99'>", "<table><td>", "<svg>", "<template>", "<!-- ", "-->", "<![CDATA[",
        "<script type='application/ld+json'>", "</script>", "{", "}", "[", "]", '"@type": "NewsArticle",', '"author": ',
        '"datePublished": "2024-13-45"', '"author": [[{"name": null}]]', '"@graph": [null, 5]', "Von Eva Beispiel", "(dpa)", "|", "©",
        "31.02.2024", "\x00", "\u00ad", "😀", PARAGRAPHS[0], "<meta property='og:title' content=''>", "<html lang=''>", "<base href='::'>",
    ]
)  # fmt: skip


def survives(html: bytes, url: str = URL) -> None:
    try:
        found = parse_article(html, url)
    except UnreadablePageError:
        return
    assert isinstance(found, ArticlePage)
    assert found.published_at is None or found.published_at.tzinfo is not None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(html: bytes):
    survives(html)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_order_of_pieces(pieces: list[str]):
    survives("".join(pieces).encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_page_cut_anywhere(data: st.DataObject):
    whole = page(jsonld('"datePublished": "2024-10-17T08:15:00+02:00", "author": {"name": "Eva Beispiel"}'))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    survives(whole[:start] + whole[end:])


@settings(max_examples=100, deadline=None)
@example("http://[")
@given(st.text(max_size=60))
def test_any_address(url: str):
    survives(page(), url)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["@id", "author", "creator", "datePublished", "dateModified", "headline", "name", "articleBody", "articleSection", "inLanguage",
     "isAccessibleForFree", "publisher", "mainEntityOfPage", "url", "@graph", "@type"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@example({"datePublished": float("inf")})
@example({"datePublished": float("nan"), "dateModified": 10**400})
@example({"datePublished": "²²²²²²²²²²"})
@example({"datePublished": "Thu, 99 Oct 2024 99:99:99 +9999"})
@given(st.dictionaries(FIELDS, JSON, max_size=8))
def test_any_value_in_any_field_of_jsonld(fields: dict):
    source = json.dumps({"@type": "NewsArticle"} | fields)
    survives(page(f'<script type="application/ld+json">{source}</script>'))
