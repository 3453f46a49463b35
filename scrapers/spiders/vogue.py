from scrapers.article_spider import NewsSitemapSpider


class VogueSpider(NewsSitemapSpider):
    """Vogue Germany: fashion, and the business of it (Condé Nast)."""

    name = "vogue"
    allowed_domains = ["vogue.de"]
    feed_urls = ["https://www.vogue.de/feed/rss"]
    sitemap_urls = ["https://www.vogue.de/feed/sitemap-news/sitemap-google-news"]
