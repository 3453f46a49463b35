from scrapers.article_spider import FeedSpider


class BlickSpider(FeedSpider):
    """Blick: tabloid, Zürich (Ringier)."""

    name = "blick"
    allowed_domains = ["blick.ch"]
    feed_urls = ["https://www.blick.ch/rss.xml"]
