"""A random history that lands day by day, while days that landed are rerun, corrected, crawled otherwise or lost."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from lake import store
from tests.warehouse.random_lake import BERLIN, EVERYONE, Row, add, history

OPERATIONS = ("crawl_runs", "crawl_permissions", "score_runs", "quarantine")
COUNTS = dict.fromkeys(("requests", "response_bytes", "listed", "known", "landed", "log_errors"), 20)
CRAWL = COUNTS | {"outcomes": "{}", "examples": "{}", "doubts": "{}", "listings": "[]", "finish_reason": "finished"}
SCORED = ("mentions", "article_pairs", "pair_sentences", "company_candidates")
ARTICLES = ("articles", *SCORED)
KEEP_TIME = ("articles", "raw_articles", "quarantine")
OUTCOMES = ("{}", '{"http_403": 3, "http_404": 1}', '{"offsite": 7}')


class Lake:
    """A history by day of the lake, of which a part has landed; what landed changes by the methods, drawn at random."""

    def __init__(self, random: Random, days: int = 240, articles: int = 160) -> None:
        self.random = random
        self.rows: dict[str, dict[date, list[Row]]] = {
            name: defaultdict(list) for name in (*ARTICLES, "raw_articles", *OPERATIONS)
        }
        self.add(history(random, days, articles, EVERYONE))
        self.days = sorted(self.rows["articles"])
        self.landed = 0
        for day in self.days:
            self.operate(day)

    def add(self, found: dict[str, list[Row]]) -> None:
        """Rows of articles and pages, each to the day of its fetching."""
        for dataset, rows in found.items():
            for row in rows:
                self.rows[dataset][row["fetched_at"].date()].append(row)
        for article in found["articles"]:
            if self.random.random() < 0.3:
                key = {name: article[name] for name in ("article_id", "version")}
                said = {"sentence_no": 0, "surface": self.random.choice(("Möwe AG", "Kran SE")), "why": "legal_form"}
                self.rows["company_candidates"][article["fetched_at"].date()].append(key | said | {"excerpt": "x"})

    def operate(self, day: date) -> None:
        """Crawls of the day, what hosts allowed, pages of it and of a run of another that were refused, the scorer."""
        draw = self.random
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        self.rows["crawl_runs"][day] = []
        self.rows["crawl_permissions"][day] = []
        for hours, run_id in enumerate((f"run-{day}", f"noon-{day}", f"night-{day}")):  # night: Berlin is a day on
            began = at + timedelta(hours=7 * hours)
            ended = began + timedelta(milliseconds=draw.randrange(10**7))
            publisher = draw.choice(("taz", "taz", "unlisted"))
            run = {"publisher": publisher, "run_id": run_id, "started_at": began, "finished_at": ended}
            drawn = {"outcomes": draw.choice(OUTCOMES), "landed": draw.randrange(9), "listed": draw.randrange(30)}
            self.rows["crawl_runs"][day].append(run | CRAWL | drawn | {"problem": draw.choice((None, "blocked"))})
            asked = {"publisher": publisher, "run_id": run_id, "host": "hafen.example", "checked_at": began}
            said = {"robots": draw.choice(("found", "none")), "barred_bots": ["a", "b"][: draw.randrange(3)]}
            pages = {"tdm_file": "none", "pages": 9, "reserved_pages": 1, "reserved_where": "{}", "noai_pages": 0}
            if draw.random() < 0.7:
                self.rows["crawl_permissions"][day].append(asked | said | pages)
        version = f"v{draw.randrange(3)}"
        self.rows["score_runs"][day] = [{"day": day, "scorer_version": version, "articles": draw.randrange(9)}]
        runs = [f"run-{day}", f"run-{draw.choice(self.days)}"][: draw.randrange(3)]
        refused = {"stage": "clean", "reason": "no_body", "detail": "x", "publisher": "taz", "fetched_at": at}
        self.rows["quarantine"][day] = [
            refused | {"url": f"https://hafen.example/{day}/{number}", "run_id": run_id}
            for number, run_id in enumerate(runs)
        ]

    def land(self, count: int) -> None:
        """The next days."""
        for day in self.days[self.landed : self.landed + count]:
            self.put(day)
        self.landed += count

    def put(self, day: date) -> None:
        """Writes a day as its rows are now; what it has no row of is a file without rows where one lay before."""
        for dataset in self.rows:
            rows = self.rows[dataset].get(day, [])
            if dataset not in KEEP_TIME:
                rows = [{name: value for name, value in row.items() if name != "fetched_at"} for row in rows]
            if rows or (Path(store.lake_dir()) / dataset / f"day={day}").exists():
                store.replace(dataset, day, rows)

    def a_day(self) -> date:
        """One that landed and has an article."""
        return self.random.choice([day for day in self.days[: self.landed] if self.rows["articles"][day]])

    def rerun(self) -> None:
        """A day that had landed, without one article and with other stories and figures for the others."""
        day = self.a_day()
        ids = [row["article_id"] for row in self.rows["articles"][day]]
        for row in self.rows["articles"][day]:
            row["story_id"] = self.random.choice([row["article_id"], row["story_id"], *ids])
        for row in self.rows["article_pairs"][day]:
            row["relevance"] = self.random.randint(1, 10) / 10
        if len(ids) > 1:
            self.drop(day, lambda row: row["article_id"] == ids[0], ARTICLES)
        self.operate(day)
        self.put(day)

    def drop(self, day: date, which: Callable[[Row], bool], datasets: Iterable[str]) -> None:
        """Rows of the day that are gone from these datasets; written by the next put."""
        for dataset in datasets:
            self.rows[dataset][day] = [row for row in self.rows[dataset][day] if not which(row)]

    def correct(self) -> None:
        """A day whose rows are no longer what they were: of one article, or of each."""
        day = self.a_day()
        articles = self.rows["articles"][day]
        for article in articles if self.random.random() < 0.3 else [self.random.choice(articles)]:
            self.random.choice((self.move, self.unpair, self.rescore, self.retell, self.rename))(article)
        self.put(day)

    def move(self, article: Row) -> None:
        """Published on another day."""
        at = article["fetched_at"] - timedelta(days=self.random.choice((0, 0, 1, 2, 5, 30, 100)))
        article |= {"published_at": at, "published_on": at.astimezone(BERLIN).date()}

    def unpair(self, article: Row) -> None:
        """Names a pair, or a company, no longer."""
        day = article["fetched_at"].date()
        pairs = [
            row["pair_id"] for row in self.rows["article_pairs"][day] if row["article_id"] == article["article_id"]
        ]
        if pairs:
            pair = self.random.choice(pairs)
            one = (article["article_id"], article["version"], pair)
            datasets = ("article_pairs", "pair_sentences")
            self.drop(day, lambda row: (row["article_id"], row["version"], row["pair_id"]) == one, datasets)
            company = self.random.choice(pair.split("~"))
            one = (*one[:2], company)
            if self.random.random() < 0.5:
                self.drop(day, lambda row: (row["article_id"], row["version"], row["company_id"]) == one, ("mentions",))

    def rescore(self, article: Row) -> None:
        """Names other companies, says other things of them."""
        day = article["fetched_at"].date()
        one = (article["article_id"], article["version"])
        self.drop(day, lambda row: (row["article_id"], row["version"]) == one, SCORED)
        drawn: dict[str, list[Row]] = defaultdict(list)
        add(self.random, drawn, article)
        for dataset in ("mentions", "article_pairs", "pair_sentences"):
            self.rows[dataset][day] += drawn[dataset]

    def retell(self, article: Row) -> None:
        """Tells another story, is a copy or none."""
        stories = [row["story_id"] for of_day in self.rows["articles"].values() for row in of_day]
        article["story_id"] = self.random.choice([article["article_id"], *stories])
        article["is_wire_copy"] = self.random.random() < 0.5

    def rename(self, article: Row) -> None:
        """Came from another publisher, one that counts in no figure among them."""
        article["publisher"] = self.random.choice(EVERYONE)

    def revise(self) -> None:
        """A new version, on a day that landed, of an article whose versions all came before the last such day."""
        landed = self.days[: self.landed]
        versions = sorted((row for rows in self.rows["articles"].values() for row in rows), key=lambda r: r["version"])
        latest = {row["article_id"]: row for row in versions}
        old = self.random.choice([row for row in latest.values() if row["fetched_at"].date() < landed[-1]])
        at = old["fetched_at"] + timedelta(hours=self.random.randrange(1, 90))
        day = min((day for day in landed if day >= at.date()), default=landed[-1])
        at = datetime.combine(day, at.timetz())
        version = old["version"] + 1
        new = old | {"version": version, "fetched_at": at, "known_on": at.astimezone(BERLIN).date()}
        new["run_id"] = f"run-{old['article_id']}-{version}"
        drawn: dict[str, list[Row]] = defaultdict(list)
        add(self.random, drawn, new)
        self.add(drawn)
        if self.random.random() < 0.5:
            self.move(new)
        self.put(day)

    def relist(self) -> None:
        """A day whose pages are said to have been in one list only: its articles stay as they are."""
        day = self.random.choice(self.days[: self.landed])
        for row in self.rows["raw_articles"][day]:
            row["listed_in"] = self.random.choice((["feed"], ["sitemap"]))
        self.put(day)

    def redate(self) -> None:
        """A day most of whose pages state another day of publication; one of them is fetched again on a day drawn."""
        day = self.a_day()
        for row in self.rows["raw_articles"][day]:
            row["published_at"] -= timedelta(days=self.random.choice((-1, 0, 1, 50)))
        if self.rows["raw_articles"][day]:
            other = self.a_day()
            at = datetime(other.year, other.month, other.day, 22, 30, tzinfo=UTC)
            again = self.random.choice(self.rows["raw_articles"][day]) | {"fetched_at": at, "run_id": f"again-{other}"}
            self.rows["raw_articles"][other].append(again)
            self.put(other)
        self.put(day)

    def recrawl(self) -> None:
        """Every other day has other crawls; no article of it changes."""
        for day in self.days[: self.landed : 2]:
            self.operate(day)
            for dataset in OPERATIONS:
                store.replace(dataset, day, self.rows[dataset][day])

    def forget(self) -> None:
        """A day has no crawls, permissions or refused pages any more, or no scores."""
        day = self.a_day()
        for dataset in self.random.choice((OPERATIONS, SCORED, ("raw_articles",))):
            self.rows[dataset][day] = []
        self.put(day)

    def remove(self, days: list[date]) -> None:
        """One of these days is gone."""
        day = self.random.choice(days)
        for dataset in self.rows:
            shutil.rmtree(Path(store.lake_dir()) / dataset / f"day={day}", ignore_errors=True)
