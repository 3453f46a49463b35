from scrapers.article_spider import NewsSitemapSpider


class GolemSpider(NewsSitemapSpider):
    """Golem.de: IT news for professionals, Berlin."""

    name = "golem"
    allowed_domains = ["golem.de"]
    feed_urls = ["https://www.golem.de/rss"]
    sitemap_urls = ["https://www.golem.de/news/gsitemap-{today:%y%m}.xml"]
