from scrapers.article_spider import NewsSitemapSpider


class BerlinerZeitungSpider(NewsSitemapSpider):
    """Berliner Zeitung: regional daily, Berlin."""

    name = "berliner-zeitung"
    allowed_domains = ["berliner-zeitung.de"]
    feed_urls = ["https://www.berliner-zeitung.de/feed.xml"]
    sitemap_urls = ["https://www.berliner-zeitung.de/news-sitemap.xml"]
