"""The README's queries run on the demonstration and print what the README prints."""

import re
import subprocess
import sys

import pytest

from tests.conftest import PROJECT

BLOCK = re.compile(r"```sql\n(.*?)```\n```\n(.*?)```", re.DOTALL)
QUERIES = BLOCK.findall((PROJECT / "README.md").read_text(encoding="utf-8"))


def test_there_are_queries():
    assert len(QUERIES) >= 2


@pytest.mark.parametrize(("query", "printed"), QUERIES)
def test_query_prints_what_the_readme_says(demo_day, query, printed):
    command = [sys.executable, "-m", "warehouse", "sql", query]
    done = subprocess.run(command, env=demo_day, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == printed.strip()


def test_every_link_leads_somewhere():
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    missing = [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (PROJECT / link).exists()]
    assert not missing


def test_every_make_verb_exists():
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    verbs = set(re.findall(r"`?make ([a-z]+)", text))
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert verbs <= set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE)) | {"alone"}
