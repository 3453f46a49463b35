from scrapers.article_spider import FeedSpider


class WiwoSpider(FeedSpider):
    """WirtschaftsWoche: business weekly, Düsseldorf."""

    name = "wiwo"
    allowed_domains = ["wiwo.de"]
    feed_urls = ["https://www.wiwo.de/contentexport/feed/rss/schlagzeilen"]
