from scrapers.article_spider import FeedSpider


class MeediaSpider(FeedSpider):
    """Meedia: media business, Hamburg."""

    name = "meedia"
    allowed_domains = ["meedia.de"]
    feed_urls = ["https://meedia.de/feed/"]
