from scrapers.article_spider import FeedSpider


class FinanznachrichtenSpider(FeedSpider):
    """FinanzNachrichten.de: stock market news of many sources."""

    name = "finanznachrichten"
    allowed_domains = ["finanznachrichten.de"]
    feed_urls = ["https://www.finanznachrichten.de/rss-aktien-nachrichten"]
