from scrapers.article_spider import FeedSpider


class FuwSpider(FeedSpider):
    """Finanz und Wirtschaft: financial paper, Zürich (Tamedia)."""

    name = "fuw"
    allowed_domains = ["fuw.ch"]
    feed_urls = ["https://www.fuw.ch/feed"]
