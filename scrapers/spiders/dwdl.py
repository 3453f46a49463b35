from scrapers.article_spider import FeedSpider


class DwdlSpider(FeedSpider):
    """DWDL.de: television business, Cologne."""

    name = "dwdl"
    allowed_domains = ["dwdl.de"]
    feed_urls = ["https://www.dwdl.de/rss/allethemen.xml"]
