from scrapers.article_spider import FeedSpider


class DeutscheStartupsSpider(FeedSpider):
    """deutsche-startups.de: start-ups and venture capital, Cologne."""

    name = "deutsche-startups"
    allowed_domains = ["deutsche-startups.de"]
    feed_urls = ["https://www.deutsche-startups.de/feed/"]
