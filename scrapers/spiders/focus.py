from scrapers.article_spider import NewsSitemapSpider


class FocusSpider(NewsSitemapSpider):
    """Focus Online: news portal (Burda)."""

    name = "focus"
    allowed_domains = ["focus.de"]
    sitemap_urls = ["https://www.focus.de/sitemap_news_ressorts.xml"]
