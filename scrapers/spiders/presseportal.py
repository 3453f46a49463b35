from scrapers.article_spider import FeedSpider


class PresseportalSpider(FeedSpider):
    """Presseportal: wire of press releases (news aktuell, dpa): companies about themselves."""

    name = "presseportal"
    allowed_domains = ["presseportal.de"]
    feed_urls = ["https://www.presseportal.de/rss/presseportal.rss2"]
