from scrapers.article_spider import FeedSpider


class TOnlineSpider(FeedSpider):
    """t-online: news portal (Ströer)."""

    name = "t-online"
    allowed_domains = ["t-online.de"]
    feed_urls = [
        "https://www.t-online.de/nachrichten/feed.rss",
        "https://www.t-online.de/finanzen/feed.rss",
        "https://www.t-online.de/digital/feed.rss",
        "https://www.t-online.de/mobilitaet/feed.rss",
    ]
