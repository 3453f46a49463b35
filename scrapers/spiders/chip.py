from scrapers.article_spider import FeedSpider


class ChipSpider(FeedSpider):
    """Chip: consumer technology, Munich (Burda)."""

    name = "chip"
    allowed_domains = ["chip.de"]
    feed_urls = ["https://www.chip.de/rss/rss_topnews.xml"]
