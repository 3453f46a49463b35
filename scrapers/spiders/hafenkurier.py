import os

from scrapers.article_spider import NewsSitemapSpider


class HafenkurierSpider(NewsSitemapSpider):
    """Hafenkurier: the invented daily of the demonstration, served by `python -m demo serve`."""

    name = "hafenkurier"
    allowed_domains = ["127.0.0.1"]
    sitemap_urls = [f"http://127.0.0.1:{os.environ.get('DEMO_PORT') or 8421}/news-sitemap.xml"]
    feed_urls = [f"http://127.0.0.1:{os.environ.get('DEMO_PORT') or 8421}/feed.xml"]
