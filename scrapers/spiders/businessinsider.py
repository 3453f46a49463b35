from scrapers.article_spider import NewsSitemapSpider


class BusinessinsiderSpider(NewsSitemapSpider):
    """Business Insider Deutschland: business and start-ups (Axel Springer)."""

    name = "businessinsider"
    allowed_domains = ["businessinsider.de"]
    feed_urls = ["https://www.businessinsider.de/feed/businessinsider-alle-artikel"]
    sitemap_urls = ["https://www.businessinsider.de/news-sitemap.xml"]
