from scrapers.article_spider import NewsSitemapSpider


class BraunschweigerZeitungSpider(NewsSitemapSpider):
    """Braunschweiger Zeitung: regional daily near Volkswagen's seat (Funke)."""

    name = "braunschweiger-zeitung"
    allowed_domains = ["braunschweiger-zeitung.de"]
    feed_urls = ["https://www.braunschweiger-zeitung.de/rss"]
    sitemap_urls = ["https://www.braunschweiger-zeitung.de/sitemaps/news.xml"]
