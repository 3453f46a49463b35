from scrapers.article_spider import FeedSpider


class KstaSpider(FeedSpider):
    """Kölner Stadt-Anzeiger: regional daily, Cologne."""

    name = "ksta"
    allowed_domains = ["ksta.de"]
    feed_urls = ["https://www.ksta.de/feed/index.rss"]
