from scrapers.article_spider import FeedSpider


class BoerseOnlineSpider(FeedSpider):
    """Börse Online: stock market weekly, Kulmbach."""

    name = "boerse-online"
    allowed_domains = ["boerse-online.de"]
    feed_urls = ["https://www.boerse-online.de/rss/news"]
