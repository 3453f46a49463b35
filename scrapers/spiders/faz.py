from scrapers.article_spider import NewsSitemapSpider


class FazSpider(NewsSitemapSpider):
    """Frankfurter Allgemeine Zeitung: national daily, Frankfurt."""

    name = "faz"
    allowed_domains = ["faz.net"]
    feed_urls = [
        "https://www.faz.net/rss/aktuell",
        "https://www.faz.net/rss/aktuell/wirtschaft/",
    ]
    sitemap_urls = ["https://www.faz.net/sitemap-news.xml"]
