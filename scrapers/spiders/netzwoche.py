from scrapers.article_spider import FeedSpider


class NetzwocheSpider(FeedSpider):
    """Netzwoche: Swiss IT business, Basel."""

    name = "netzwoche"
    allowed_domains = ["netzwoche.ch"]
    feed_urls = ["https://www.netzwoche.ch/rss.xml"]
