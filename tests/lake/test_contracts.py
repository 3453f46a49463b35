"""A row that breaks its contract is named by dataset, row, url and field."""

from datetime import datetime

import pyarrow as pa
import pytest

from lake.checking import row_errors, to_table
from lake.contracts import CONTRACTS, ContractError, contract
from tests.lake.rows import raw_article

BREACHES = [
    (
        {"title": "Ja", "autor": "J. Brandt"},
        r"row 1 \(https://hafen.*\): not in the contract: autor; did you mean authors",
    ),
    ({"publisher": None}, r"raw_articles row 1 \(https://hafen.*\): no value for publisher"),
    (
        {"parser": None},
        r"no value for parser; is the selector of spider 'hafenkurier' out of date\? Try: scrapy",
    ),
    ({"published_at": datetime(2026, 9, 14, 6, 15)}, r"published_at 2026-09-14T06:15:00 has no time zone"),  # noqa: DTZ001
    ({"http_status": "zweihundert"}, r"http_status must be int32, not str 'zweihundert'"),
    ({"authors": "Jette Brandt"}, r"authors must be list"),
]


@pytest.mark.parametrize(("change", "message"), BREACHES)
def test_breach_is_named(change, message):
    with pytest.raises(ContractError, match=message):
        to_table("raw_articles", [raw_article(), raw_article(**change)])


def test_good_rows_have_no_errors():
    assert row_errors("raw_articles", raw_article()) == []
    assert to_table("raw_articles", [raw_article()]).schema.equals(contract("raw_articles"))


def test_table_with_a_null_is_refused_with_its_row():
    schema = pa.schema([field.with_nullable(True) for field in contract("raw_articles")])
    table = pa.Table.from_pylist([raw_article(), raw_article(parser=None)], schema=schema)
    with pytest.raises(ContractError, match=r"raw_articles row 1 .*no value for parser"):
        to_table("raw_articles", table)


def test_table_with_naive_times_is_refused():
    table = to_table("raw_articles", [raw_article()])
    number = table.schema.get_field_index("fetched_at")
    naive = table.set_column(number, "fetched_at", table["fetched_at"].cast(pa.timestamp("us")))
    with pytest.raises(ContractError, match="raw_articles: fetched_at has no time zone"):
        to_table("raw_articles", naive)


def test_unknown_dataset_names_the_nearest():
    with pytest.raises(ContractError, match="no dataset is called article; did you mean articles"):
        contract("article")


@pytest.mark.parametrize("dataset", CONTRACTS)
def test_every_column_is_documented_and_grain_is_made_of_columns(dataset):
    schema = contract(dataset)
    assert all(field.metadata[b"doc"] for field in schema)
    assert {name.strip() for name in schema.metadata[b"grain"].decode().split(",")} <= set(schema.names)
