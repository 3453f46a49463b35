# ruff: noqa: N999
from scrapers.article_spider import NewsSitemapSpider


class ZwanzigMinSpider(NewsSitemapSpider):
    """20 Minuten: free daily, Zürich."""

    name = "20min"
    allowed_domains = ["20min.ch"]
    sitemap_urls = ["https://www.20min.ch/sitemaps/de/news.xml"]
