from scrapers.article_spider import NewsSitemapSpider


class NtvSpider(NewsSitemapSpider):
    """n-tv: news channel, strong in business and markets (RTL)."""

    name = "ntv"
    allowed_domains = ["n-tv.de"]
    sitemap_urls = ["https://www.n-tv.de/news.xml"]
