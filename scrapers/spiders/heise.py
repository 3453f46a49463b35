from scrapers.article_spider import FeedSpider


class HeiseSpider(FeedSpider):
    """heise online: IT news, Hanover."""

    name = "heise"
    allowed_domains = ["heise.de"]
    feed_urls = ["https://www.heise.de/rss/heise.rdf"]
