from scrapers.article_spider import FeedSpider


class InsideItSpider(FeedSpider):
    """Inside IT: Swiss IT business, Zürich."""

    name = "inside-it"
    allowed_domains = ["inside-it.ch"]
    feed_urls = ["https://www.inside-it.ch/rss.xml"]
