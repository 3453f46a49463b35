"""scrapy genspider -t feed|sitemap NAME URL: a spider for a publisher, and its row in publishers.csv in state trial."""

import argparse
import csv
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.commands.genspider import Command as ScrapyGenspider
from scrapy.exceptions import UsageError

from lake import seeds

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Command(ScrapyGenspider):
    def short_desc(self) -> str:
        return "Start a spider: -t feed or -t sitemap, the publisher's slug, the address of its feed or sitemap"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.list or opts.dump:
            super().run(args, opts)
            return
        if len(args) != 2 or opts.template not in ("feed", "sitemap"):
            raise UsageError(
                "say scrapy genspider -t feed NAME URL or scrapy genspider -t sitemap NAME URL, e.g. "
                "scrapy genspider -t feed my-paper https://my-paper.example/rss.xml",
                print_help=False,
            )
        name, url = args
        if not SLUG.fullmatch(name):
            raise UsageError(f"{name} is no slug: use a-z, 0-9 and hyphens, e.g. my-paper", print_help=False)
        if urlsplit(url).scheme not in ("http", "https"):
            raise UsageError(f"{url} is no http(s) address; which lists are there: scrapy probe", print_help=False)
        template = self._find_template(opts.template)
        if template is None or (not opts.force and self._spider_exists(name)):
            self.exitcode = 1
            return
        self._genspider(name.replace("-", "_"), name, url, opts.template, template)
        if add_publisher(name, _domain(url)):
            print("and a row in lake/seeds/publishers.csv, in state trial")
        print(f"Now: its docstring, then scrapy crawl {name} -a limit=5, then scrapy record {name} URL of an article")

    def _generate_template_variables(self, module: str, name: str, url: str, template_name: str) -> dict[str, Any]:
        variables = super()._generate_template_variables(module, name, url, template_name)
        words = name.split("-")
        return {**variables, "domain": _domain(url), "classname": "".join(map(str.capitalize, words)) + "Spider"}


def add_publisher(slug: str, domain: str, path: Path = seeds.FOLDER / "publishers.csv") -> bool:
    """Adds a publisher in state trial to the seed, in its alphabetical place; False where it is there already."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if any(row["publisher"] == slug for row in rows):
        return False
    reason = "new; on when a page is recorded and 28 days have brought no finding"
    new = {"publisher": slug, "name": slug, "country": "DE", "domain": domain, "kind": "press", "state": "trial"}
    rows = sorted([*rows, {**new, "reason": reason}], key=lambda row: row["publisher"])
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return True


def _domain(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
