from scrapers.article_spider import FeedSpider


class ItTimesSpider(FeedSpider):
    """IT-Times: shares of technology companies, Münster."""

    name = "it-times"
    allowed_domains = ["it-times.de"]
    feed_urls = ["https://www.it-times.de/tag/it-news/rss.xml"]
