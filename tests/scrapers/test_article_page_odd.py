"""Invented miniatures of odd pages: AMP, consent wall, paywall stub, wrong encoding, soft 404, live ticker, boxes."""

import time

import pytest

from scrapers.article_page import UnreadablePageError, decode, parse_article
from tests.scrapers.test_article_page import PARAGRAPHS, jsonld, page, parse

URL = "https://blatt.example/wirtschaft/nordwerk-waechst-1"


def test_amp_page():
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    html = f"""<!doctype html><html ⚡ lang="de"><head><title>Nordwerk wächst</title>
      <link rel="canonical" href="{URL}">{jsonld('"datePublished": "2024-10-17T08:15:00+02:00"')}</head><body>
      <amp-sidebar id="menu"><ul><li><a href="/">Start</a><li><a href="/sport">Sport</a></ul></amp-sidebar>
      <article><h1>Nordwerk wächst</h1><amp-img src="a.jpg" width="1" height="1"></amp-img>{text}
      <amp-ad type="x"><div fallback>Anzeige</div></amp-ad></article>
      <amp-consent id="c"><div>Wir nutzen Cookies. Bitte stimmen Sie zu.</div></amp-consent></body></html>"""
    found = parse(html.encode())
    assert found.body.split("\n") == PARAGRAPHS
    assert found.text_status == "full"


def test_consent_wall_has_no_body():
    html = """<html lang="de"><head><title>Blatt</title></head><body><main><h1>Willkommen beim Blatt</h1>
      <p>Mit Werbung weiterlesen: Besuchen Sie uns wie gewohnt mit Werbung und Tracking.</p>
      <p>Wir und unsere Partner verarbeiten personenbezogene Daten wie Cookies und Geräte-Kennungen.</p>
      <p>Ihre Einwilligung können Sie jederzeit in der Datenschutzerklärung widerrufen.</p>
      <p>Sie haben ein Pur-Abo? Dann lesen Sie werbefrei, ohne Cookies für Werbezwecke.</p>
      <button>Zustimmen und weiter</button></main></body></html>"""
    found = parse(html.encode())
    assert (found.body, found.text_status) == ("", "unknown")


@pytest.mark.parametrize(
    "head",
    [jsonld('"isAccessibleForFree": false'), '<meta property="article:content_tier" content="locked">', ""],
)
def test_paywall_stub(head: str):
    wall = """<div class="paywall"><p>Jetzt weiterlesen mit Blatt+</p><p>Sie haben bereits ein Abo? Anmelden</p>
      <p>Erster Monat kostenlos testen, danach 9,99 Euro, jederzeit kündbar.</p></div>"""
    found = parse(page(head, after=wall, paragraphs=PARAGRAPHS[:2]))
    assert found.text_status == "teaser"
    assert found.body.split("\n") == PARAGRAPHS[:2]


def test_a_short_stub_holds_no_offer():
    offer = """<div class="offer"><h2>Weiterlesen?</h2><p>Sichern Sie sich jetzt den vollen Zugang zu allen Inhalten für
      nur 1 Euro im ersten Monat.</p><ul><li>Alle Artikel frei lesen</li><li>Jederzeit kündbar</li></ul></div>"""
    first = "Der Maschinenbauer Nordwerk wächst kräftig und stellt neue Leute ein."
    found = parse(page(after=offer, paragraphs=[first]))
    assert (found.body, found.text_status) == (first, "teaser")


def test_whole_text_of_a_page_marked_as_paid_is_full():
    long = [p for n in range(3) for p in (q.replace("Quartal", f"Quartal {n}") for q in PARAGRAPHS)]
    found = parse(page(jsonld('"isAccessibleForFree": "False"'), paragraphs=long))
    assert (found.is_paywalled, found.text_status) == (True, "full")


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("utf-8", "windows-1252"),  # declared wrongly: what is not UTF-8 is not read as UTF-8
        ("iso-8859-1", "windows-1252"),
        ("iso-8859-1", "utf-8"),
        ("windows-1252", "utf-8"),
        ("unsinn-9", "windows-1252"),
        ("utf-16", "utf-8"),
    ],
)
def test_wrong_encoding(declared: str, written: str):
    text = f'<html><head><meta charset="{declared}"></head><body><p>Größe „Übermaß“ – 5 €</p></body></html>'
    assert "Größe „Übermaß“ – 5 €" in decode(text.encode(written), encoding=declared)


def test_one_broken_byte_does_not_spoil_the_umlauts():
    assert "Müller aß Brötchen" in decode("<p>Müller aß Brötchen".encode() + b"\xff</p>")


def test_soft_404():
    html = """<html lang="de"><head><title>Seite nicht gefunden | Blatt</title></head><body><main>
      <h1>Seite nicht gefunden</h1><p>Die gewünschte Seite existiert nicht oder wurde verschoben. Bitte nutzen Sie die
      Suche oder kehren Sie zur Startseite zurück. Wir entschuldigen uns für die Umstände.</p>
      <h2>Meistgelesen</h2><ul><li><a href="/a">Nordwerk wächst weiter</a></li></ul></main></body></html>"""
    found = parse(html.encode())
    assert (found.body, found.text_status) == ("", "unknown")


def test_live_ticker_keeps_its_entries():
    entries = "".join(
        f"<div class='ticker-entry'><time datetime='2024-10-17T{n + 8:02}:05:00+02:00'>{n + 8}.05 Uhr</time>"
        f"<h3>Meldung {n}</h3><p>{p}</p></div>"
        for n, p in enumerate(PARAGRAPHS)
    )
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Der Tag im Ticker", '
    head += '"datePublished": "2024-10-17T08:00:00+02:00", "liveBlogUpdate": [{"@type": "BlogPosting", '
    head += '"datePublished": "2024-10-17T15:05:00+02:00", "headline": "Meldung 7"}]}</script>'
    html = f"<html><head>{head}</head><body><main><h1>Der Tag im Ticker</h1><div>{entries}</div></main></body></html>"
    found = parse(html.encode())
    assert [p for p in PARAGRAPHS if p not in found.body] == []
    assert found.published_at.hour == 6
    assert found.title == "Der Tag im Ticker"


@pytest.mark.parametrize(
    "box",
    [
        '<ul><li><a href="/a">Hintergrund: So geht es Nordwerk</a><li><a href="/b">Interview: Der Chef</a></ul>',
        '<p><strong>Lesen Sie auch:</strong> <a href="/a">Nordwerk baut ein Werk in Linz</a></p>',
        "<p>&gt;&gt; Hier finden Sie alle Termine der Branche im Überblick</p>",
        '<div class="newsletter-box"><h3>Newsletter</h3><p>Jeden Morgen das Wichtigste. Jetzt anmelden!</p></div>',
        "<p>Foto: Eva Beispiel</p>",
        "<figure><img src=a.jpg><figcaption>Das Werk in Bremen. Foto: Max Muster/dpa</figcaption></figure>",
        "<p>© dpa-infocom, dpa:241017-99-1/2</p>",
        "<p>Empfohlener redaktioneller Inhalt: An dieser Stelle finden Sie einen externen Inhalt von Beispielnetz.</p>",
    ],
)
def test_boxes_inside_the_text_are_left_out(box: str):
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:4]) + box + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[4:])
    html = f"<html><body><article><h1>Nordwerk wächst</h1>{text}</article></body></html>"
    assert parse(html.encode()).body.split("\n") == PARAGRAPHS


def test_photo_credit_is_no_agency():
    figure = "<figure><img src=a.jpg><figcaption>Das Werk in Bremen. Foto: Max Muster/dpa</figcaption></figure>"
    assert parse(page(before=figure)).agency is None


@pytest.mark.parametrize(
    ("ending", "agency"),
    [("(dpa)", "dpa"), ("(APA/Reuters)", "APA"), ("(sda)", "Keystone-SDA"), ("(epd)", "epd"), ("(AFP)", "AFP")],
)
def test_sign_off_becomes_the_agency(ending: str, agency: str):
    found = parse(page(paragraphs=[*PARAGRAPHS[:-1], f"{PARAGRAPHS[-1]} {ending}"]))
    assert found.agency == agency
    assert found.body.split("\n")[-1] == PARAGRAPHS[-1]


def test_a_repeated_quote_stands_once():
    quote = "<blockquote>Vor allem aus Österreich und der Schweiz kamen neue Bestellungen</blockquote>"
    assert parse(page(after=quote)).body.count("kamen neue Bestellungen") == len(PARAGRAPHS)
    assert parse(page(before=quote)).body.count("kamen neue Bestellungen") == len(PARAGRAPHS)


def test_deep_and_broad_pages_end_in_time():
    deep = b"<div>" * 2_900 + b"Text" + b"</div>" * 2_900
    broad = b"<p>Ein Satz mit Folgen, (dpa" * 40_000
    for html in (deep, broad, b"<a href=x>" * 60_000, b"<table><tr><td>" * 2_500):
        start = time.process_time()
        parse_article(html, URL)
        seconds = time.process_time() - start
        assert seconds < 20, "the time must grow with the page's size alone"  # generous: a loop would take minutes


def test_binary_page_is_named():
    with pytest.raises(UnreadablePageError, match="no HTML"):
        parse_article(b"\x1f\x8b\x08\x00abc", URL)


def test_endless_nesting_is_named():
    with pytest.raises(UnreadablePageError, match="nests more than"):
        parse_article(b"<div>" * 100_000, URL)


@pytest.mark.parametrize(("printed", "word"), [("D", "er"), ("A", "m"), ("»W", "ir")])
def test_a_drop_cap_belongs_to_its_word(printed: str, word: str):
    rest = f" {word} Maschinenbauer Nordwerk hat mehr Aufträge erhalten, wie er am Donnerstag in Bremen mitteilte."
    html = page(before=f"<p><span class='initial'>{printed}</span>{rest}</p>")
    assert parse(html).body.startswith(f"{printed}{word} Maschinenbauer")


def test_a_word_of_one_letter_stays():
    first = "A cappella sang der Chor von Nordwerk am Donnerstag in Bremen, wie das Unternehmen am Abend mitteilte."
    assert parse(page(paragraphs=[first, *PARAGRAPHS])).body.startswith("A cappella sang")
