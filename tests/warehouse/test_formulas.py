"""The formulas of the daily and rolling tables against NumPy and SciPy, on random histories.

Written from the definitions (docs/dictionary.md), article by article, and not from the SQL.
"""

from collections import defaultdict
from datetime import timedelta
from random import Random

import duckdb
import numpy as np
import pytest
from scipy import stats

from tests.warehouse.random_lake import history, land
from warehouse.build import build, warehouse_db
from warehouse.macro_files import add_formulas

EVERY_DAY = "select min(published_on), max(published_on) from articles"


@pytest.fixture(scope="module", params=range(2))
def built(request, tmp_path_factory):
    """(the history, a connection to its warehouse)."""
    found = history(Random(100 + request.param), days=120, articles=120)
    folder = tmp_path_factory.mktemp("formulas")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAKE_DIR", str(folder / "lake"))
        patch.setenv("WAREHOUSE_DB", str(folder / "warehouse.duckdb"))
        land(found)
        build(say=lambda _: None)
        path = warehouse_db()
    with duckdb.connect(str(path), read_only=True) as con:
        yield found, con


def latest(found, dataset):
    """The dataset's rows of each article's last version, with the article."""
    articles = {}
    for article in found["articles"]:
        if article["version"] >= articles.get(article["article_id"], article)["version"]:
            articles[article["article_id"]] = article
    rows = [(row, articles[row["article_id"]]) for row in found[dataset]]
    return [(row, article) for row, article in rows if row["version"] == article["version"]], articles


def first_tellers(pairs):
    """article_ids of the first article of each story, per pair or company (key of a row -> ids)."""
    told = defaultdict(list)
    for key, article in pairs:
        told[key, article["story_id"]].append((article["published_at"], article["article_id"]))
    return {(key, min(order)[1]) for (key, _), order in told.items()}


class Reference:
    """Per pair: arrays over the calendar, from the rows as they lie in the lake."""

    def __init__(self, found):
        rows, articles = latest(found, "article_pairs")
        days = [article["published_on"] for article in articles.values()]
        self.start, self.length = min(days), (max(days) - min(days)).days + 1
        self.total = self.count(days)
        first = first_tellers((row["pair_id"], article) for row, article in rows)
        self.articles, self.votes = defaultdict(list), defaultdict(list)
        for row, article in rows:
            self.articles[row["pair_id"]].append(article["published_on"])
            if (row["pair_id"], row["article_id"]) in first and row["relation_sentiment"] is not None:
                day = (article["published_on"] - self.start).days
                self.votes[row["pair_id"]].append((day, row["relevance"], row["relation_sentiment"]))

    def count(self, days):
        return np.bincount([(day - self.start).days for day in days], minlength=self.length)

    def window(self, pair, day, length):
        """(weights, sentiments) of the stories of the window that ends on the day."""
        votes = [vote[1:] for vote in self.votes[pair] if day - length < vote[0] <= day]
        return np.array([v[0] for v in votes]), np.array([v[1] for v in votes])


def interval(weights, tones):
    """Estimate and interval of p - q from a Dirichlet(1/2, 1/2, 1/2) posterior over (positive, neutral, negative)."""
    n = weights.sum() ** 2 / (weights**2).sum()
    shares = np.array([(tones > 0.2).mean(), (np.abs(tones) <= 0.2).mean(), (tones < -0.2).mean()])
    posterior = stats.dirichlet(n * shares + 0.5)
    cov, contrast = posterior.cov(), np.array([1, 0, -1])
    estimate, error = contrast @ posterior.mean(), np.sqrt(contrast @ cov @ contrast)
    return estimate, max(-1, estimate - 1.96 * error), min(1, estimate + 1.96 * error)


def test_windows(built):
    found, con = built
    reference = Reference(found)
    rows = con.execute("""select pair_id, published_on, window_days, articles, stories, positive, neutral, negative,
        relation_sentiment, effective_n, sentiment_estimate, sentiment_low, sentiment_high, is_reliable
        from pair_sentiment_rolling order by all""").fetchall()
    seen = 0
    for pair, on, length, articles, stories, *figures in rows[::7]:
        day = (on - reference.start).days
        counts = reference.count(reference.articles[pair])
        assert articles == counts[max(0, day - length + 1) : day + 1].sum(), (pair, on, length)
        weights, tones = reference.window(pair, day, length)
        assert stories == len(tones)
        if not stories:
            assert figures == [0, 0, 0, None, 0.0, None, -1.0, 1.0, False]
            continue
        seen += 1
        estimate, low, high = interval(weights, tones)
        n = weights.sum() ** 2 / (weights**2).sum()
        signs = [(tones > 0.2).sum(), (np.abs(tones) <= 0.2).sum(), (tones < -0.2).sum()]
        wanted = [*signs, np.average(tones, weights=weights), n, estimate, low, high, n >= 5 and high - low <= 1]
        assert figures == [pytest.approx(float(value), abs=1e-9) for value in wanted], (pair, on, length)
    assert seen > 50


def test_attention_and_decay(built):
    found, con = built
    reference = Reference(found)
    rows = con.execute("""select pair_id, r.published_on, d.articles, d.articles_total, expected_articles, attention_p,
        sentiment_ewma from pair_sentiment_rolling as r join pair_sentiment_daily as d using (pair_id, published_on)
        where window_days = 28 order by all""").fetchall()
    seen = 0
    for pair, on, articles, total, expected, chance, decayed in rows[::3]:
        day = (on - reference.start).days
        counts, start = reference.count(reference.articles[pair]), min(reference.articles[pair])
        assert (articles, total) == (counts[day], reference.total[day])
        since = max(day - 56, (start - reference.start).days)
        before = slice(since, day)
        if reference.total[before].sum():
            mean = total * counts[before].sum() / reference.total[before].sum()
            assert expected == pytest.approx(mean)
            assert chance == pytest.approx(stats.poisson.sf(articles - 1, mean), abs=1e-12)
            seen += articles > 0
        votes = [vote for vote in reference.votes[pair] if vote[0] <= day]
        if votes:
            weights = [weight * 0.5 ** ((day - at) / 7) for at, weight, _ in votes]
            assert decayed == pytest.approx(np.average([tone for *_, tone in votes], weights=weights), abs=1e-9)
    assert seen > 20


def test_days(built):
    found, con = built
    reference = Reference(found)
    mentions, _ = latest(found, "mentions")
    mentions = [(row, article) for row, article in mentions if not row["is_source_credit"]]
    first = first_tellers((row["company_id"], article) for row, article in mentions)
    named, tones = defaultdict(set), defaultdict(lambda: defaultdict(list))
    for row, article in mentions:
        key = row["company_id"], article["published_on"]
        named[key].add(row["article_id"])
        if (row["company_id"], row["article_id"]) in first:
            tones[key][row["article_id"]].append(row["company_sentiment"])
    rows = con.execute("""select pair_id, company_a, company_b, published_on, articles, articles_a, articles_b,
        articles_total, attention, share_a, lift, weight, sentiment_sum, weight_squared, relation_sentiment,
        disagreement, company_sentiment_a, company_sentiment_b, sentiment_gap from pair_sentiment_daily""").fetchall()
    assert len(rows) > 200
    for pair, a, b, on, articles, in_a, in_b, total, *figures in rows:
        day = (on - reference.start).days
        assert articles == reference.count(reference.articles[pair])[day]
        assert (in_a, in_b, total) == (len(named[a, on]), len(named[b, on]), reference.total[day])
        weights, voted = reference.window(pair, day, 1)
        good, bad = int((voted > 0.2).sum()), int((voted < -0.2).sum())
        mean = {
            company: np.mean([np.mean(of_article) for of_article in tones[company, on].values()])
            if tones[company, on]
            else None
            for company in (a, b)
        }
        wanted = [
            1000 * articles / total if total else None,
            in_a / (in_a + in_b) if in_a + in_b else None,
            articles * total / (in_a * in_b) if min(in_a, in_b) >= 5 else None,
            weights.sum(),
            (weights * voted).sum(),
            (weights**2).sum(),
            np.average(voted, weights=weights) if len(voted) else None,
            1 - abs(good - bad) / (good + bad) if good + bad else None,
            mean[a],
            mean[b],
            mean[a] - mean[b] if mean[a] is not None and mean[b] is not None else None,
        ]
        expected = [None if value is None else pytest.approx(float(value), abs=1e-9) for value in wanted]
        assert figures == expected, (pair, on)


def test_calendars_are_complete(built):
    found, con = built
    reference = Reference(found)
    last = reference.start + timedelta(days=reference.length - 1)
    assert con.execute(EVERY_DAY).fetchone() == (reference.start, last)
    for pair, days in reference.articles.items():
        query = "select count(*), min(published_on), max(published_on) from pair_sentiment_daily where pair_id = ?"
        assert con.execute(query, [pair]).fetchone() == ((last - min(days)).days + 1, min(days), last)


@pytest.mark.parametrize("expected", [0.01, 0.5, 3.0, 40.0, 900.0, 5000.0])
def test_the_poisson_tail_is_exact(expected):
    con = duckdb.connect(":memory:")
    add_formulas(con)
    near = {int(expected), int(expected) + 1, int(expected * 1.2) + 1, int(expected * 2) + 5}
    for seen in sorted({0, 1, 2, 3, 10} | near):
        found = con.execute("select poisson_tail(?, ?)", [seen, expected]).fetchone()[0]
        assert found == pytest.approx(stats.poisson.sf(seen - 1, expected), rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("dispersion", [1.0, 1.01, 1.5, 6.0, 80.0])
@pytest.mark.parametrize("expected", [0.01, 0.5, 3.0, 40.0])
def test_the_tail_for_bursts_is_exact(expected, dispersion):
    con = duckdb.connect(":memory:")
    add_formulas(con)
    for seen in (0, 1, 2, 3, 10, int(expected), int(expected * 2) + 5, int(expected * 4 * dispersion) + 30):
        found = con.execute("select negative_binomial_tail(?, ?, ?)", [seen, expected, dispersion]).fetchone()[0]
        if dispersion == 1:
            wanted = stats.poisson.sf(seen - 1, expected)
        else:
            wanted = stats.nbinom.sf(seen - 1, expected / (dispersion - 1), 1 / dispersion)
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-13), (seen, expected, dispersion)


@pytest.mark.parametrize(("size", "mean"), [(0.4, 2.0), (0.4, 0.5), (3.0, 2.0), (None, 2.0), (None, 0.1)])
def test_the_dispersion_is_rarely_above_its_bound(size, mean):
    """56 drawn days: the bound is the estimate + 2.58 standard errors, and above the truth nearly always."""
    rng = np.random.default_rng(7)
    means = np.full((400, 56), mean) if size is None else rng.gamma(size, mean / size, (400, 56))
    days = rng.poisson(means)
    con = duckdb.connect(":memory:")
    add_formulas(con)
    bounds = []
    for row in days.tolist():
        sums = [sum(x * x for x in row), sum(row), len(row)]
        estimate, bound = con.execute(
            "select dispersion_estimate($1, $2, $3), dispersion_bound($1, $2, $3)", sums
        ).fetchone()
        wanted = max(1.0, np.var(row, ddof=1) / np.mean(row)) if sum(row) else 1.0
        alpha = (wanted - 1) / np.mean(row) if sum(row) else 0.0
        assert estimate == pytest.approx(wanted)
        assert bound == pytest.approx(wanted + 2.58 * wanted * np.sqrt(2 * (1 + alpha) / 55))
        bounds.append(bound)
    truth = 1.0 if size is None else 1 + mean / size
    assert np.mean(np.array(bounds) < truth) < (0.02 if size is None else 0.15)
