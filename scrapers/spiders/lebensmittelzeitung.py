from scrapers.article_spider import FeedSpider


class LebensmittelzeitungSpider(FeedSpider):
    """Lebensmittel Zeitung: food trade, Frankfurt (dfv)."""

    name = "lebensmittelzeitung"
    allowed_domains = ["lebensmittelzeitung.net"]
    feed_urls = ["https://www.lebensmittelzeitung.net/news/feed/"]
