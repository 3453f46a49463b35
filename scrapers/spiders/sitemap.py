from scrapers.any_publisher import AnyPublisher


class SitemapAddresses(AnyPublisher):
    """Any site with a sitemap: scrapy crawl sitemap -a publisher=my-paper -a urls=https://my-paper.example/news.xml"""

    name = "sitemap"
