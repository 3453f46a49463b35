"""What a page says beside its text: JSON-LD in all its states, titles, bylines, agencies."""

from datetime import UTC, datetime

import pytest

from scrapers.page_agency import find_agency, is_credit_line, without_dateline_agency, without_sign_off
from scrapers.page_byline import split_names
from scrapers.page_title import choose_title
from tests.scrapers.test_article_page import jsonld, page, parse

WHEN = '"datePublished": "2024-10-17T08:15:00+02:00"'
AT = datetime(2024, 10, 17, 6, 15, tzinfo=UTC)


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    "source",
    [
        f'{{"@type": "NewsArticle", {WHEN}}}',
        f'[{{"@type": "Organization"}}, {{"@type": ["NewsArticle", "Article"], {WHEN}}}]',
        f'{{"@graph": [{{"@type": "WebPage"}}, {{"@type": "http://schema.org/NewsArticle", {WHEN}}}]}}',
        f'{{"@type": "WebPage", "mainEntity": {{"@type": "ReportageNewsArticle", {WHEN}}}}}',
        f'{{"@type": "NewsArticle", {WHEN},}}',  # a comma too many
        f'{{"@type": "NewsArticle", "description": "Zeile\nUmbruch", {WHEN}}}',
        f'{{"@type": "NewsArticle", "description": "das "Werk" in Bremen", {WHEN}}}',  # quotation marks unescaped
        f'<!-- {{"@type": "NewsArticle", {WHEN}}} -->',
        f'//<![CDATA[\n{{"@type": "NewsArticle", {WHEN}}}\n//]]>',
        f'{{"@type": "NewsArticle", {WHEN}}};',
    ],
)
def test_jsonld_in_all_its_states(source: str):
    found = parse(page(script(source)))
    assert (found.published_at, found.date_source) == (AT, "jsonld")


def test_the_article_of_the_page_wins_over_others_listed():
    other = '{"@type": "NewsArticle", "headline": "Anderes", "author": "X Y", "datePublished": "2020-01-01T00:00:00Z", '
    other += '"url": "https://blatt.example/a"}'
    own = f'{{"@type": "NewsArticle", {WHEN}, "url": "https://blatt.example/b"}}'
    head = '<link rel="canonical" href="https://blatt.example/b">' + script(f"[{other}, {own}]")
    assert parse(page(head)).published_at == AT


def test_author_by_reference():
    graph = f'{{"@graph": [{{"@type": "NewsArticle", {WHEN}, "author": {{"@id": "#p1"}}}}, '
    graph += '{"@type": "Person", "@id": "#p1", "name": "Eva Beispiel"}]}'
    assert parse(page(script(graph))).authors == ["Eva Beispiel"]


def test_a_bare_day_takes_the_hour_that_the_page_tells_elsewhere():
    head = jsonld('"datePublished": "2024-10-17"') + '<meta name="date" content="2024-10-17T08:15:00+02:00">'
    found = parse(page(head))
    assert (found.published_at, found.date_source) == (AT, "meta")


def test_a_date_in_the_text_is_the_last_resort():
    found = parse(page(before="<p>17. Oktober 2024, 8.15 Uhr</p>"))
    assert (found.published_at, found.date_source) == (AT, "text")
    found = parse(page(before='<p>3. Mai 2011</p><time datetime="2024-10-17T08:15:00+02:00">heute</time>'))
    assert (found.published_at, found.date_source) == (AT, "time_tag")


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("<p>Von Eva Beispiel und Max Muster</p>", ["Eva Beispiel", "Max Muster"]),
        ('<div class="byline">Eva Beispiel</div>', ["Eva Beispiel"]),
        ("<p>Ein Kommentar von Eva Beispiel, Redakteurin</p>", ["Eva Beispiel"]),
        ('<div class="entry-meta">17. Oktober 2024 • Eva Beispiel • 3 Minuten</div>', ["Eva Beispiel"]),
        ("<p>Von der Leyen kam nach Bremen</p>", []),
    ],
)
def test_byline_under_the_title(byline: str, authors: list[str]):
    assert parse(page(before=byline)).authors == authors


def test_people_under_the_title_win_over_the_publisher_as_author():
    head = jsonld('"author": {"@type": "Organization", "name": "Blatt Nachrichten"}')
    assert parse(page(head, before="<p>Von Eva Beispiel</p>")).authors == ["Eva Beispiel"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Von Eva Beispiel, Max Muster und dpa", ["Eva Beispiel", "Max Muster", "dpa"]),
        ("Eva Beispiel (eb)", ["Eva Beispiel"]),
        ("Eva Beispiel/dpa", ["Eva Beispiel", "dpa"]),
        ("https://blatt.example/autoren/eva", []),
        ("Von unserer Redaktion", []),
    ],
)
def test_names_in_a_byline(text: str, names: list[str]):
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ({"og": "Nordwerk wächst", "jsonld": "Nordwerk wächst", "title": "Nordwerk wächst - Blatt"}, "Nordwerk wächst"),
        (
            {"og": "Nordwerk: Zahlen", "jsonld": "Es geht aufwärts", "title": "Nordwerk: Zahlen | Blatt"},
            "Es geht aufwärts",
        ),
        (
            {"og": "Es geht aufwärts", "jsonld": "Nordwerk: Zahlen", "title": "Nordwerk: Zahlen | Blatt"},
            "Es geht aufwärts",
        ),
        (
            {"og": "Nordwerk wächst um drei", "h1": "Nordwerk wächst um drei", "jsonld": "Nordwerk wächst u..."},
            "Nordwerk wächst um drei",
        ),
        ({"h1": "Blatt", "title": "Nordwerk wächst | Blatt"}, "Nordwerk wächst"),
        ({"title": "Bremen – Nordwerk wächst – blatt.example"}, "Bremen – Nordwerk wächst"),
        ({}, None),
    ],
)
def test_title(titles: dict[str, str], expected: str | None):
    assert choose_title(titles, "Blatt", "www.blatt.example") == expected


@pytest.mark.parametrize(
    "line", ["dpa", "© dpa-infocom, dpa:241017-99-1/2", "Quelle: AFP/Reuters", "mit dpa", "(APA/red)"]
)
def test_credit_lines(line: str):
    assert is_credit_line(line)


@pytest.mark.parametrize("line", ["Die dpa meldet Zahlen.", "Bremen", "Reuters verkauft sein Haus in Bremen.", ""])
def test_what_is_no_credit_line(line: str):
    assert not is_credit_line(line)


def test_agency_in_the_dateline():
    assert find_agency([], ["Bremen (dpa/lni) - Der Maschinenbauer wächst.", "Ende."], []) == "dpa"
    assert find_agency([], ["Der Maschinenbauer wächst.", "Das sagte er der dpa am Montag."], []) is None
    assert without_dateline_agency("Bremen (dpa/lni) - Der Maschinenbauer") == "Bremen - Der Maschinenbauer"
    assert without_sign_off("Das sagte er am Montag. (KNA)") == "Das sagte er am Montag."


@pytest.mark.parametrize(
    ("path", "section"),
    [
        (("Startseite", "Wirtschaft", "Werften"), "Wirtschaft"),
        (("blatt.de", "Politik"), "Politik"),
        (("Home", "Nordwerk wächst"), None),
        ((), None),
    ],
)
def test_section_is_the_first_step_of_the_path(path: tuple[str, ...], section: str | None):
    items = ", ".join(f'{{"@type": "ListItem", "position": {i}, "name": "{name}"}}' for i, name in enumerate(path, 1))
    crumbs = f'{{"@type": "BreadcrumbList", "itemListElement": [{items}]}}'
    assert parse(page(script(f'{{"@type": "NewsArticle", {WHEN}}}') + script(crumbs))).section == section


def test_a_source_line_names_publisher_and_agency():
    assert is_credit_line("Quelle: blatt.de, abc/dpa")
    assert find_agency([], ["Ein Satz."], ["Quelle: blatt.de, abc/dpa"]) == "dpa"
    assert find_agency([], ["Ein Satz."], ["HK/dpa/kast/mit Material von Reuters"]) == "dpa"
    assert find_agency([], ["Ein Satz."], ["Redaktion/dts"]) == "dts"
    assert find_agency(["mit dpa"], ["Ein Satz."], []) == "dpa"
    assert find_agency(["Nachrichtenagentur dts"], ["Ein Satz."], []) == "dts"
    assert find_agency([], ["(dpa) – Der Maschinenbauer wächst.", "Ende."], []) == "dpa"
    assert find_agency([], ["Ein Satz.", "Das teilte sie mit. dpa-AFX"], []) == "dpa"
    assert without_dateline_agency("(dpa) – Der Maschinenbauer wächst.") == "Der Maschinenbauer wächst."
    assert not is_credit_line("Quelle: blatt.de, eigene Recherche")
