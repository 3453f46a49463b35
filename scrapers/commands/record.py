"""scrapy record NAME URL: keep an article page of a publisher, its words replaced, with its expected row as a test."""

import argparse
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError

from scrapers import recording
from scrapers.article_page import ArticlePage, UnreadablePageError, parse_article
from scrapers.guest import contact_error, is_at_home
from scrapers.probe import ProbeSpider
from scrapers.tdm import reservation


class Command(BaseRunSpiderCommand):
    requires_project = True
    default_settings = {"ITEM_PIPELINES": {}}

    def syntax(self) -> str:
        return "[options] <name> <url> [--html FILE] | --again <name>"

    def short_desc(self) -> str:
        return "Keep an article page, its words replaced by invented ones, and its expected row as a test"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--html", metavar="FILE", type=Path, help="read the page at URL from this saved file, without network"
        )
        parser.add_argument("--again", action="store_true", help="parse the kept pages of NAME again, without network")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != (1 if opts.again else 2):
            raise UsageError("say scrapy record NAME URL, or scrapy record --again NAME", print_help=False)
        name = args[0]
        loader = self.crawler_process.spider_loader
        if name not in loader.list():
            raise UsageError(f"no spider is called {name}; start one with scrapy genspider", print_help=False)
        if opts.again:
            self._again(name)
            return
        url = args[1]
        if not is_at_home(url, loader.load(name).allowed_domains):
            raise UsageError(f"{url} is not on {', '.join(loader.load(name).allowed_domains)}", print_help=False)
        if opts.html:
            self._record_file(name, url, opts.html)
            return
        if problem := contact_error([urlsplit(url).hostname or ""]):
            raise UsageError(problem, print_help=False)
        self._record(name, url)

    def _record(self, name: str, url: str) -> None:
        crawler = self._create_crawler(ProbeSpider)
        self.crawler_process.crawl(crawler, url=url)
        self.crawler_process.start()
        spider = crawler.spider
        self.exitcode = 1
        if self.crawler_process.bootstrap_failed:
            return
        if spider.article is None:
            print(f"{url} is no article to keep: {spider.refusals or 'a front page or a list'}; try scrapy probe {url}")
        elif spider.reservation.is_reserved:
            print(f"{url}: its publisher reserves text and data mining, so it is not kept")
        else:
            self._keep(name, url, spider.response.body, spider.response.encoding)

    def _record_file(self, name: str, url: str, file: Path) -> None:
        if not file.is_file():
            raise UsageError(f"--html {file}: no such file; save the page of {url} there", print_help=False)
        html = file.read_bytes()
        self.exitcode = 1
        try:
            page = parse_article(html, url)
        except UnreadablePageError as error:
            raise UsageError(f"--html {file}: {error}", print_help=False) from error
        if reservation(url, [], {}, html).is_reserved:
            print(f"{file}: its publisher reserves text and data mining, so it is not kept")
        elif not page.body or not page.published_at:
            missing = "text" if not page.body else "date of publication"
            print(f"{file} is no article to keep: no {missing} was found in it; is it the page of {url}?")
        else:
            self._keep(name, url, html, None)

    def _keep(self, name: str, url: str, html: bytes, encoding: str | None) -> None:
        target, page = recording.keep(name, url, html, encoding)
        print(f"{target} and .html; read them, then run: pytest tests/scrapers/test_recorded.py")
        _show(page)
        if found := recording.differences(parse_article(html, url, encoding=encoding), page):
            print(
                f"  but in the page itself the parser reads: {'; '.join(found)}. Keep another page, or mend the parser"
            )
        self.exitcode = 0

    def _again(self, name: str) -> None:
        targets = sorted((recording.FOLDER / name).glob("*.json"))
        if not targets:
            print(f"no page of {name} is kept; start with: scrapy record {name} URL")
            self.exitcode = 1
        for target in targets:
            print(target)
            _show(recording.renew(target))


def _show(page: ArticlePage) -> None:
    print(f"  {page.title}\n  {page.published_at} ({page.date_source}), {len(page.body.splitlines())} paragraphs")
