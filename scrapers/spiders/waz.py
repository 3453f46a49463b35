from scrapers.article_spider import NewsSitemapSpider


class WazSpider(NewsSitemapSpider):
    """Westdeutsche Allgemeine Zeitung: regional daily, Essen (Funke)."""

    name = "waz"
    allowed_domains = ["waz.de"]
    sitemap_urls = ["https://www.waz.de/sitemaps/news.xml"]
