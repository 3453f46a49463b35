from scrapers.article_spider import FeedSpider


class CaschysBlogSpider(FeedSpider):
    """Caschys Blog: consumer technology, Bremerhaven."""

    name = "caschys-blog"
    allowed_domains = ["stadt-bremerhaven.de"]
    feed_urls = ["https://stadt-bremerhaven.de/feed/"]
