from scrapers.article_spider import FeedSpider


class NetzpolitikSpider(FeedSpider):
    """netzpolitik.org: digital rights and technology policy, Berlin."""

    name = "netzpolitik"
    allowed_domains = ["netzpolitik.org"]
    feed_urls = ["https://netzpolitik.org/feed/"]
