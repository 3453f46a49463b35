"""Near-copies of one text: which articles are one story.

MinHash over runs of three words with locality-sensitive hashing (Broder 1997), by way of rensa. An article joins the
story of the earlier article that it resembles most; what is known later never moves an earlier article.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rensa import RMinHash, RMinHashLSH

WORD = re.compile(r"\w+")
SHINGLE, PERMUTATIONS, BANDS = 3, 128, 32
SEED = 20_150  # any fixed number: the same text has the same signature tomorrow
NEAR_COPY = 0.5  # Jaccard similarity: two in three runs of three words survive a light edit
MIN_WORDS = 20  # below, two notices of one kind look like copies


@dataclass(frozen=True)
class Candidate:
    """What it takes to place an article: its text, and the story where it already has one."""

    article_id: str
    body: str
    published_at: datetime
    story_id: str | None = None


def _signature(body: str) -> RMinHash | None:
    words = WORD.findall(body.lower())
    if len(words) < MIN_WORDS:
        return None
    signature = RMinHash(PERMUTATIONS, SEED)
    signature.update([" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)])
    return signature


def assign_stories(known: Iterable[Candidate], new: Iterable[Candidate]) -> dict[str, str]:
    """story_id of each new article. Known candidates carry their story_id; among the new the first published leads."""
    index = RMinHashLSH(NEAR_COPY, PERMUTATIONS, BANDS)
    placed: list[tuple[RMinHash, str]] = []
    stories: dict[str, str] = {}

    def remember(signature: RMinHash, story_id: str) -> None:
        index.insert(len(placed), signature)
        placed.append((signature, story_id))

    for article in known:
        if article.story_id and (signature := _signature(article.body)):
            remember(signature, article.story_id)
    for article in sorted(new, key=lambda a: (a.published_at, a.article_id)):
        signature = _signature(article.body)
        story_id = article.story_id or stories.get(article.article_id)
        if signature and not story_id:
            alike = [(placed[key][0].jaccard(signature), -key) for key in index.query(signature)]
            best = max(alike, default=(0.0, 0))
            if best[0] >= NEAR_COPY:
                story_id = placed[-best[1]][1]
        stories[article.article_id] = story_id or article.article_id
        if signature:
            remember(signature, stories[article.article_id])
    return stories
