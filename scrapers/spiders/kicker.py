from scrapers.article_spider import NewsSitemapSpider


class KickerSpider(NewsSitemapSpider):
    """Kicker: sports, Nuremberg."""

    name = "kicker"
    allowed_domains = ["kicker.de"]
    feed_urls = ["https://newsfeed.kicker.de/news/aktuell"]
    sitemap_urls = ["https://newsfeed.kicker.de/googlesitemapnews.xml"]
