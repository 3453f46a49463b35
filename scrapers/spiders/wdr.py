from scrapers.article_spider import FeedSpider


class WdrSpider(FeedSpider):
    """Westdeutscher Rundfunk: public broadcaster, Cologne."""

    name = "wdr"
    allowed_domains = ["wdr.de"]
    feed_urls = ["https://www1.wdr.de/uebersicht-100.feed"]
