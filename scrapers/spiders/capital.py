from scrapers.article_spider import FeedSpider


class CapitalSpider(FeedSpider):
    """Capital: business monthly, Berlin (RTL)."""

    name = "capital"
    allowed_domains = ["capital.de"]
    feed_urls = ["https://www.capital.de/feed/standard"]
