from scrapers.article_spider import NewsSitemapSpider


class WeltSpider(NewsSitemapSpider):
    """Welt: national daily and news channel, Berlin (Axel Springer)."""

    name = "welt"
    allowed_domains = ["welt.de"]
    feed_urls = ["https://www.welt.de/feeds/latest.rss"]
    sitemap_urls = ["https://www.welt.de/sitemaps/newssitemap/newssitemap.xml"]
