from scrapers.article_spider import FeedSpider


class OtsSpider(FeedSpider):
    """APA-OTS: wire of press releases, Vienna: companies about themselves."""

    name = "ots"
    allowed_domains = ["ots.at"]
    feed_urls = ["https://www.ots.at/rss/index"]
