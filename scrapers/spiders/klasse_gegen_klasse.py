from scrapers.article_spider import FeedSpider


class KlasseGegenKlasseSpider(FeedSpider):
    """Klasse Gegen Klasse: political online paper, Berlin."""

    name = "klasse-gegen-klasse"
    allowed_domains = ["klassegegenklasse.org"]
    feed_urls = ["https://www.klassegegenklasse.org/feed/"]
