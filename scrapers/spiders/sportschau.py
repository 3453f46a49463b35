from scrapers.article_spider import NewsSitemapSpider


class SportschauSpider(NewsSitemapSpider):
    """Sportschau: sports of the public broadcasters (ARD)."""

    name = "sportschau"
    allowed_domains = ["sportschau.de"]
    feed_urls = ["https://www.sportschau.de/index~rss2.xml"]
    sitemap_urls = ["https://www.sportschau.de/kompakt-sp-100~news.xml"]
