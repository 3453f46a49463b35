from scrapers.article_spider import FeedSpider


class WatsonChSpider(FeedSpider):
    """watson: news portal, Zürich (CH Media)."""

    name = "watson-ch"
    allowed_domains = ["watson.ch"]
    feed_urls = ["https://www.watson.ch/api/2.0/rss/index.xml?tag=Front"]
