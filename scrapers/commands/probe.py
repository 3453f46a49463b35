"""scrapy probe URL: what a site offers and permits, or an article field by field. Writes nothing."""

import argparse
from urllib.parse import urlsplit

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError

from scrapers.guest import contact_error, is_at_home, is_loopback
from scrapers.probe import ProbeSpider
from scrapers.probe_report import is_usable, lines


class Command(BaseRunSpiderCommand):
    requires_project = True
    default_settings = {"ITEM_PIPELINES": {}}

    def syntax(self) -> str:
        return "[options] <url>"

    def short_desc(self) -> str:
        return "Look at a front page, feed, sitemap or article as a crawl would; writes nothing"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        if len(args) != 1 or urlsplit(args[0]).scheme not in ("http", "https"):
            raise UsageError("scrapy probe needs one http(s) address, e.g. scrapy probe https://my-paper.example/")
        (url,) = args
        if problem := contact_error([urlsplit(url).hostname or ""]):
            raise UsageError(problem, print_help=False)
        name, marker = self._spider_for(url)
        crawler = self._create_crawler(ProbeSpider)
        self.crawler_process.crawl(crawler, url=url, paywall_marker=marker)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed:
            self.exitcode = 1
            return
        print("\n".join(lines(crawler.spider, name)))
        self.exitcode = 0 if is_usable(crawler.spider) else 1

    def _spider_for(self, url: str) -> tuple[str | None, str | None]:
        """Name and paywall marker of the spider that serves the address' site."""
        host, netloc = urlsplit(url).hostname, urlsplit(url).netloc
        loader = self.crawler_process.spider_loader
        for spider in map(loader.load, loader.list()):
            # On this machine, the port tells the publishers apart
            is_its_port = netloc in {urlsplit(listed).netloc for listed in spider.addresses({})}
            if is_at_home(url, spider.allowed_domains) and (is_its_port or not is_loopback(host)):
                return spider.name, spider.paywall_marker
        return None, None
