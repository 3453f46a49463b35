from scrapers.article_spider import NewsSitemapSpider


class ZeitSpider(NewsSitemapSpider):
    """Zeit Online: national weekly, Hamburg."""

    name = "zeit"
    allowed_domains = ["zeit.de"]
    feed_urls = ["https://newsfeed.zeit.de/news/index"]
    sitemap_urls = ["https://www.zeit.de/gsitemaps/index.xml?date={today}&unit=days&period=1"]
