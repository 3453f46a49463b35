from scrapers.article_spider import NewsSitemapSpider


class BildSpider(NewsSitemapSpider):
    """Bild: national tabloid (Axel Springer)."""

    name = "bild"
    allowed_domains = ["bild.de"]
    feed_urls = ["https://www.bild.de/feed/alles.xml"]
    sitemap_urls = ["https://www.bild.de/sitemap-news.xml"]
