"""Whether a publisher reserves text and data mining: the TDM Reservation Protocol of the W3C community group.

Three places, in this order: /.well-known/tdmrep.json, the HTTP header tdm-reservation, the HTML meta of that name. The
later supersedes the earlier, absence resets nothing, a value other than 0 or 1 counts as absent.
Specification: https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

META = re.compile(rb"<meta\b[^>]*>", re.I)
ATTRIBUTE = re.compile(rb"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
HEAD_BYTES = 200_000


class TdmFileError(ValueError):
    """What stands at /.well-known/tdmrep.json is no list of rules."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of tdmrep.json. location: a path pattern as in robots.txt, with * and $."""

    location: str
    is_reserved: bool | None
    policy: str | None = None

    def matches(self, path: str) -> bool:
        pattern = re.escape(unquote(self.location)).replace(r"\*", ".*")
        if pattern.endswith(r"\$"):
            return re.fullmatch(pattern[:-2], path, re.S) is not None
        return re.match(pattern, path, re.S) is not None


@dataclass(frozen=True, slots=True)
class Reservation:
    """The verdict on one page: is_reserved None where nobody said anything; where: file, header, meta."""

    is_reserved: bool | None = None
    where: str | None = None
    policy: str | None = None


def read_rules(body: bytes) -> list[Rule]:
    """The rules of a tdmrep.json in their order. Raises TdmFileError for anything else."""
    try:
        rules = json.loads(body)
    except ValueError as error:
        raise TdmFileError(f"not JSON ({error})") from error
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise TdmFileError("not a list of rules")
    return [
        Rule(rule["location"], _value(rule.get("tdm-reservation")), rule.get("tdm-policy"))
        for rule in rules
        if isinstance(rule.get("location"), str)
    ]


def reservation(url: str, rules: Sequence[Rule], header: Mapping[str, str], html: bytes) -> Reservation:
    """The verdict on the page at `url`: file, then header (names in lower case), then meta."""
    verdict = Reservation()
    parts = urlsplit(url)
    path = unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # The most specific match is the first in sequence (section 6.1)
    rule = next((rule for rule in rules if rule.matches(path)), None)
    if rule and rule.is_reserved is not None:
        verdict = Reservation(rule.is_reserved, "file", rule.policy)
    for where, said in (("header", header), ("meta", metas(html))):
        value = _value(said.get("tdm-reservation"))
        if value is not None:
            verdict = Reservation(value, where, said.get("tdm-policy") or None)
    return verdict


def metas(html: bytes) -> dict[str, str]:
    """The named metas of a page's head: name in lower case -> content, the first of each name."""
    found: dict[str, str] = {}
    for tag in META.findall(html[:HEAD_BYTES]):
        attributes = {
            name.decode().lower(): (double or single or bare).decode("utf-8", "replace")
            for name, double, single, bare in ATTRIBUTE.findall(tag)
        }
        if name := attributes.get("name", "").strip().lower():
            found.setdefault(name, attributes.get("content", "").strip())
    return found


def _value(value: Any) -> bool | None:
    text = str(value).strip() if value is not None and not isinstance(value, bool) else ""
    return {"0": False, "1": True}.get(text)
