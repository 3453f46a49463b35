"""Scrapy's settings: the defaults of a polite guest. Reference: https://docs.scrapy.org/en/latest/topics/settings.html"""

import logging
from pathlib import Path

from scrapers.guest import user_agent

BOT_NAME = "tonlage"
SPIDER_MODULES = ["scrapers.spiders"]
NEWSPIDER_MODULE = "scrapers.spiders"
COMMANDS_MODULE = "scrapers.commands"
TEMPLATES_DIR = str(Path(__file__).parent / "templates")

# Under our own name, by the publisher's rules
USER_AGENT = user_agent()
ROBOTSTXT_OBEY = True  # scrapers.permissions sees to it
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "de",
}

# One connection per host, and never faster than one page a second; loopback hosts wait for nobody
CONCURRENT_REQUESTS = 4
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
# Not 0: without any delay Scrapy 2.19 sends a whole queue at once, whatever the concurrency
DOWNLOAD_SLOTS = {host: {"delay": 0.001, "jitter": 0.0, "concurrency": 1} for host in ("127.0.0.1", "localhost", "::1")}
LEDGER_DAYS = 90  # an address that landed within so many days is not fetched again
WINDOW_DAYS = 14  # of a plain sitemap, which may list a whole archive; -a since=… -a until=… for a backfill
MAX_ARTICLES = 2000  # of one crawl, newest first; the next one takes the rest
CLOSESPIDER_TIMEOUT = 3 * 3600  # what is left is found by the next crawl

# Limits per response: seconds, bytes
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 10 * 2**20
DOWNLOAD_WARNSIZE = 0
LISTING_MAXSIZE = 60 * 2**20  # a sitemap may hold 50 MB, https://www.sitemaps.org/protocol.html
PARSE_TIMEOUT = 10.0
REDIRECT_MAX_TIMES = 5
RETRY_AFTER_DEFAULT = 30.0
RETRY_AFTER_MAX = 300.0  # longer than that: we come back with the next crawl
METAREFRESH_ENABLED = False
RETRY_TIMES = 1
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
HTTPERROR_ALLOW_ALL = True  # a refused page is an outcome, and the spider counts it

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapers.permissions.PermissionMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapers.retry.PoliteRetry": 550,
    "scrapers.permissions.RedirectGuard": 610,  # sees a redirect before RedirectMiddleware (600) follows it
}
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapers.throttle.PoliteThrottle": 0,
}
ITEM_PIPELINES = {"scrapers.pipelines.LandingPipeline": 300}

# Quiet when all is well; `-L INFO` tells every outcome as it comes
LOG_LEVEL = "WARNING"
logging.getLogger("trafilatura").setLevel(logging.ERROR)  # "discarding data" is an empty body, which is a doubt
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
