from scrapers.article_spider import NewsSitemapSpider


class DerstandardSpider(NewsSitemapSpider):
    """Der Standard: national daily, Vienna."""

    name = "derstandard"
    allowed_domains = ["derstandard.at"]
    feed_urls = ["https://www.derstandard.at/rss"]
    sitemap_urls = ["https://www.derstandard.at/sitemaps/news.xml"]
