from scrapers.article_spider import NewsSitemapSpider


class SalzburgerNachrichtenSpider(NewsSitemapSpider):
    """Salzburger Nachrichten: national daily, Salzburg."""

    name = "salzburger-nachrichten"
    allowed_domains = ["sn.at"]
    sitemap_urls = ["https://www.sn.at/news-artikel.sitemap.xml"]
