"""The two generic spiders' ancestor: any site with a feed or a sitemap, named on the command line."""

import re
from typing import Any
from urllib.parse import urlsplit

from scrapers.article_spider import ArticleSpider


class AnyPublisher(ArticleSpider):
    """For a site that has no spider yet: publisher and addresses come from the command line."""

    def __init__(self, *args: Any, publisher: str, urls: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.publisher = publisher
        urls_given = self.addresses({"urls": urls})
        self.allowed_domains = sorted({urlsplit(url).hostname for url in urls_given})
        setattr(self, f"{self.name}_urls", urls_given)

    @classmethod
    def addresses(cls, arguments: dict[str, str]) -> list[str]:
        return [url for part in arguments.get("urls", "").split(",") if (url := part.strip())]

    @classmethod
    def argument_error(cls, arguments: dict[str, str]) -> str | None:
        example = f"scrapy crawl {cls.name} -a publisher=my-paper -a urls=https://my-paper.example/{cls.name}.xml"
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", arguments.get("publisher", "")):
            return f"-a publisher must be a slug of a-z, 0-9 and hyphens, e.g. {example}"
        urls = cls.addresses(arguments)
        if not urls or not all(re.match(r"https?://[^/\s]+", url) for url in urls):
            return f"-a urls must be http(s) addresses, comma separated, e.g. {example}"
        return super().argument_error({k: v for k, v in arguments.items() if k not in ("publisher", "urls")})
