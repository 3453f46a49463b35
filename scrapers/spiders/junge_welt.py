from scrapers.article_spider import FeedSpider


class JungeWeltSpider(FeedSpider):
    """Junge Welt: national daily, Berlin."""

    name = "junge-welt"
    allowed_domains = ["jungewelt.de"]
    feed_urls = ["https://www.jungewelt.de/feeds/newsticker.rss"]
