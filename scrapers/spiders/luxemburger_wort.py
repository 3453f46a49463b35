from scrapers.article_spider import NewsSitemapSpider


class LuxemburgerWortSpider(NewsSitemapSpider):
    """Luxemburger Wort: national daily of Luxembourg, German edition."""

    name = "luxemburger-wort"
    allowed_domains = ["wort.lu"]
    feed_urls = ["https://www.wort.lu/de/rss"]
    sitemap_urls = ["https://www.wort.lu/sitemap-news.xml"]
