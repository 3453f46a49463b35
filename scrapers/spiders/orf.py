from scrapers.article_spider import FeedSpider


class OrfSpider(FeedSpider):
    """ORF: Austria's public broadcaster."""

    name = "orf"
    allowed_domains = ["orf.at"]
    feed_urls = ["https://rss.orf.at/news.xml"]
