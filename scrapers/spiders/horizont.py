from scrapers.article_spider import FeedSpider


class HorizontSpider(FeedSpider):
    """Horizont: media and advertising, Frankfurt."""

    name = "horizont"
    allowed_domains = ["horizont.net"]
    feed_urls = ["https://www.horizont.net/news/feed/"]
