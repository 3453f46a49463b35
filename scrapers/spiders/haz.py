from scrapers.article_spider import FeedSpider


class HazSpider(FeedSpider):
    """Hannoversche Allgemeine Zeitung: regional daily, Hanover (Madsack)."""

    name = "haz"
    allowed_domains = ["haz.de"]
    feed_urls = ["https://www.haz.de/arc/outboundfeeds/rss/"]
