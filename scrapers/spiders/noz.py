from scrapers.article_spider import FeedSpider


class NozSpider(FeedSpider):
    """Neue Osnabrücker Zeitung: regional daily, Osnabrück."""

    name = "noz"
    allowed_domains = ["noz.de"]
    feed_urls = ["https://www.noz.de/rss"]
