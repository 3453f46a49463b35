from scrapers.article_spider import FeedSpider


class SternSpider(FeedSpider):
    """Stern: news magazine, Hamburg (RTL)."""

    name = "stern"
    allowed_domains = ["stern.de"]
    feed_urls = ["https://www.stern.de/feed/standard/alle-nachrichten/"]
