from scrapers.article_spider import NewsSitemapSpider


class BoersenZeitungSpider(NewsSitemapSpider):
    """Börsen-Zeitung: financial daily, Frankfurt."""

    name = "boersen-zeitung"
    allowed_domains = ["boersen-zeitung.de"]
    sitemap_urls = ["https://www.boersen-zeitung.de/sitemap/news.xml.gz"]
