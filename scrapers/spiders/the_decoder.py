from scrapers.article_spider import FeedSpider


class TheDecoderSpider(FeedSpider):
    """The Decoder: news about artificial intelligence."""

    name = "the-decoder"
    allowed_domains = ["the-decoder.de"]
    feed_urls = ["https://the-decoder.de/feed/"]
