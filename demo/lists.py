"""What a masthead tells crawlers: robots.txt, the RSS feed, the Google news sitemap."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from demo.articles import Article
from demo.mastheads import Masthead

FEED_LENGTH = 20
TRACKING = "?utm_source=newsletter&utm_medium=email&utm_campaign=hafenpost"


def robots(base_url: str) -> str:
    return (
        "User-agent: *\n"
        "Disallow: /suche\n"
        "Disallow: /intern/\n"
        "Allow: /\n"
        "Crawl-delay: 0\n\n"
        f"Sitemap: {base_url}/news-sitemap.xml\n"
    )


def changed_at(articles: Sequence[Article]) -> datetime:
    """When the newest article appeared, as Last-Modified: the one dated in the future must not decide it."""
    return max(a.published_at for a in articles if a.published_at and a.trap != "date_in_future")


def _item(masthead: Masthead, base_url: str, article: Article) -> str:
    url = escape(base_url + masthead.path(article.name))
    date = f"\n      <pubDate>{format_datetime(article.published_at)}</pubDate>" if article.published_at else ""
    creators = "".join(f"\n      <dc:creator>{escape(name)}</dc:creator>" for name in article.authors)
    return f"""    <item>
      <title>{escape(article.title)}</title>
      <link>{url}</link>
      <guid isPermaLink="true">{url}</guid>
      <description>{escape(article.teaser)}</description>
      <category>{escape(article.section)}</category>{date}{creators}
    </item>"""


def feed(masthead: Masthead, base_url: str, articles: Sequence[Article]) -> str:
    """RSS 2.0 of the newest articles and of those without a date; articles as from articles.load."""
    undated = [a for a in articles if not a.published_at]
    newest = [a for a in articles if a.published_at][: FEED_LENGTH - len(undated)]
    items = "\n".join(_item(masthead, base_url, article) for article in newest + undated)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>{escape(masthead.name)}</title>
    <link>{base_url}/</link>
    <description>{escape(masthead.motto)} (erfundene Demonstration)</description>
    <language>de-DE</language>
    <lastBuildDate>{format_datetime(changed_at(articles))}</lastBuildDate>
    <atom:link href="{base_url}/feed.xml" rel="self" type="application/rss+xml"/>
{items}
  </channel>
</rss>
"""


def _url(masthead: Masthead, location: str, article: Article) -> str:
    stamp = article.published_at.isoformat() if article.published_at else ""
    date = f"\n      <news:publication_date>{stamp}</news:publication_date>" if stamp else ""
    return f"""  <url>
    <loc>{escape(location)}</loc>
    <news:news>
      <news:publication>
        <news:name>{escape(masthead.name)}</news:name>
        <news:language>de</news:language>
      </news:publication>{date}
      <news:title>{escape(article.title)}</news:title>
    </news:news>
  </url>"""


def sitemap(masthead: Masthead, base_url: str, articles: Sequence[Article]) -> str:
    """Google news sitemap of all articles; a duplicate_url article stands in it a second time, with tracking."""
    urls = []
    for article in articles:
        location = base_url + masthead.path(article.name)
        urls.append(_url(masthead, location, article))
        if article.trap == "duplicate_url":
            urls.append(_url(masthead, location + TRACKING, article))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n' + "\n".join(urls) + "\n</urlset>\n"
    )
