from scrapers.article_spider import NewsSitemapSpider


class WinfutureSpider(NewsSitemapSpider):
    """WinFuture: Windows, hardware and IT news."""

    name = "winfuture"
    allowed_domains = ["winfuture.de"]
    feed_urls = ["https://static.winfuture.de/feeds/WinFuture-News-rss2.0.xml"]
    sitemap_urls = ["https://winfuture.de/sitemap-latest-news.xml.gz"]
