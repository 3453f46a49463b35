"""Which companies a text names: one pass of Aho-Corasick whatever their number, then the context of each name found."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from lake.seeds import Company
from transforms import mention_context as context
from transforms.mention_context import listed
from transforms.mention_credits import is_credit, is_debris, is_media, is_outlet, quotes
from transforms.mention_guards import Text, any_company, guard_of
from transforms.mention_names import SHORTEST_LOOSE, Spelling, fold, spellings
from transforms.sentences import Spans, split

Found = tuple[int, int, int, int]  # start, -end, end with genitive, number of its spellings
_JOINED = ("'", "’", "_")  # what may join a name to the letters behind it


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of a company: half-open character offsets; match_rule as in the contract of `mentions`.

    is_make: the name is only the make before a model's number (LG G5); its match_rule is product.
    """

    start: int
    end: int
    company_id: str
    surface: str
    match_rule: str
    is_source_credit: bool = False
    is_make: bool = False


class CompanyIndex:
    """All names of the given companies, ready to be found in one pass over a text."""

    def __init__(self, companies: Sequence[Company], publisher_names: Iterable[str] = ()) -> None:
        self.companies = tuple(companies)
        outlets = frozenset(name.lower() for name in publisher_names)
        self._outlets = {number for number, company in enumerate(self.companies) if is_outlet(company, outlets)}
        self._spellings: list[list[Spelling]] = []
        by_lower: dict[str, int] = {}
        for spelling in spellings(self.companies, guard_of):
            if spelling.lower not in by_lower:
                by_lower[spelling.lower] = len(self._spellings)
                self._spellings.append([])
            self._spellings[by_lower[spelling.lower]].append(spelling)
        for options in self._spellings:  # "Rheinische Post" before "Rheinischen Post" inflected
            options.sort(key=lambda s: s.rule == "inflected")
        self._automaton = AhoCorasick(
            list(by_lower), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str, *, publisher: str | None = None, besides: Spans = ()) -> list[Mention]:
        """The mentions of a text, in order, none inside another; source credits are among them, and marked.

        `publisher` is the slug of the text's publisher: its own name is a source credit wherever it stands. `besides`
        are spans of names that are known already: what overlaps them is left out.
        """
        low = fold(text)
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(low, overlapping=True):
            before, after = low[start - 1 : start], low[end : end + 1]
            if before.isalnum() or before == "_":
                continue
            stop = _inflected_end(text, low, start, end) if after.isalnum() or after in _JOINED else end
            if stop:
                found.append((start, -end, stop, number))
        return self._chosen(text, found, publisher, besides) if found else []

    def _chosen(self, text: str, found: list[Found], publisher: str | None, besides: Spans) -> list[Mention]:
        """Of the candidates the longest, where their context agrees."""
        found.sort()
        done = 0
        kept: list[tuple[int, int, int, list[Spelling]]] = []
        for start, minus_end, stop, number in found:
            if start >= done:
                options = [s for s in self._spellings[number] if _is_printed(text, start, -minus_end, s)]
                if options:
                    kept.append((start, -minus_end, stop, options))
                    done = stop
        frame = Text(text)
        plain = {s.company for *_, options in kept for s in options if s.guard is None}
        edges = {start for start, *_ in kept} | {stop for _, _, stop, _ in kept}
        mentions = []
        for start, end, stop, options in kept:
            for spelling in options:
                if mention := self._mention(frame, start, end, stop, spelling, plain, edges, publisher):
                    mentions.append(mention)
                    break
        # a legal form behind the name may reach into a known one
        return [m for m in mentions if not _overlaps(m.start, m.end, besides)] if besides else mentions

    def _mention(
        self,
        frame: Text,
        start: int,
        end: int,
        stop: int,
        spelling: Spelling,
        plain: set[int],
        edges: set[int],
        publisher: str | None,
    ) -> Mention | None:
        text = frame.text
        company = self.companies[spelling.company]
        rule = spelling.rule
        is_make = False
        tail = context.legal_form_end(text, stop)
        if tail == stop:
            following = context.word_behind(text, stop)
            if following and stop + 1 in edges:
                following = ""  # a name of its own
            is_make = rule != "product" and context.is_model_code(following)
            if is_make or context.is_car_model(following, text[start:end]):
                rule = "product"
            elif context.refusal(text, start, stop, following, is_single_word=spelling.is_single_word):
                return None
            if spelling.guard and (
                context.is_compound_end(text, start, edges) or not _is_meant(frame, start, end, spelling, plain)
            ):
                return None
            if following in listed("countries"):
                tail += 1 + len(following)
        if rule != "product":
            if text[stop : stop + 1] == "-" and text[stop + 1 : stop + 2].isalpha():
                rule = "compound"
            elif stop != end:
                rule = "inflected"
        outlet = spelling.company in self._outlets or (spelling.rule == "product" and is_media(spelling.name))
        credit = is_credit(text, start, tail, spelling.name, is_outlet=outlet) or (
            outlet and _is_own(publisher, company)
        )
        if (credit and spelling.rule == "product") or (outlet and is_debris(text, start, tail)):
            return None  # "wie bei Watson berichtet" names watson.de
        return Mention(start, tail, company.company_id, text[start:tail], rule, credit, is_make)


def _overlaps(start: int, end: int, spans: Spans) -> bool:
    """Whether start:end overlaps one of the spans."""
    return any(start < behind and first < end for first, behind in spans)


def _is_meant(frame: Text, start: int, end: int, spelling: Spelling, plain: set[int]) -> bool:
    """Whether an ambiguous name means its company; `plain` are the companies that the text names unambiguously."""
    guard = spelling.guard
    if guard.excludes.match(frame, start, end):
        return False
    return (
        not guard.is_needed
        or spelling.company in plain
        or guard.needs.match(frame, start, end)
        or any_company().match(frame, start, end)
    )


def _inflected_end(text: str, low: str, start: int, end: int) -> int:
    """Offset behind the name and its genitive; 0 when the name is only the beginning of a longer word."""
    after = low[end : end + 1]
    if after == "s" or (after in ("'", "’") and low[end + 1 : end + 2] == "s"):
        stop = end + (1 if after == "s" else 2)
        if not low[stop : stop + 1].isalnum():
            # BTS is not BT's: a short name takes no large S
            return stop if text[stop - 1] == "s" or end - start >= SHORTEST_LOOSE else 0
        return 0 if after == "s" else end
    if after in ("'", "’") and low[end - 1 : end] in "sxzß" and not low[end + 1 : end + 2].isalnum():
        return end + 1
    return 0 if after.isalnum() or after == "_" else end


def _is_printed(text: str, start: int, end: int, spelling: Spelling) -> bool:
    """Whether upper and lower case allow the surface to be the name."""
    surface = text[start:end]
    if surface in spelling.printed:
        return True
    if not surface.islower():
        return spelling.is_loose and all(surface[place].isupper() for place in spelling.capitals)
    if spelling.lower_case == 1:
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        line = text[first : last if last >= 0 else len(text)]
        return line.islower() and " " in line
    return spelling.lower_case == 2


def _is_own(publisher: str | None, company: Company) -> bool:
    return publisher is not None and (
        company.company_id == publisher or publisher in {re.sub(r"\W+", "-", n.lower()) for n in company.names}
    )


def article_mentions(title: str, body: str, index: CompanyIndex, publisher: str | None) -> list[dict[str, Any]]:
    """Rows of `mentions` of one article, without article_id, version and company_sentiment, in order."""
    found = index.find(f"{title}\n{body}", publisher=publisher)
    if not found:
        return []
    offset = len(title) + 1
    starts = [start for start, _ in split(body)]
    lead = len(body) - len(body.lstrip())
    lead = body.find("\n", lead) if "\n" in body[lead:] else len(body)
    said = quotes(f"{title}\n{body}")
    opened = [first for first, _ in said]
    rows = []
    for mention in found:
        in_title = mention.start < offset
        shift = 0 if in_title else offset
        start, end = mention.start - shift, mention.end - shift
        rows.append(
            {
                "sentence_no": 0 if in_title else bisect_right(starts, start),
                "company_id": mention.company_id,
                "start_char": start,
                "end_char": end,
                "surface": mention.surface,
                "match_rule": mention.match_rule,
                "in_title": in_title,
                "in_lead": not in_title and start < lead,
                "is_source_credit": mention.is_source_credit,
                "is_quoted": (place := bisect_right(opened, mention.start) - 1) >= 0 and mention.end < said[place][1],
            }
        )
    return rows
