from scrapers.article_spider import FeedSpider


class KroneSpider(FeedSpider):
    """Kronen Zeitung: national tabloid, Vienna."""

    name = "krone"
    allowed_domains = ["krone.at"]
    feed_urls = ["https://api.krone.at/v1/rss/rssfeed-google.xml?id=2311992"]
