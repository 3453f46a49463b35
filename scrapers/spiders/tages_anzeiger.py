from scrapers.article_spider import NewsSitemapSpider


class TagesAnzeigerSpider(NewsSitemapSpider):
    """Tages-Anzeiger: national daily, Zürich (Tamedia)."""

    name = "tages-anzeiger"
    allowed_domains = ["tagesanzeiger.ch"]
    sitemap_urls = ["https://www.tagesanzeiger.ch/sitemaps/news.xml"]
