from scrapers.article_spider import FeedSpider


class T3nSpider(FeedSpider):
    """t3n: digital business, Hanover."""

    name = "t3n"
    allowed_domains = ["t3n.de"]
    feed_urls = ["https://t3n.de/rss.xml"]
