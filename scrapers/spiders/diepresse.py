from scrapers.article_spider import NewsSitemapSpider


class DiepresseSpider(NewsSitemapSpider):
    """Die Presse: national daily, Vienna."""

    name = "diepresse"
    allowed_domains = ["diepresse.com"]
    sitemap_urls = ["https://www.diepresse.com/news-sitemap"]
