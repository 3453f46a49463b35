from scrapers.article_spider import FeedSpider


class StuttgarterNachrichtenSpider(FeedSpider):
    """Stuttgarter Nachrichten: regional daily, Stuttgart."""

    name = "stuttgarter-nachrichten"
    allowed_domains = ["stuttgarter-nachrichten.de"]
    feed_urls = ["https://www.stuttgarter-nachrichten.de/news.rss.feed"]
