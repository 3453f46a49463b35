from scrapers.article_spider import FeedSpider


class CashSpider(FeedSpider):
    """cash: stock market portal, Zürich."""

    name = "cash"
    allowed_domains = ["cash.ch"]
    feed_urls = ["https://www.cash.ch/feeds/latest/top-news"]
