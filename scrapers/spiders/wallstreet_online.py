from scrapers.article_spider import FeedSpider


class WallstreetOnlineSpider(FeedSpider):
    """wallstreet:online: stock market portal, Berlin."""

    name = "wallstreet-online"
    allowed_domains = ["wallstreet-online.de"]
    feed_urls = ["https://www.wallstreet-online.de/rss/nachrichten-alle.xml"]
