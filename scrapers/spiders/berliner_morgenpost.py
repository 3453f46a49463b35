from scrapers.article_spider import NewsSitemapSpider


class BerlinerMorgenpostSpider(NewsSitemapSpider):
    """Berliner Morgenpost: regional daily, Berlin (Funke)."""

    name = "berliner-morgenpost"
    allowed_domains = ["morgenpost.de"]
    sitemap_urls = ["https://www.morgenpost.de/sitemaps/news.xml"]
