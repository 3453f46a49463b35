from scrapers.article_spider import NewsSitemapSpider


class GamestarSpider(NewsSitemapSpider):
    """GameStar: games and hardware (Webedia)."""

    name = "gamestar"
    allowed_domains = ["gamestar.de"]
    sitemap_urls = ["https://www.gamestar.de/sitemapnews.xml"]
