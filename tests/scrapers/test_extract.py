"""scrapy extract: pages in a Parquet file, articles out."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scrapy.exceptions import UsageError

from scrapers.commands.extract import ARTICLES, extract_file, markers_by_domain
from tests.scrapers.test_article_page import PARAGRAPHS, page

ROOT = Path(__file__).parents[2]


class Paid:
    allowed_domains = ("bezahlt.example",)
    paywall_marker = ".abo-hinweis"


def write(path: Path, rows: list[dict]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def test_rows_keep_their_order_and_what_is_no_page_says_why(tmp_path: Path):
    source = write(
        tmp_path / "in.parquet",
        [
            {"page_id": "1", "url": "https://blatt.example/a-1", "html": page()},
            {"page_id": "2", "url": "https://blatt.example/a.pdf", "html": b"%PDF-1.7"},
            {"page_id": "3", "url": "https://blatt.example/b-2", "html": None},
            {"page_id": "4", "url": "https://www.bezahlt.example/c-3", "html": page('<i class="abo-hinweis"></i>')},
        ],
    )
    target = tmp_path / "out.parquet"
    markers = markers_by_domain([Paid])
    assert extract_file(source, target, markers) == (4, 2)
    found = pq.read_table(target)
    assert found.schema.equals(ARTICLES)
    rows = found.to_pylist()
    assert [row["page_id"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0]["body"].split("\n") == PARAGRAPHS
    assert [row["is_paywalled"] for row in rows] == [None, None, None, True]
    assert "no HTML" in rows[1]["error"]
    assert "empty" in rows[2]["error"]


def test_a_file_without_pages_is_refused(tmp_path: Path):
    source = write(tmp_path / "in.parquet", [{"url": "https://blatt.example/a"}])
    with pytest.raises(UsageError, match="no column page_id, html"):
        extract_file(source, tmp_path / "out.parquet", {})
    assert not (tmp_path / "out.parquet").exists()


def test_the_command_itself(tmp_path: Path):
    row = {"page_id": "1", "url": "https://blatt.example/a-1", "html": page()}
    source, target = write(tmp_path / "in.parquet", [row]), tmp_path / "out.parquet"
    command = [sys.executable, "-m", "scrapy", "extract", str(source), str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "1 pages, 0 of them" in done.stdout
    assert pq.read_table(target)["title"].to_pylist() == ["Nordwerk wächst"]
