from scrapers.article_spider import FeedSpider


class FreitagSpider(FeedSpider):
    """der Freitag: weekly, Berlin."""

    name = "freitag"
    allowed_domains = ["freitag.de"]
    feed_urls = ["https://www.freitag.de/@@RSS"]
