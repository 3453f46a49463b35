from scrapers.article_spider import NewsSitemapSpider


class NzzSpider(NewsSitemapSpider):
    """Neue Zürcher Zeitung: national daily, Zürich."""

    name = "nzz"
    allowed_domains = ["nzz.ch"]
    sitemap_urls = ["https://www.nzz.ch/sitemap/news0.xml"]
