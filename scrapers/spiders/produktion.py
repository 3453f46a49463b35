from scrapers.article_spider import FeedSpider


class ProduktionSpider(FeedSpider):
    """Produktion: manufacturing, Landsberg."""

    name = "produktion"
    allowed_domains = ["produktion.de"]
    feed_urls = ["https://www.produktion.de/feed/"]
