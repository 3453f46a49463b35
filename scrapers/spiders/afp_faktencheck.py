from scrapers.article_spider import NewsSitemapSpider


class AfpFaktencheckSpider(NewsSitemapSpider):
    """AFP Faktencheck: fact checks of the news agency AFP."""

    name = "afp-faktencheck"
    allowed_domains = ["faktencheck.afp.com"]
    sitemap_urls = ["https://faktencheck.afp.com/sitemap.xml"]
