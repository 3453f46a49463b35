from scrapers.article_spider import FeedSpider


class ComputerwocheSpider(FeedSpider):
    """Computerwoche: corporate IT, Munich (Foundry)."""

    name = "computerwoche"
    allowed_domains = ["computerwoche.de"]
    feed_urls = ["https://www.computerwoche.de/rss/"]
