from scrapers.article_spider import NewsSitemapSpider


class TazSpider(NewsSitemapSpider):
    """taz, die tageszeitung: national daily, Berlin."""

    name = "taz"
    allowed_domains = ["taz.de"]
    sitemap_urls = ["https://taz.de/sitemap-google-news.xml"]
