from scrapers.article_spider import NewsSitemapSpider


class DwSpider(NewsSitemapSpider):
    """Deutsche Welle: international public broadcaster, German edition."""

    name = "dw"
    allowed_domains = ["dw.com"]
    feed_urls = ["https://rss.dw.com/xml/rss-de-all"]
    sitemap_urls = ["https://www.dw.com/de/news-sitemap.xml"]
    article_urls = r"dw.com/de/"
