from scrapers.article_spider import FeedSpider


class AutomobilwocheSpider(FeedSpider):
    """Automobilwoche: car industry, Munich."""

    name = "automobilwoche"
    allowed_domains = ["automobilwoche.de"]
    feed_urls = ["https://www.automobilwoche.de/rss.xml"]
