from scrapers.article_spider import FeedSpider


class RndSpider(FeedSpider):
    """RedaktionsNetzwerk Deutschland: shared newsroom of the Madsack papers, Hanover."""

    name = "rnd"
    allowed_domains = ["rnd.de"]
    feed_urls = ["https://www.rnd.de/arc/outboundfeeds/rss/"]
