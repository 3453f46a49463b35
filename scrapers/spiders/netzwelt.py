from scrapers.article_spider import FeedSpider


class NetzweltSpider(FeedSpider):
    """netzwelt: consumer technology, Hamburg."""

    name = "netzwelt"
    allowed_domains = ["netzwelt.de"]
    feed_urls = ["https://www.netzwelt.de/rss/index.xml"]
