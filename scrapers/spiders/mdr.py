from scrapers.article_spider import NewsSitemapSpider


class MdrSpider(NewsSitemapSpider):
    """Mitteldeutscher Rundfunk: public broadcaster, Leipzig."""

    name = "mdr"
    allowed_domains = ["mdr.de"]
    feed_urls = ["https://www.mdr.de/nachrichten/index-rss.xml"]
    sitemap_urls = ["https://www.mdr.de/news-sitemap.xml"]
