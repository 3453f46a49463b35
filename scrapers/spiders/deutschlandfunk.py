from scrapers.article_spider import FeedSpider


class DeutschlandfunkSpider(FeedSpider):
    """Deutschlandfunk: national public radio, Cologne."""

    name = "deutschlandfunk"
    allowed_domains = ["deutschlandfunk.de"]
    feed_urls = ["https://www.deutschlandfunk.de/nachrichten-100.rss"]
