from scrapers.article_spider import NewsSitemapSpider


class StuttgarterZeitungSpider(NewsSitemapSpider):
    """Stuttgarter Zeitung: regional daily at the seat of Mercedes-Benz, Porsche and Bosch."""

    name = "stuttgarter-zeitung"
    allowed_domains = ["stuttgarter-zeitung.de"]
    sitemap_urls = ["https://www.stuttgarter-zeitung.de/sitemap-news.xml"]
