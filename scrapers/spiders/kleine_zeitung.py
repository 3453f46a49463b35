from scrapers.article_spider import NewsSitemapSpider


class KleineZeitungSpider(NewsSitemapSpider):
    """Kleine Zeitung: regional daily, Graz."""

    name = "kleine-zeitung"
    allowed_domains = ["kleinezeitung.at"]
    sitemap_urls = ["https://www.kleinezeitung.at/news-sitemap"]
