from scrapers.article_spider import NewsSitemapSpider


class EuronewsSpider(NewsSitemapSpider):
    """Euronews: European news channel, German edition."""

    name = "euronews"
    allowed_domains = ["euronews.com"]
    sitemap_urls = ["https://de.euronews.com/sitemaps/de/latest-news.xml"]
