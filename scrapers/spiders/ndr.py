from scrapers.article_spider import NewsSitemapSpider


class NdrSpider(NewsSitemapSpider):
    """Norddeutscher Rundfunk: public broadcaster, Hamburg."""

    name = "ndr"
    allowed_domains = ["ndr.de"]
    sitemap_urls = ["https://www.ndr.de/news-102~news.xml"]
