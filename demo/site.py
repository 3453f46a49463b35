"""A masthead's whole site, built once: path -> resource. What is not in it is a 404."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from demo import lists, pages
from demo.articles import load
from demo.mastheads import Masthead

HTML, XML = "text/html; charset=utf-8", "application/xml; charset=utf-8"
RELATED = 3


@dataclass(frozen=True)
class Resource:
    content: bytes
    content_type: str
    modified_at: datetime | None = None

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:20]}"'


def build(masthead: Masthead, port: int) -> dict[str, Resource]:
    """Every resource of the masthead by its path; port is the group's. Raises ValueError on a wrong article."""
    base_url = masthead.base_url(port)
    articles = load(masthead.slug)
    changed_at = lists.changed_at(articles)

    def resource(content: str, content_type: str, modified_at: datetime | None = None) -> Resource:
        return Resource(content.encode(), content_type, modified_at)

    site = {
        "/": resource(pages.start_page(masthead, base_url, articles), HTML),
        "/robots.txt": resource(lists.robots(base_url), "text/plain; charset=utf-8"),
        "/feed.xml": resource(
            lists.feed(masthead, base_url, articles), "application/rss+xml; charset=utf-8", changed_at
        ),
        "/news-sitemap.xml": resource(lists.sitemap(masthead, base_url, articles), XML, changed_at),
        "/style.css": resource(_asset(masthead, "style.css"), "text/css; charset=utf-8"),
        "/bild.svg": resource(_asset(masthead, "bild.svg"), "image/svg+xml"),
    }
    sound = [a for a in articles if not a.trap]
    for article in articles:
        # the articles that came before it, as a newsroom links them; the oldest link to the newest
        position = sound.index(article) if article in sound else 0
        related = [a for a in (sound[position + 1 :] + sound) if a is not article][:RELATED]
        page = pages.article_page(masthead, base_url, article, related)
        site[masthead.path(article.name)] = resource(page, HTML)
    return site


def _asset(masthead: Masthead, name: str) -> str:
    return (pages.TEMPLATES / masthead.slug / name).read_text(encoding="utf-8")
