from scrapers.article_spider import NewsSitemapSpider


class LtoSpider(NewsSitemapSpider):
    """Legal Tribune Online: law, courts and law firms."""

    name = "lto"
    allowed_domains = ["lto.de"]
    feed_urls = ["https://www.lto.de/rss/feed.xml"]
    sitemap_urls = ["https://www.lto.de/googlenews-sitemap.xml"]
