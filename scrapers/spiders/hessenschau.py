from scrapers.article_spider import FeedSpider


class HessenschauSpider(FeedSpider):
    """Hessenschau: news of the public broadcaster Hessischer Rundfunk."""

    name = "hessenschau"
    allowed_domains = ["hessenschau.de"]
    feed_urls = ["https://www.hessenschau.de/index.rss"]
