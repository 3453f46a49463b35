from scrapers.article_spider import FeedSpider


class HandelsblattSpider(FeedSpider):
    """Handelsblatt: business daily, Düsseldorf."""

    name = "handelsblatt"
    allowed_domains = ["handelsblatt.com"]
    feed_urls = [
        "https://www.handelsblatt.com/contentexport/feed/schlagzeilen",
        "https://www.handelsblatt.com/contentexport/feed/unternehmen",
    ]
