"""One form for the same address, whichever way a publisher wrote it."""

import re
from urllib.parse import urldefrag

from courlan import normalize_url

TRACKING = re.compile(
    r"(?:^|&)(?:wt_[a-z_]+|utm_[a-z_]+|pk_[a-z]+|xing_share|sharetype|cid|campaign)=[^&]*", re.IGNORECASE
)


def canonical_url(url: str) -> str:
    """The address without fragment, tracking parameters, default port and dead dots; its query sorted by name."""
    address = normalize_url(urldefrag(url).url, strict=False, trailing_slash=True)
    path, mark, query = address.partition("?")
    query = TRACKING.sub("", query).strip("&")
    return path + mark + query if query else path
