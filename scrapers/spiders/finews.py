from scrapers.article_spider import FeedSpider


class FinewsSpider(FeedSpider):
    """finews: Swiss banking, Zürich."""

    name = "finews"
    allowed_domains = ["finews.ch"]
    feed_urls = ["https://www.finews.ch/news?format=feed"]
