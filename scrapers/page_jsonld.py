"""JSON-LD of a page: its article node, read even where the JSON is broken."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

ARTICLE_TYPES = frozenset(
    f"{kind}{noun}"
    for noun, kinds in {
        "Article": ("", "News", "ReportageNews", "AnalysisNews", "OpinionNews", "BackgroundNews", "ReviewNews", "Tech"),
        "Posting": ("Blog", "LiveBlog", "SocialMedia"),
        "Review": ("", "Claim"),
        "": ("AdvertiserContentArticle", "ScholarlyArticle", "Report", "Interview", "Recipe"),
    }.items()
    for kind in kinds
)
_WEAK_TYPES = frozenset(("ClaimReview", "Review", "Recipe", "SocialMediaPosting"))
_FIELD = re.compile(
    r'"(datePublished|dateModified|headline|isAccessibleForFree|articleSection|inLanguage)"\s*:\s*'
    r'("(?:[^"\\]|\\.)*"|true|false)'
)
_FRONT_PAGE = re.compile(r"start(?:seite)?|home(?:page)?|news|nachrichten|[\w-]+\.[a-z]{2,3}", re.I)
_MAX_DEPTH = 12
# Below these stand other texts: lists of articles, the entries of a ticker, comments.
_NOT_THE_ARTICLE = frozenset(
    ("itemListElement", "isPartOf", "publisher", "comment", "liveBlogUpdate", "mentions", "citation", "relatedLink")
)

Node = dict[str, Any]


def load(source: str) -> Any:
    """The value of one ld+json script; repaired or in part where the JSON is broken; None if nothing is left."""
    source = source.strip().removeprefix("<!--").removesuffix("-->").strip()
    source = re.sub(r"^\s*(?:/\*|//)\s*<!\[CDATA\[\s*(?:\*/)?|(?:/\*|//)\s*\]\]>\s*(?:\*/)?\s*$", "", source).rstrip(
        "; \n"
    )
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        pass
    repaired = re.sub(r",\s*([}\]])", r"\1", source)
    try:
        return json.JSONDecoder(strict=False).raw_decode(repaired)[0]
    except (ValueError, RecursionError):
        pass
    # Unescaped quotation marks in a text break the whole: take the short fields that still read well.
    fields: Node = {}
    for name, value in _FIELD.findall(repaired):
        try:
            fields.setdefault(name, json.loads(value, strict=False))
        except ValueError:
            continue
    if fields and (kind := re.search(r'"@type"\s*:\s*\[?\s*"(\w*Article\w*|\w*Posting)"', repaired)):
        fields["@type"] = kind.group(1)
        return fields
    return None


def nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    """Every object inside a JSON-LD value, outermost first, to a depth of twelve."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key, item in value.items():
            if isinstance(item, dict | list) and key not in _NOT_THE_ARTICLE:
                yield from nodes(item, depth + 1)


def types(node: Node) -> set[str]:
    kind = node.get("@type", ())
    kinds = kind if isinstance(kind, list) else [kind]
    return {str(k).rsplit("/", 1)[-1] for k in kinds}


def find_article(values: list[Any], canonical: str = "") -> tuple[Node, list[Node]]:
    """(the node that describes the page's article, or {}; all nodes, for references by @id).

    The strongest type wins, then the one that names the page's canonical address, then the one with most of the fields
    that we read.
    """
    everything = [node for value in values for node in nodes(value)]
    found = [node for node in everything if types(node) & ARTICLE_TYPES]

    def rank(node: Node) -> tuple[bool, bool, int]:
        fields = ("datePublished", "headline", "author", "articleBody", "isAccessibleForFree", "dateModified")
        is_this_page = bool(canonical) and any(
            canonical in _addresses(node.get(k)) for k in ("mainEntityOfPage", "url", "@id")
        )
        return bool(types(node) - _WEAK_TYPES), is_this_page, sum(bool(node.get(f)) for f in fields)

    return (max(found, key=rank) if found else {}), everything


def _addresses(value: Any) -> list[str]:
    """A node's address, without fragment: given as text, or as an object with @id or url."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return [value.split("#")[0]] if isinstance(value, str) else []


def text(value: Any) -> str | None:
    """A string as a reader sees it: entities resolved (also doubly escaped ones), white space collapsed."""
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str)), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if not isinstance(value, str):
        return None
    value = " ".join(html.unescape(html.unescape(value)).split())
    return value or None


def is_free(value: Any) -> bool | None:
    """isAccessibleForFree as publishers write it: booleans, "False", "http://schema.org/False", 0, 1."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | str):
        word = str(value).strip().rsplit("/", 1)[-1].lower()
        return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(word)
    return None


def breadcrumb_section(values: list[Any], not_sections: set[str | None]) -> str | None:
    """The first name on the path from the front page to the article, by a BreadcrumbList; None where there is none."""
    for node in nodes(values):
        if "BreadcrumbList" not in types(node):
            continue
        items = node.get("itemListElement")
        for item in items if isinstance(items, list) else []:
            if not isinstance(item, dict):
                continue
            place = item.get("item")
            name = text(item.get("name") or (place.get("name") if isinstance(place, dict) else None))
            if name and name not in not_sections and not _FRONT_PAGE.fullmatch(name):
                return name
    return None
