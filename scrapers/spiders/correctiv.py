from scrapers.article_spider import FeedSpider


class CorrectivSpider(FeedSpider):
    """Correctiv: non-profit investigations and fact checks, Essen."""

    name = "correctiv"
    allowed_domains = ["correctiv.org"]
    feed_urls = ["https://correctiv.org/feed/"]
