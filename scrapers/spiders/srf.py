from scrapers.article_spider import NewsSitemapSpider


class SrfSpider(NewsSitemapSpider):
    """Schweizer Radio und Fernsehen: public broadcaster, Zürich."""

    name = "srf"
    allowed_domains = ["srf.ch"]
    feed_urls = ["https://www.srf.ch/news/bnf/rss/1646"]
    sitemap_urls = ["https://www.srf.ch/sitemaps/newsmap/news/index.xml"]
