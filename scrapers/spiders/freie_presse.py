from scrapers.article_spider import FeedSpider


class FreiePresseSpider(FeedSpider):
    """Freie Presse: regional daily, Chemnitz."""

    name = "freie-presse"
    allowed_domains = ["freiepresse.de"]
    feed_urls = [
        "https://www.freiepresse.de/rss/rss_wirtschaft.php",
        "https://www.freiepresse.de/rss/rss_politik.php",
        "https://www.freiepresse.de/rss/rss_sachsen.php",
    ]
