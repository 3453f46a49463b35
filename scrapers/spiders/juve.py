from scrapers.article_spider import FeedSpider


class JuveSpider(FeedSpider):
    """JUVE: law firms and their corporate clients, Cologne."""

    name = "juve"
    allowed_domains = ["juve.de"]
    feed_urls = ["https://www.juve.de/feed/"]
