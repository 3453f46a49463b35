from scrapers.article_spider import NewsSitemapSpider


class MerkurSpider(NewsSitemapSpider):
    """Münchner Merkur: regional daily, Munich (Ippen)."""

    name = "merkur"
    allowed_domains = ["merkur.de"]
    feed_urls = ["https://www.merkur.de/welt/rssfeed.rdf"]
    sitemap_urls = ["https://www.merkur.de/news.xml"]
