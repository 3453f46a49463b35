"""docs/add-a-spider.md, step by step, in a copy of the project: from a front page to a spider that lands articles."""

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scrapers.fake_publisher import ROOT, SCRAPY, Answer, Publisher, article, feed


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what Scrapy needs, so that a new spider does not stay."""
    copy = tmp_path_factory.mktemp("project")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("scrapers", "lake"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignore)
    shutil.copy(ROOT / "scrapy.cfg", copy)
    (copy / "tests" / "scrapers").mkdir(parents=True)
    return copy


@pytest.fixture(scope="module")
def paper(publisher: Publisher) -> Publisher:
    url = publisher.url
    publisher.pages |= {
        "/": Answer(
            "<html lang='de'><head><link rel='alternate' type='application/rss+xml' href='/rss.xml'></head></html>"
        ),
        "/robots.txt": Answer(f"Sitemap: {url}/karten.xml\n\nUser-agent: CCBot\nDisallow: /\n"),
        "/karten.xml": Answer(f"<sitemapindex><sitemap><loc>{url}/seiten.xml</loc></sitemap></sitemapindex>"),
        "/seiten.xml": Answer(f"<urlset><url><loc>{url}/impressum</loc></url></urlset>"),
        "/rss.xml": feed(f"{url}/a1", f"{url}/a2"),
        "/a1": Answer(article("Werft baut vier Frachter", author={"@type": "Person", "name": "Ida Brodersen"})),
        "/a2": Answer(article("Ohne Datum", published=None)),
    }
    return publisher


def run(project: Path, *args: str) -> subprocess.CompletedProcess:
    env = {**os.environ, "LAKE_DIR": str(project / "lake-data"), "PYTHONPATH": str(project)}
    return subprocess.run([str(SCRAPY), *args], cwd=project, env=env, capture_output=True, text=True, timeout=120)


def test_from_a_front_page_to_a_kept_page(project: Path, paper: Publisher) -> None:
    look = run(project, "probe", f"{paper.url}/")
    assert look.returncode == 0, look.stderr
    assert "bars CCBot" in look.stdout
    assert f"feed          {paper.url}/rss.xml  (linked; 2 entries)\n{'':13} e.g. {paper.url}/a1\n" in look.stdout
    assert f"sitemap       {paper.url}/seiten.xml  (index; 1 entries)" in look.stdout
    assert "next: scrapy genspider -t feed NAME" in look.stdout
    assert not (project / "lake-data").exists(), "a probe writes nothing"

    made = run(project, "genspider", "-t", "feed", "ufer-blatt", f"{paper.url}/rss.xml")
    assert made.returncode == 0, made.stderr + made.stdout
    text = (project / "scrapers" / "spiders" / "ufer_blatt.py").read_text()
    assert "class UferBlattSpider(FeedSpider):" in text
    assert 'allowed_domains = ["127.0.0.1"]' in text
    with (project / "lake" / "seeds" / "publishers.csv").open() as file:
        rows = {row["publisher"]: row for row in csv.DictReader(file)}
    assert rows["ufer-blatt"]["state"] == "trial"
    assert list(rows) == sorted(rows)

    again = run(project, "genspider", "-t", "feed", "ufer-blatt", f"{paper.url}/rss.xml")
    assert again.returncode == 1
    assert "already exists" in again.stdout

    crawled = run(project, "crawl", "ufer-blatt", "-a", "limit=5")
    assert crawled.returncode == 0, crawled.stderr
    assert "ufer-blatt: 2 listed, 0 known, 2 landed" in crawled.stdout

    kept = run(project, "record", "ufer-blatt", f"{paper.url}/a1")
    assert kept.returncode == 0, kept.stderr + kept.stdout
    folder = project / "tests" / "scrapers" / "recorded" / "ufer-blatt"
    assert sorted(path.name for path in folder.iterdir()) == ["1.html", "1.json"]
    assert "Brodersen" not in (folder / "1.json").read_text()


def test_a_saved_page_is_kept_without_network(project: Path, tmp_path: Path) -> None:
    saved, reserved = tmp_path / "a1.html", tmp_path / "a2.html"
    page = article("Werft baut vier Frachter", author={"@type": "Person", "name": "Ida Brodersen"})
    saved.write_text(page)
    reserved.write_text(page.replace("<head>", "<head><meta name='tdm-reservation' content='1'>"))
    url = "https://taz.de/!1/"
    kept = run(project, "record", "taz", url, "--html", str(saved))
    assert kept.returncode == 0, kept.stderr + kept.stdout
    assert (project / "tests" / "scrapers" / "recorded" / "taz" / "1.html").is_file()
    refused = run(project, "record", "taz", url, "--html", str(reserved))
    assert refused.returncode == 1
    assert "reserves text and data mining" in refused.stdout
    assert not (project / "tests" / "scrapers" / "recorded" / "taz" / "2.html").exists()


def test_a_probe_of_an_article_tells_each_field(project: Path, paper: Publisher) -> None:
    good = run(project, "probe", f"{paper.url}/a1")
    assert good.returncode == 0, good.stderr
    fields = {line.split()[0]: " ".join(line.split()) for line in good.stdout.splitlines() if line.strip()}
    assert fields["title"] == "title Werft baut vier Frachter jsonld, h1 ok"
    assert fields["published_at"] == "published_at 2026-11-20T08:30:00+00:00 jsonld ok"
    assert fields["authors"].startswith("authors Ida Brodersen jsonld")
    assert "text and data mining: nothing said" in good.stdout
    assert fields["verdict"] == "verdict would land without a doubt"

    bad = run(project, "probe", f"{paper.url}/a2")
    assert bad.returncode == 1
    assert "verdict       would land with no_published_at" in bad.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["genspider", "blatt", "https://blatt.example/rss"], "say scrapy genspider -t feed NAME URL"),
        (["genspider", "-t", "feed", "Mein Blatt", "https://blatt.example/rss"], "is no slug"),
        (["probe", "blatt.example"], "scrapy probe needs one http(s) address"),
        (["record", "tatz", "https://taz.de/1"], "no spider is called tatz"),
    ],
)
def test_a_wrong_command_line_says_what_is_right(project: Path, args: list[str], message: str) -> None:
    result = run(project, *args)
    assert result.returncode == 2
    assert message in result.stderr
