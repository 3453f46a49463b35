from scrapers.article_spider import NewsSitemapSpider


class BrSpider(NewsSitemapSpider):
    """Bayerischer Rundfunk (BR24): public broadcaster, Munich."""

    name = "br"
    allowed_domains = ["br.de"]
    sitemap_urls = ["https://www.br.de/nachrichten/sitemaps/news.xml"]
