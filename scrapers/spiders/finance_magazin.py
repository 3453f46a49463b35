from scrapers.article_spider import FeedSpider


class FinanceMagazinSpider(FeedSpider):
    """Finance: corporate finance, Frankfurt."""

    name = "finance-magazin"
    allowed_domains = ["finance-magazin.de"]
    feed_urls = ["https://www.finance-magazin.de/feed/"]
