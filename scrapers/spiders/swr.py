from scrapers.article_spider import FeedSpider


class SwrSpider(FeedSpider):
    """SWR Aktuell: public broadcaster, Stuttgart."""

    name = "swr"
    allowed_domains = ["swr.de"]
    feed_urls = ["https://www.swr.de/~rss/swraktuell/index.xml"]
