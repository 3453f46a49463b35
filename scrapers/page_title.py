"""The title printed over the article, chosen among the ones that a page serves."""

import re

_SEPARATOR = re.compile(r"\s+[|–—·•»›«‹-]\s+|\s*\|\s*|\s+::\s+")


def key(text: str) -> str:
    """A title's letters and digits, lower case, to compare titles by."""
    return " ".join(re.findall(r"\w+", text.lower()))


def without_site(title: str, site_name: str | None, host: str) -> str:
    """The title without the name of the site at its end or start ("… | Blatt", "… - blatt.de")."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    host_key = key(host.removeprefix("www.")).replace(" ", "")
    names = {key(site_name or "").replace(" ", ""), host_key, host_key.rstrip("abcdefghijklmnopqrstuvwxyz")} - {""}
    labels = {label for label in host.removeprefix("www.").split(".")[:-1] if len(label) > 2}

    def is_site(part: str) -> bool:
        bare = key(part).replace(" ", "")
        return bare in names or any(label.replace("-", "") in bare and len(bare) < len(label) + 12 for label in labels)

    start, end = 0, len(title)
    separators = list(_SEPARATOR.finditer(title))
    if is_site(parts[-1]):
        end = separators[-1].start()
    elif is_site(parts[0]):
        start = separators[0].end()
    return title[start:end].strip() or title


def choose_title(titles: dict[str, str], site_name: str | None, host: str) -> str | None:
    """The printed title out of {jsonld, og, h1, title}; None where there is none.

    <title> is written for search engines, and one or two of the others often repeat it. So: what og:title and JSON-LD
    agree on; else the one of them that is not the search engines' title. Where all three are that one, a different <h1>
    about the same is what stands over the article.
    """
    clean = {name: without_site(text, site_name, host) for name, text in titles.items()}
    keys = {name: key(text) for name, text in clean.items()}
    site_keys = {key(site_name or "").replace(" ", ""), key(host.removeprefix("www.")).replace(" ", "")}
    for name in ("og", "jsonld", "h1"):
        if name in clean and keys[name].replace(" ", "") in site_keys | {""}:
            del clean[name], keys[name]
    og, ld, h1, seo = (clean.get(name) for name in ("og", "jsonld", "h1", "title"))
    if ld and any(t and len(t) > len(ld) and key(t).startswith(key(ld[:-3])) for t in (og, h1)):
        ld = None  # cut to the 110 characters that a search engine once allowed
    if og and ld and key(og) != key(ld):
        if seo and key(og) == key(seo):
            return ld
        if seo and key(ld) == key(seo):
            return og
        return h1 if h1 and key(h1) in (key(og), key(ld)) else og
    best = og or ld
    if h1 and len(h1) > 14 and key(best or seo or "").startswith(key(h1)) and key(h1) != key(best or ""):
        return h1  # the others only append the site's name or a subtitle
    if h1 and (not best or (seo and key(best) == key(seo))) and _is_rewording(key(h1), key(best or seo or h1)):
        return h1
    return best or (h1 if h1 and not seo else seo)


def _is_rewording(one: str, other: str) -> bool:
    """True for two titles about the same, neither of which holds the other whole."""
    if one == other:
        return True
    if one in other or other in one:
        return False
    first, second = set(one.split()), set(other.split())
    return len(first & second) >= max(2, 0.3 * min(len(first), len(second)))
