from scrapers.article_spider import FeedSpider


class AugsburgerAllgemeineSpider(FeedSpider):
    """Augsburger Allgemeine: regional daily, Augsburg."""

    name = "augsburger-allgemeine"
    allowed_domains = ["augsburger-allgemeine.de"]
    feed_urls = ["https://www.augsburger-allgemeine.de/rss"]
