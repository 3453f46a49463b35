from scrapers.article_spider import FeedSpider


class EqsNewsSpider(FeedSpider):
    """EQS News (formerly DGAP): mandatory and other announcements of listed companies, Munich."""

    name = "eqs-news"
    allowed_domains = ["eqs-news.com"]
    feed_urls = ["https://www.eqs-news.com/feed/"]
