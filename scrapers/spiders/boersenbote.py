import os

from scrapers.article_spider import NewsSitemapSpider


class BoersenboteSpider(NewsSitemapSpider):
    """Börsenbote: the second invented masthead of the demonstration, on the port after Hafenkurier's."""

    name = "boersenbote"
    allowed_domains = ["127.0.0.1"]
    sitemap_urls = [f"http://127.0.0.1:{int(os.environ.get('DEMO_PORT') or 8421) + 1}/news-sitemap.xml"]
    feed_urls = [f"http://127.0.0.1:{int(os.environ.get('DEMO_PORT') or 8421) + 1}/feed.xml"]
