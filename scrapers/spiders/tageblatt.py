from scrapers.article_spider import NewsSitemapSpider


class TageblattSpider(NewsSitemapSpider):
    """Tageblatt: daily of Luxembourg."""

    name = "tageblatt"
    allowed_domains = ["tageblatt.lu"]
    sitemap_urls = ["https://www.tageblatt.lu/Sitemap_Index.xml.gz"]
