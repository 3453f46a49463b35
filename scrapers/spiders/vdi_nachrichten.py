from scrapers.article_spider import FeedSpider


class VdiNachrichtenSpider(FeedSpider):
    """VDI nachrichten: engineering weekly, Düsseldorf."""

    name = "vdi-nachrichten"
    allowed_domains = ["vdi-nachrichten.com"]
    feed_urls = ["https://www.vdi-nachrichten.com/feed/"]
