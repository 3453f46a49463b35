from scrapers.article_spider import NewsSitemapSpider


class AbendblattSpider(NewsSitemapSpider):
    """Hamburger Abendblatt: regional daily, Hamburg (Funke)."""

    name = "abendblatt"
    allowed_domains = ["abendblatt.de"]
    feed_urls = ["https://www.abendblatt.de/rss"]
    sitemap_urls = ["https://www.abendblatt.de/sitemaps/news.xml"]
