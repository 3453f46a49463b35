from scrapers.article_spider import FeedSpider


class MotorsportMagazinSpider(FeedSpider):
    """Motorsport-Magazin: motor sports."""

    name = "motorsport-magazin"
    allowed_domains = ["motorsport-magazin.com"]
    feed_urls = ["https://www.motorsport-magazin.com/rss/alle-rennserien.xml"]
