from scrapers.article_spider import FeedSpider


class ComputerbaseSpider(FeedSpider):
    """ComputerBase: hardware and IT news, Berlin."""

    name = "computerbase"
    allowed_domains = ["computerbase.de"]
    feed_urls = ["https://www.computerbase.de/rss/news.xml"]
