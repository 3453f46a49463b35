from scrapers.article_spider import FeedSpider


class DerAktionaerSpider(FeedSpider):
    """Der Aktionär: stock market weekly, Kulmbach."""

    name = "der-aktionaer"
    allowed_domains = ["deraktionaer.de"]
    feed_urls = ["https://www.deraktionaer.de/aktionaer-news.rss"]
