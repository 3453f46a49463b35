from scrapers.article_spider import FeedSpider


class ManagerMagazinSpider(FeedSpider):
    """manager magazin: business monthly, Hamburg (Spiegel)."""

    name = "manager-magazin"
    allowed_domains = ["manager-magazin.de"]
    feed_urls = ["https://www.manager-magazin.de/news/index.rss"]
