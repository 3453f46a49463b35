from scrapers.article_spider import FeedSpider


class TrendSpider(FeedSpider):
    """trend: business weekly, Vienna."""

    name = "trend"
    allowed_domains = ["trend.at"]
    feed_urls = ["https://www.trend.at/rss"]
