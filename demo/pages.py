"""Articles as HTML pages, in the layout of their masthead: demo/templates/<masthead>/*.html, with $placeholders."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from demo.articles import Article
from demo.mastheads import Masthead

TEMPLATES = Path(__file__).parent / "templates"
AD_AFTER, RELATED_AFTER = 2, 3  # paragraphs
FOOTER = (
    "Erfundene Demonstration: Diese Zeitung gibt es nicht, alle Meldungen sind frei erfunden. "
    "Die genannten Unternehmen haben mit den Texten nichts zu tun."
)


@cache
def _template(slug: str, name: str) -> Template:
    return Template((TEMPLATES / slug / f"{name}.html").read_text(encoding="utf-8"))


def _fill(masthead: Masthead, template: str, **values: str) -> str:
    return _template(masthead.slug, template).substitute(values)


def printed_time(moment: datetime) -> str:
    """As German papers print it: 06.07.2026, 08.15 Uhr."""
    return f"{moment:%d.%m.%Y, %H.%M} Uhr"


def _json_ld(masthead: Masthead, article: Article, url: str, base_url: str) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "headline": article.title,
        "description": article.teaser,
        "articleSection": article.section,
        "inLanguage": "de",
        "isAccessibleForFree": article.trap != "teaser",
        "image": [f"{base_url}/bild.svg"],
        "author": [{"@type": "Person", "name": name} for name in article.authors]
        or [{"@type": "Organization", "name": article.agency or masthead.name}],
        "publisher": {"@type": "NewsMediaOrganization", "name": masthead.name, "url": base_url},
    }
    if article.published_at:
        data["datePublished"] = data["dateModified"] = article.published_at.isoformat()
    if article.trap == "teaser":
        data["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
    # "</" would close the script element
    return json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/")


def _links(masthead: Masthead, articles: Sequence[Article]) -> str:
    return "\n".join(f'<li><a href="{masthead.path(a.name)}">{escape(a.title)}</a></li>' for a in articles)


def _body(masthead: Masthead, article: Article, related: Sequence[Article]) -> str:
    """The blocks in order, with what real sites put between them; the boxes stand behind a fixed paragraph."""
    parts, paragraphs = [], 0
    for number, block in enumerate(article.blocks):
        if block.startswith("## "):
            parts.append(_fill(masthead, "subhead", anchor=f"abschnitt-{number}", subhead=escape(block[3:])))
            continue
        paragraphs += 1
        parts.append(_fill(masthead, "paragraph", paragraph=escape(block, quote=False)))
        if paragraphs == AD_AFTER:
            parts.append(_fill(masthead, "ad"))
        if paragraphs == RELATED_AFTER:
            parts.append(_fill(masthead, "related", links=_links(masthead, related)))
    if article.trap == "teaser":
        parts.append(_fill(masthead, "paywall"))
    return "\n".join(parts)


def _contents(masthead: Masthead, article: Article) -> str:
    entries = [
        f'<li><a href="#abschnitt-{number}">{escape(block[3:])}</a></li>'
        for number, block in enumerate(article.blocks)
        if block.startswith("## ")
    ]
    return _fill(masthead, "contents", entries="\n".join(entries)) if entries else ""


def article_page(masthead: Masthead, base_url: str, article: Article, related: Sequence[Article]) -> str:
    """One article's page; related are the articles linked from its body."""
    url = base_url + masthead.path(article.name)
    time = meta_time = ""
    if article.published_at:
        stamp = article.published_at.isoformat()
        time = _fill(masthead, "time", stamp=stamp, printed=printed_time(article.published_at))
        meta_time = f'<meta property="article:published_time" content="{stamp}">'
    figure = ""
    if article.caption:
        figure = _fill(masthead, "figure", caption=escape(article.caption), credit=escape(article.credit))
    byline = ", ".join(article.authors) or article.agency
    meta_author = f'<meta name="author" content="{escape(byline)}">' if article.authors else ""
    # a gallery has neither lead nor comments: its page holds no text of its own
    lead = _fill(masthead, "lead", teaser=escape(article.teaser)) if article.blocks else ""
    comments = _fill(masthead, "comments") if article.blocks else ""
    bio = _fill(masthead, "bio", author=escape(article.authors[0])) if article.authors else ""
    return _fill(
        masthead,
        "article",
        name=masthead.name,
        motto=masthead.motto,
        url=escape(url),
        base_url=base_url,
        title=escape(article.title),
        kicker=escape(article.kicker or article.section),
        teaser=escape(article.teaser),
        section=escape(article.section),
        byline=escape(byline),
        bio=bio,
        lead=lead,
        comments=comments,
        meta_author=meta_author,
        meta_time=meta_time,
        time=time,
        json_ld=_json_ld(masthead, article, url, base_url),
        figure=figure,
        contents=_contents(masthead, article),
        body=_body(masthead, article, related),
        most_read=_links(masthead, related[::-1]),
        footer=FOOTER,
    )


def start_page(masthead: Masthead, base_url: str, articles: Sequence[Article]) -> str:
    """The start page: every article with its teaser, in the order given."""
    entries = "\n".join(
        _fill(
            masthead,
            "entry",
            path=masthead.path(article.name),
            kicker=escape(article.kicker or article.section),
            title=escape(article.title),
            teaser=escape(article.teaser),
            printed=printed_time(article.published_at) if article.published_at else "",
        )
        for article in articles
    )
    return _fill(
        masthead, "start", name=masthead.name, motto=masthead.motto, base_url=base_url, entries=entries, footer=FOOTER
    )
