"""An article page -> its fields. The general parser: no publisher is known to it."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from scrapers.extraction.block_text import is_candidate
from scrapers.extraction.blocks import Block, Blocks
from scrapers.extraction.body import Body, body_of
from scrapers.extraction.features import Features
from scrapers.extraction.model import Trees, block_scores
from scrapers.extraction.words import BIT
from scrapers.page_agency import find_agency, without_dateline_agency, without_sign_off
from scrapers.page_byline import choose_authors, printed_byline
from scrapers.page_encoding import MAX_BYTES, UnreadablePageError, decode
from scrapers.page_metadata import PageMetadata, printed_date, read_metadata
from scrapers.page_status import is_consent_wall, is_soft_404, text_status
from scrapers.page_title import choose_title

__all__ = ["MAX_BYTES", "PARSER", "ArticlePage", "Listed", "UnreadablePageError", "decode", "parse_article"]

PARSER = "general/2"
CREDIT_BLOCKS = 5  # so many blocks behind the text may credit an agency
_PICTURE = BIT["caption"] | BIT["t_figure"] | BIT["gallery"] | BIT["video"]
_OTHER_TEXT = BIT["teaser"] | BIT["related"]  # but a line that says "Quelle:" is no other text's


@dataclass(frozen=True)
class Listed:
    """What the feed or the sitemap said about the article; fills what the page leaves open."""

    title: str | None = None
    published_at: datetime | None = None
    authors: list[str] = field(default_factory=list)


@dataclass
class ArticlePage:
    """The fields of one article. Times are aware UTC. Empty body: no text was found."""

    title: str | None
    body: str
    published_at: datetime | None
    date_source: str | None
    modified_at: datetime | None
    authors: list[str]
    section: str | None
    language: str | None
    is_paywalled: bool | None
    text_status: str
    agency: str | None
    parser: str = PARSER


def parse_article(
    html: bytes,
    url: str,
    *,
    encoding: str | None = None,
    listed: Listed | None = None,
    paywall_marker: str | None = None,
    trees: Trees | None = None,
) -> ArticlePage:
    """Reads one page. `listed` is what feed or sitemap said: it fills a missing title, date and authors.
    `paywall_marker`: CSS selector of what only a page behind its publisher's paywall shows. `trees`: other weights than
    the shipped ones, to measure with.

    Time and memory grow with the page's size alone, which MAX_BYTES bounds. Raises UnreadablePageError, and nothing
    else that depends on the page.
    """
    listed = listed or Listed()
    host = _host(url)
    tree = LexborHTMLParser(decode(html, encoding), scripting=True)
    meta = read_metadata(tree)
    if paywall_marker and tree.css_first(paywall_marker):
        meta.is_paywalled = True
    blocks = Blocks(tree.body or tree.root)
    title = choose_title(meta.titles, meta.site_name, host)
    printed = printed_byline(blocks.blocks)
    authors = choose_authors(
        meta.authors,
        is_organisation=meta.is_organisation,
        printed=printed,
        site_name=meta.site_name,
        host=host,
    )
    text = _body(blocks, meta, title, authors, trees)
    lines = text.lines
    if is_soft_404(title, lines, meta.is_article) or is_consent_wall(lines):
        lines = []
    agency = find_agency([*authors, *printed], lines, [b.text for b in text.behind[:CREDIT_BLOCKS] if _may_credit(b)])
    if lines and agency:
        lines[0] = without_dateline_agency(lines[0])
        lines[-1] = without_sign_off(lines[-1])
    published_at, date_source = _published(meta, blocks, listed)
    return ArticlePage(
        title=title or listed.title,
        body="\n".join(lines),
        published_at=published_at,
        date_source=date_source,
        modified_at=meta.modified_at,
        authors=authors or list(listed.authors),
        section=meta.section,
        language=meta.language,
        is_paywalled=meta.is_paywalled,
        text_status=text_status(
            lines,
            [b.text for b in text.behind],
            is_paywalled=meta.is_paywalled,
            is_article=meta.is_article,
            lead=meta.lead,
        ),
        agency=agency,
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # "http://[": no address; the page is read all the same
        return ""


def _may_credit(block: Block) -> bool:
    """True for a block whose line may name the text's agency, not a picture's or another text's."""
    if block.element.path_groups & _PICTURE:
        return False
    return not block.element.path_groups & _OTHER_TEXT or block.text.startswith("Quelle")


def _body(blocks: Blocks, meta: PageMetadata, title: str | None, authors: list[str], trees: Trees | None) -> Body:
    if not any(map(is_candidate, blocks.blocks)):
        return Body([], [], [])
    found = Features(blocks, title or "", meta.article_body or "", meta.lead, authors)
    return body_of(found.blocks, block_scores(found, trees), title)


def _published(meta: PageMetadata, blocks: Blocks, listed: Listed) -> tuple[datetime | None, str | None]:
    if meta.published_at:
        return meta.published_at, meta.date_source
    if listed.published_at:
        return listed.published_at, "feed"
    return printed_date(meta.time_tags, blocks.blocks)
