from scrapers.article_spider import NewsSitemapSpider


class RuhrNachrichtenSpider(NewsSitemapSpider):
    """Ruhr Nachrichten: regional daily, Dortmund."""

    name = "ruhr-nachrichten"
    allowed_domains = ["ruhrnachrichten.de"]
    feed_urls = ["https://www.ruhrnachrichten.de/service/feed/"]
    sitemap_urls = ["https://www.ruhrnachrichten.de/news-sitemap.xml"]
