from scrapers.article_spider import NewsSitemapSpider


class MzSpider(NewsSitemapSpider):
    """Mitteldeutsche Zeitung: regional daily, Halle."""

    name = "mz"
    allowed_domains = ["mz.de"]
    sitemap_urls = ["https://www.mz.de/sitemaps/newssitemap-index.xml"]
