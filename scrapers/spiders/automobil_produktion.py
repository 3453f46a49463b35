from scrapers.article_spider import FeedSpider


class AutomobilProduktionSpider(FeedSpider):
    """Automobil Produktion: car manufacturing, Landsberg."""

    name = "automobil-produktion"
    allowed_domains = ["automobil-produktion.de"]
    feed_urls = ["https://www.automobil-produktion.de/feed/"]
