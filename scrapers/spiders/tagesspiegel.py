from scrapers.article_spider import NewsSitemapSpider


class TagesspiegelSpider(NewsSitemapSpider):
    """Tagesspiegel: national daily, Berlin."""

    name = "tagesspiegel"
    allowed_domains = ["tagesspiegel.de"]
    sitemap_urls = ["https://www.tagesspiegel.de/news.xml"]
