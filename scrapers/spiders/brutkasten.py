from scrapers.article_spider import FeedSpider


class BrutkastenSpider(FeedSpider):
    """brutkasten: start-ups, Vienna."""

    name = "brutkasten"
    allowed_domains = ["brutkasten.com"]
    feed_urls = ["https://brutkasten.com/feed"]
