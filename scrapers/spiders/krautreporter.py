from scrapers.article_spider import FeedSpider


class KrautreporterSpider(FeedSpider):
    """Krautreporter: member-funded magazine, Berlin."""

    name = "krautreporter"
    allowed_domains = ["krautreporter.de"]
    feed_urls = ["https://krautreporter.de/feeds.rss"]
