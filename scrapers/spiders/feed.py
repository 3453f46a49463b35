from scrapers.any_publisher import AnyPublisher


class FeedAddresses(AnyPublisher):
    """Any site with a feed: scrapy crawl feed -a publisher=my-paper -a urls=https://my-paper.example/rss.xml"""

    name = "feed"
