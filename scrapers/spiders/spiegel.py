from scrapers.article_spider import NewsSitemapSpider


class SpiegelSpider(NewsSitemapSpider):
    """Spiegel: news magazine, Hamburg."""

    name = "spiegel"
    allowed_domains = ["spiegel.de"]
    feed_urls = ["https://www.spiegel.de/schlagzeilen/index.rss"]
    sitemap_urls = ["https://www.spiegel.de/sitemaps/news-de.xml"]
