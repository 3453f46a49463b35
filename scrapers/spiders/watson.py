from scrapers.article_spider import FeedSpider


class WatsonSpider(FeedSpider):
    """watson: news portal for the young, Berlin (Ströer)."""

    name = "watson"
    allowed_domains = ["watson.de"]
    feed_urls = ["https://www.watson.de/api/2.0/rss/index.xml?tag=Front"]
