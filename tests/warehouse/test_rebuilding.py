"""The line 'rebuilt:': models that are added work by days as from scratch, lines that cannot hold are refused."""

import shutil
from random import Random

import pytest

from tests.warehouse.builds import differences, from_scratch, publish
from tests.warehouse.rerun_lake import Lake
from warehouse import model_files
from warehouse.build import warehouse_db
from warehouse.model_files import FOLDER, ModelError, in_order

FIRSTS = """-- pair_firsts: the first day of a pair.
-- grain: one row per pair (pair_id)
-- sources: pair_days
-- rebuilt: by pair_id
--
-- pair_id   the pair
-- began_on  its first day
select pair_id, min(published_on) as began_on from pair_days group by pair_id
"""
LATER = """-- pair_later: the days after the first.
-- grain: one row per pair (pair_id)
-- sources: pair_days, pair_firsts
-- rebuilt: by pair_id
--
-- pair_id  the pair
-- days     its days but the first
select pair_id, count(*) as days from pair_days join pair_firsts using (pair_id)
where published_on > began_on group by pair_id
"""
FULL_DAYS = """-- full_days: days of which two lists tell us much.
-- grain: one row per day (published_on)
-- sources: publisher_coverage
--
-- published_on  the day
-- coverage      the best of its publishers'
select published_on, max(coverage) as coverage from publisher_coverage group by published_on
"""
FULL_PAIRS = """-- pair_full_days: days of a pair with what is known of their coverage.
-- grain: one row per pair and day (pair_id, published_on)
-- sources: full_days, pair_days
-- rebuilt: from published_on, 0 days before
--
-- pair_id       the pair
-- published_on  the day
-- coverage      see full_days
select pair_id, published_on, coverage from pair_days left join full_days using (published_on)
"""
RUNS = """-- publisher_minutes: how long we crawled a publisher.
-- grain: one row per publisher (publisher)
-- sources: crawls
-- rebuilt: by publisher
--
-- publisher  the publisher
-- minutes    of all its crawls
select publisher, sum(exact(minutes))::double as minutes from crawls group by publisher
"""
SINCE = """-- crawls_since: crawls, as many as began since the first day made anew.
-- grain: one row per publisher (publisher)
-- sources: crawls
-- rebuilt: by publisher
--
-- publisher  the publisher
-- crawls     its crawls
select publisher, count(*) as crawls
from crawls
where crawled_on >= before.since()
group by publisher
"""
SINCE_WHOLE = SINCE.replace("crawls_since", "crawls_whole").replace("-- rebuilt: by publisher\n", "")
LONE_VIEW = """-- lone_view: a view without a day that no other model reads.
-- grain: one row per publisher (publisher)
-- sources: crawls
-- rebuilt: never, a view: it is asked for seldom
--
-- publisher  the publisher
-- crawls     its crawls
select publisher, count(*) as crawls from crawls group by publisher
"""
STATES = """-- states: publishers in each state.
-- grain: one row per state (state)
-- sources: seeds.publishers
-- rebuilt: by state
--
-- state       on, trial …
-- publishers  the publishers in it
select state, count(*) as publishers from seeds.publishers group by state
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of the models, to add some to."""
    copied = tmp_path / "models"
    shutil.copytree(FOLDER, copied)
    monkeypatch.setattr(model_files, "FOLDER", copied)
    return copied


def test_models_that_are_added_are_brought_up_to_date(lake_dir, folder, tmp_path):
    added = {"pair_firsts": FIRSTS, "pair_later": LATER, "full_days": FULL_DAYS, "pair_full_days": FULL_PAIRS}
    added |= {"publisher_minutes": RUNS, "lone_view": LONE_VIEW, "states": STATES}
    added |= {"crawls_since": SINCE, "crawls_whole": SINCE_WHOLE}
    for name, sql in added.items():
        (folder / f"{name}.sql").write_text(sql)
    lake = Lake(Random(8))
    lake.land(len(lake.days) // 2)
    publish()
    for number, step in enumerate((lake.recrawl, lake.relist, lake.rerun, lambda: lake.land(3))):
        step()
        assert "by days" in publish()[0]
        assert differences(warehouse_db(), from_scratch(tmp_path / f"{number}")) == {}, number


@pytest.mark.parametrize(
    ("sources", "line", "said"),
    [
        ("calendar", "by pair_id", "'rebuilt: by pair_id', but calendar has no column pair_id"),
        ("lake.article_pairs", "by pair_id", "'rebuilt: by pair_id', but lake.article_pairs is a dataset of the lake"),
        ("lake.articles", "by published_on", "'rebuilt: by published_on', but lake.articles is a dataset of the lake"),
        ("pair_days", "by company_id", "it is to be rebuilt by or from company_id, which is none of its columns"),
        ("freshness", "from published_on, 0 days before", "'rebuilt: from published_on', but freshness has no column"),
    ],
)
def test_a_line_that_cannot_hold_is_refused(folder, sources, line, said):
    columns = "-- pair_id       x\n-- published_on  x\n"
    select = f"select 1 as pair_id, 2 as published_on from {sources}"
    header = f"-- wrong: x.\n-- grain: one row per pair (pair_id)\n-- sources: {sources}\n-- rebuilt: {line}\n--\n"
    (folder / "wrong.sql").write_text(f"{header}{columns}{select}\n")
    with pytest.raises(ModelError, match=f"wrong.sql: {said}.*Leave the line 'rebuilt:' out"):
        in_order()
