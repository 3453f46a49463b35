from scrapers.article_spider import FeedSpider


class IndustriemagazinSpider(FeedSpider):
    """Industriemagazin: manufacturing, Vienna."""

    name = "industriemagazin"
    allowed_domains = ["industriemagazin.at"]
    feed_urls = ["https://industriemagazin.at/rss.xml"]
