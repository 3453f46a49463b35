from scrapers.article_spider import NewsSitemapSpider


class LandesspiegelSpider(NewsSitemapSpider):
    """Landesspiegel: news portal of Liechtenstein."""

    name = "landesspiegel"
    allowed_domains = ["landesspiegel.li"]
    sitemap_urls = ["https://landesspiegel.li/sitemap-news.xml"]
