from scrapers.article_spider import FeedSpider


class SueddeutscheSpider(FeedSpider):
    """Süddeutsche Zeitung: national daily, Munich."""

    name = "sueddeutsche"
    allowed_domains = ["sueddeutsche.de"]
    feed_urls = ["https://rss.sueddeutsche.de/alles"]
