from scrapers.article_spider import NewsSitemapSpider


class ZdfSpider(NewsSitemapSpider):
    """ZDF heute: public broadcaster, Mainz."""

    name = "zdf"
    allowed_domains = ["zdf.de", "zdfheute.de"]
    feed_urls = ["https://www.zdf.de/rss/zdf/nachrichten"]
    sitemap_urls = ["https://www.zdf.de/news-sitemap.xml"]
