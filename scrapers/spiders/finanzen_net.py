from scrapers.article_spider import FeedSpider


class FinanzenNetSpider(FeedSpider):
    """finanzen.net: stock market portal, Karlsruhe (Axel Springer)."""

    name = "finanzen-net"
    allowed_domains = ["finanzen.net"]
    feed_urls = ["https://www.finanzen.net/rss/news"]
