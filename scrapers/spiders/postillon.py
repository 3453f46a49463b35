from scrapers.article_spider import NewsSitemapSpider


class PostillonSpider(NewsSitemapSpider):
    """Der Postillon: satire. Paused in publishers.csv: its news about companies are invented."""

    name = "postillon"
    allowed_domains = ["der-postillon.com"]
    sitemap_urls = ["https://www.der-postillon.com/sitemap.xml"]
