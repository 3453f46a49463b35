from scrapers.article_spider import FeedSpider


class KurierSpider(FeedSpider):
    """Kurier: national daily, Vienna."""

    name = "kurier"
    allowed_domains = ["kurier.at"]
    feed_urls = ["https://kurier.at/xml/rss"]
