from scrapers.article_spider import NewsSitemapSpider


class DvzSpider(NewsSitemapSpider):
    """DVZ, Deutsche Verkehrs-Zeitung: logistics, Hamburg."""

    name = "dvz"
    allowed_domains = ["dvz.de"]
    sitemap_urls = ["https://www.dvz.de/news-sitemap.xml"]
