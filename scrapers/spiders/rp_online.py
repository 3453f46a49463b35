from scrapers.article_spider import NewsSitemapSpider


class RpOnlineSpider(NewsSitemapSpider):
    """Rheinische Post: regional daily, Düsseldorf."""

    name = "rp-online"
    allowed_domains = ["rp-online.de"]
    feed_urls = ["https://rp-online.de/feed.rss"]
    sitemap_urls = ["https://rp-online.de/sitemap-news.xml"]
