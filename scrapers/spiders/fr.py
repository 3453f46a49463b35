from scrapers.article_spider import NewsSitemapSpider


class FrSpider(NewsSitemapSpider):
    """Frankfurter Rundschau: regional daily, Frankfurt (Ippen)."""

    name = "fr"
    allowed_domains = ["fr.de"]
    feed_urls = ["https://fr.de/rssfeed.rdf"]
    sitemap_urls = ["https://www.fr.de/news.xml"]
