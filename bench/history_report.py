"""What bench.history prints of a warehouse: the tables of history.sql, the turns, the rules on single companies."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb

from bench.history_turns import TURNS, Turn
from bench.signal_runs import signal_runs

QUERIES = Path(__file__).with_name("history.sql")
LATE = timedelta(days=30)  # a signal may come weeks after what it tells of
AS_OF = ("2019-12-31", "2021-06-30")
NO_SIDE = 0.05  # a figure nearer to 0 takes no side


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    lines = [head, ["---"] * len(head), *([_cell(value) for value in row] for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def queries() -> Iterator[tuple[str, str]]:
    """The blocks of history.sql: what follows "-- # " in its first line, and the query below."""
    for block in QUERIES.read_text(encoding="utf-8").split("\n-- # ")[1:]:
        title, _, sql = block.partition("\n")
        yield title, sql


def verdict(sign: int, articles: int, figure: float | None) -> str:
    if not articles:
        return "no title"
    if figure is None or abs(figure) < NO_SIDE:
        return "no side"
    return "right" if figure * sign > 0 else "wrong"


def pair_row(con: duckdb.DuckDBPyConnection, turn: Turn) -> tuple:
    """Titles, good / neutral / bad and pooled figure of the months, windows on the day of the last title, signals."""
    told = [list(turn.ids), turn.first, turn.last]
    total, articles, good, bad, figure, last, pair = con.execute(
        """
        select count(*), count(*) filter (inside), count(*) filter (inside and relation_sentiment > 0.2),
            count(*) filter (inside and relation_sentiment < -0.2),
            sum(relevance * relation_sentiment) filter (inside and novelty_rank = 1)
                / nullif(sum(relevance) filter (inside and novelty_rank = 1), 0),
            max(published_on) filter (inside), arg_max(pair_id, published_on) filter (inside)
        from (
            select *, published_on between $2 and $3 as inside from article_pairs where list_contains($1, pair_id)
        )
        """,
        told,
    ).fetchone()
    query = "from pair_sentiment_rolling where pair_id = ? and published_on = ? and window_days in (28, 91)"
    order = "order by window_days"
    windows = con.execute(f"select relation_sentiment {query} {order}", [pair, last]).fetchall() or [(None,), (None,)]
    raised = con.execute(
        "select string_agg(signal || ' ' || raised_on, ', ' order by raised_on) from pair_signals "
        "where list_contains($1, pair_id) and raised_on between $2 and $3",
        [told[0], turn.first, turn.last + LATE],
    ).fetchone()[0]
    return articles, total, good, bad, figure, *(window[0] for window in windows), raised


def company_row(con: duckdb.DuckDBPyConnection, turn: Turn) -> tuple:
    """The same of a single company, which has neither windows nor signals."""
    total, articles, good, bad, figure = con.execute(
        """
        select sum(articles)::int, sum(articles) filter (inside)::int, sum(positive) filter (inside)::int,
            sum(negative) filter (inside)::int, sum(sentiment_sum) filter (inside) / sum(stories) filter (inside)
        from (
            select *, published_on between $2 and $3 as inside
            from company_sentiment_daily where list_contains($1, company_id)
        )
        """,
        [list(turn.ids), turn.first, turn.last],
    ).fetchone()
    return articles or 0, total or 0, good or 0, bad or 0, figure, None, None, None


def turns(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = []
    tally: dict[str, Counter] = defaultdict(Counter)
    for turn in TURNS:
        articles, total, good, bad, figure, *rest = (pair_row if turn.is_pair else company_row)(con, turn)
        counts = (f"{articles} of {total}", f"{good} / {articles - good - bad} / {bad}")
        months = "–".join(dict.fromkeys(turn.months))
        sign = "+" if turn.sign > 0 else "−"
        found = verdict(turn.sign, articles, figure)
        tally[turn.chosen][found] += 1
        rows.append((", ".join(turn.ids), turn.what, turn.chosen, months, sign, *counts, figure, *rest, found))
    head = ["of", "what history knows", "chosen", "months", "sign", "titles", "+ / 0 / −"]
    head += ["months' figure", "28 days", "91 days", "signals", "verdict"]
    lines = [
        f"Chosen {chosen}: {counts.total()} turns, "
        + ", ".join(f"{name} {count}" for name, count in counts.most_common())
        + "."
        for chosen, counts in tally.items()
    ]
    return [*lines, "", *table(head, rows)]


def as_of(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Whether the past reads the same later on: each title is known on its day, so that no row may differ."""
    lines = []
    for day in AS_OF:
        differing = con.execute(
            "select count(*) from (from pair_sentiment_daily_at($1) "
            "except from pair_sentiment_daily where published_on <= $1::date)",
            [day],
        ).fetchone()[0]
        lines.append(f"pair_sentiment_daily_at('{day}') against the table of today: {differing} rows differ.")
    return lines


def rules_on_companies(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The signal rules on each company's own titles, as if company and press were a pair: more titles than pairs have.

    first_contact is left out: it says nothing here.
    """
    days = con.execute(
        """
        select company_id || '~press' as pair_id, company_id as company_a, 'press' as company_b, published_on,
            min(published_on) over (partition by company_id) as first_on, articles, publishers, stories, positive,
            negative, stories::double as weight, sentiment_sum, stories::double as weight_squared
        from company_sentiment_daily
        where published_on >= date '2019-01-01' and articles > 0
        """
    ).df()
    calendar = con.execute("from calendar where published_on >= date '2019-01-01'").df()
    raised = signal_runs(days, calendar)
    raised = raised[raised.signal != "first_contact"]
    last = calendar.published_on.max()
    company_days = int((last - days.groupby("pair_id").first_on.min()).dt.days.add(1).sum())
    rows = []
    for name, found in raised.groupby("signal"):
        held = found.closed_on.fillna(last) - found.raised_on
        rate = f"{len(found) / company_days:.1e}"
        rows.append(
            (name, len(found), found.pair_id.nunique(), rate, held.dt.days.median(), found.closed_on.isna().sum())
        )
    rows.sort(key=lambda row: -row[1])
    head = ["signal", "raised", "companies", "per company and day", "median days open", "open at the end"]
    known = f"{days.pair_id.nunique()} companies, {company_days:,} company-days since 2019, {len(raised)} signals."
    return [known, "", *table(head, rows)]


def report(warehouse: Path) -> list[str]:
    """The report's lines. Raises duckdb.IOException where there is no warehouse."""
    lines = []
    with duckdb.connect(str(warehouse), read_only=True) as con:
        for title, sql in queries():
            found = con.execute(sql)
            lines += ["", f"## {title}", "", *table([column[0] for column in found.description], found.fetchall())]
        lines += ["", "## Turns that history knows", "", *turns(con)]
        lines += ["", "## As of a day", "", *as_of(con)]
        lines += ["", "## The signal rules on single companies", "", *rules_on_companies(con)]
    return lines
