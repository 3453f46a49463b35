from scrapers.article_spider import FeedSpider


class Rbb24Spider(FeedSpider):
    """rbb24: news of the public broadcaster of Berlin and Brandenburg."""

    name = "rbb24"
    allowed_domains = ["rbb24.de"]
    feed_urls = ["https://www.rbb24.de/aktuell/index.xml/feed=rss.xml"]
