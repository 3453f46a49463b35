from scrapers.article_spider import FeedSpider


class LvzSpider(FeedSpider):
    """Leipziger Volkszeitung: regional daily, Leipzig (Madsack)."""

    name = "lvz"
    allowed_domains = ["lvz.de"]
    feed_urls = ["https://www.lvz.de/arc/outboundfeeds/rss/"]
