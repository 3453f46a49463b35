from scrapers.article_spider import FeedSpider


class TagesschauSpider(FeedSpider):
    """Tagesschau: news of the public broadcasters (ARD)."""

    name = "tagesschau"
    allowed_domains = ["tagesschau.de"]
    feed_urls = ["https://www.tagesschau.de/xml/rss2/"]
