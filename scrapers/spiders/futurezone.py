from scrapers.article_spider import FeedSpider


class FuturezoneSpider(FeedSpider):
    """futurezone: technology, Vienna (Kurier)."""

    name = "futurezone"
    allowed_domains = ["futurezone.at"]
    feed_urls = ["https://futurezone.at/xml/rss"]
