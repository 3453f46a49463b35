from scrapers.article_spider import FeedSpider


class HandelszeitungSpider(FeedSpider):
    """Handelszeitung: business weekly, Zürich."""

    name = "handelszeitung"
    allowed_domains = ["handelszeitung.ch"]
    feed_urls = ["https://www.handelszeitung.ch/rss.xml"]
