"""German article pages that nobody wrote: for benches that need many, different, and of a real page's size.

A page is the same for the same number. About 60 kB: the text is 5 kB of it, the rest is what real sites put around it.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

_WHO = (
    "Die Reederei Nordlicht",
    "Der Maschinenbauer Trautwein",
    "Die Werft Elbdock",
    "Der Versicherer Hansekontor",
    "Die Brauerei Kupferkessel",
    "Der Zulieferer Radtke",
    "Die Bäckereikette Mehlwurm",
    "Der Verlag Uferblatt",
)
_DOES = (
    "will im kommenden Jahr rund {n} Stellen schaffen",
    "hat den Umsatz um {n} Prozent gesteigert",
    "verlegt {n} Arbeitsplätze nach Rostock",
    "rechnet mit Kosten von {n} Millionen Euro",
    "hat einen Auftrag über {n} Anlagen erhalten",
    "streitet seit {n} Monaten mit dem Betriebsrat",
)
_WHY = (
    "teilte das Unternehmen am Dienstag mit",
    "sagte eine Sprecherin in Hamburg",
    "heißt es im Geschäftsbericht",
    "bestätigte der Vorstand auf Anfrage",
    "geht aus einer Mitteilung hervor",
    "berichtete die Geschäftsführung",
)
_THEN = (
    "Die Gewerkschaft begrüßte den Schritt und forderte weitere Zusagen für die Belegschaft.",
    "Analysten hatten mit deutlich weniger gerechnet und nannten die Zahlen überraschend gut.",
    "Im Vorjahr war die Lage noch schwieriger gewesen, vor allem im Ausland fehlten die Kunden.",
    "Über den Preis wollten sich beide Seiten nicht äußern, er gilt in der Branche als angemessen.",
)
FIRST_DAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
PARAGRAPHS, SENTENCES, TEASERS = 10, 3, 60


def _sentence(rng: random.Random) -> str:
    return f"{rng.choice(_WHO)} {rng.choice(_DOES).format(n=rng.randint(2, 980))}, {rng.choice(_WHY)}."


def title(number: int) -> str:
    rng = random.Random(number)
    return f"{rng.choice(_WHO)} {rng.choice(_DOES).format(n=rng.randint(2, 980))} ({number})"


def page(number: int) -> bytes:
    """One page, UTF-8."""
    rng = random.Random(number)
    published = FIRST_DAY + timedelta(minutes=7 * number)
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title(number),
        "datePublished": published.isoformat(),
        "author": {"@type": "Person", "name": rng.choice(("Ida Brodersen", "Jens Petersen", "Mira Kowalski"))},
    }
    text = "".join(
        f"<p>{' '.join(_sentence(rng) for _ in range(SENTENCES))} {rng.choice(_THEN)}</p>" for _ in range(PARAGRAPHS)
    )
    teasers = "".join(
        f"<li class='teaser'><a href='/artikel/{n}'><img src='/bild/{n}.webp' alt=''><h3>{title(n)}</h3>"
        f"<span class='teaser__text'>{rng.choice(_THEN)}</span></a></li>"
        for n in range(number + 1, number + 1 + TEASERS)
    )
    state = json.dumps([{"id": n, "t": rng.random(), "k": "abcdefgh" * 6} for n in range(400)])
    html = (
        f"<!doctype html><html lang='de'><head><meta charset='utf-8'><title>{title(number)}</title>"
        f"<script type='application/ld+json'>{json.dumps(facts, ensure_ascii=False)}</script>"
        f"<script>window.state={state}</script></head><body><nav><ul>{'<li><a href=/>Rubrik</a></li>' * 40}</ul></nav>"
        f"<main><article><h1>{title(number)}</h1><time datetime='{published.isoformat()}'></time>{text}</article>"
        f"<aside><ul>{teasers}</ul></aside></main><footer><a href='/impressum'>Impressum</a></footer></body></html>"
    )
    return html.encode()


def pages(count: int) -> Iterator[tuple[str, bytes]]:
    """(path, page) of the first `count` pages."""
    return ((f"/artikel/{number}", page(number)) for number in range(count))
