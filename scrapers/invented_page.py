"""The words of one recorded page: which text becomes prose, which becomes other single words, which stays."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence

from scrapers.article_page import ArticlePage
from scrapers.extraction.cues import PHRASES
from scrapers.invented import person, prose
from scrapers.page_agency import agency_of
from scrapers.page_byline import is_publisher
from scrapers.page_metadata import PageMetadata
from scrapers.page_title import without_site

WORD = re.compile(r"[^\W\d_]+")
KEPT_RUN = 6  # so many words in a row are a sentence of the publisher's
PROSE_WORDS = 8  # a text of so many words without a phrase that a parser goes by becomes prose
MAX_WORDS = 40  # of a paragraph
MAX_WORDS_BESIDE = 14  # of another text
_KEPT = """
januar februar märz april mai juni juli august september oktober november dezember jan feb apr jun jul aug sep okt
nov dez montag dienstag mittwoch donnerstag freitag samstag sonntag uhr stand aktualisiert veröffentlicht von und
der die das den dem des ein eine einer eines einem einen in im am an auf aus bei mit nach zu zum zur für über ist
sind war hat haben wird werden nicht auch sich es sie er wie so dass als um vor bis oder aber
dpa afp reuters apa sda kna epd sid awp dts ots afx anzeige werbung newsletter lesen mehr thema weiterlesen quelle foto
bild
autor redaktion artikel kommentare teilen drucken abo abonnieren kostenlos jetzt testen anmelden cookies de at ch
startseite home politik wirtschaft unternehmen finanzen sport kultur wissen digital panorama ausland inland meinung
news nachrichten regional service
newsarticle article person organization website breadcrumblist listitem http https www com org schema true false
text html utf summary image large width device initial scale index follow max preview snippet
"""
_VOCABULARY = """
ab Ei Tag Weg Hof Rat Ort Werk Haus Preis Markt Kunde Firma Stadt Woche Zahl Monat Auftrag Betrieb Handel Gewinn
Umsatz Vertrag Vorstand Projekt Maschine Anlage Händler Zentrale Lieferung Produkt Standort Fabrik Geschäft
Mitarbeiter Partnerschaft Wirtschaft Entwicklung Unternehmen Produktion Investition Zusammenarbeit Verhandlung
Bundesregierung Geschäftsführung Aufsichtsratschef Quartalsergebnis Lieferantenkette Wirtschaftsprüfer
Genehmigungsverfahren Zusammenschlusskontrolle gut neu alt groß klein stark schnell steigen sinken bauen liefern
planen fordern erwarten berichten vereinbaren gemeinsam zusätzlich deutlich wichtig künftig bisher vergangen
international wirtschaftlich verantwortlich
"""
KEPT = frozenset(_KEPT.split())
VOCABULARY = _VOCABULARY.split()
_CUES = re.compile(
    "|".join(
        re.escape(bare_phrase)
        for bare_phrase in sorted(
            {p.strip("^$_ ") for listed in PHRASES.values() for p in listed.split("|")}, key=len, reverse=True
        )
        if len(bare_phrase) > 3
    ),
    re.I,
)
_AGENCY = re.compile(r"(?<!\w)(?:dpa|afp|apa|sda|kna|epd|sid|awp|dts|ots|reuters)(?!\w)", re.I)
_CLOCK = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z])|\d{1,2}[:.]\d\d|\d{4}-\d\d")
_END = re.compile(r"(?:\.\.\.|[.!?…:])?[“”«»\"']?$")
_QUOTES = {"„": "“", "“": "”", "»": "«", "«": "»", '"': '"'}


def words_of(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def sequences(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Every run of six words of the texts, in lower case, numbers left out."""
    return {
        run
        for text in texts
        for words in [words_of(text)]
        for at in range(len(words) - KEPT_RUN + 1)
        if len("".join(run := tuple(words[at : at + KEPT_RUN])))
        > 3 * KEPT_RUN  # shorter ones are numbers in hexadecimal
    }


def bare(token: str) -> str:
    return re.sub(r"^\W+|\W+$", "", token).lower()


def _bare_words(text: str) -> list[str]:
    return [word for token in text.split() if (word := bare(token))]


def other_word(word: str) -> str:
    """Another German word of about the length, capitals as they were; the same word gives the same one."""
    others = (candidate for candidate in VOCABULARY if candidate.lower() != word.lower())
    near = sorted(others, key=lambda candidate: abs(len(candidate) - len(word)))[:8]
    new = near[int(hashlib.sha256(word.lower().encode()).hexdigest(), 16) % len(near)]
    if word.isupper():
        return new.upper()
    return new[0].upper() + new[1:] if word[0].isupper() else new.lower()


class Inventor:
    """Invents the texts of one page, title and names everywhere the same."""

    def __init__(self, page: ArticlePage, meta: PageMetadata, host: str) -> None:
        self.lines = [words_of(line) for line in page.body.split("\n") if line]
        self.kept = KEPT | {label for label in re.split(r"[.-]", host) if len(label) > 2}
        self.kept |= {*words_of(page.section or "")[:4], *words_of(meta.site_name or "")[:4]}
        self.phrases: list[tuple[list[str], list[str]]] = []  # (bare words, what stands for them), longest first
        self.made: dict[str, list[str]] = {}
        self.used: set[str] = set()
        self.prose: list[tuple[str, list[str]]] = []
        self.body: set[str] = set()  # what stands for the texts that are the body's
        titles = {without_site(title, meta.site_name, host) for title in meta.titles.values()}
        for title in sorted(titles | {page.title or ""}, key=lambda title: (len(title), title)):
            if not any(f" {' '.join(phrase)} " in f" {' '.join(_bare_words(title))} " for phrase, _ in self.phrases):
                self._add(title, lambda size, title=title: prose(title, size, end=""))
        for author in page.authors:
            if not agency_of(author) and not is_publisher(author, meta.site_name, host):
                self._add(author, lambda size, author=author: person(author, size))
        self.phrases.sort(key=lambda phrase: -len(phrase[0]))

    def _add(self, text: str, make: Callable[[int], list[str]]) -> None:
        if words := _bare_words(text):
            self.phrases.append((words, make(len(words))))

    def text(self, text: str) -> str:
        """An attribute's or a JSON string's text."""
        return " ".join(word for word in self.words(text.split()) if word)

    def words(self, tokens: Sequence[str]) -> list[str]:
        """As many words as tokens; an empty one where a long paragraph was shortened."""
        text = " ".join(tokens)
        known = self._known(tokens)
        if all(known):
            return known
        wanted = words_of(text)
        is_body = any(self._is_line(wanted, line) for line in self.lines)
        is_short = len(wanted) < PROSE_WORDS or 2 * sum(map(bool, known)) > len(wanted)
        if is_short and (any(known) or not is_body):
            new = self._other_words(tokens, known)
            if is_body:
                self.body.add(" ".join(word for word in new if word))
            return new
        if not is_body and (any(known) or _CUES.search(text) or _CLOCK.search(text)):
            return self._other_words(tokens, known)
        new = self._prose(tokens, is_body)
        if is_body:
            self.body.add(" ".join(word for word in new if word))
        return new

    @staticmethod
    def _is_line(wanted: list[str], line: list[str]) -> bool:
        """Whether a text is a line of the body, a part of one, or holds one."""
        if len(wanted) < 4 or len(line) < 4:
            return wanted == line
        small, large = sorted(("".join(wanted), "".join(line)), key=len)  # a drop cap may be cut off its word
        return small in large and (len(wanted) >= PROSE_WORDS or len(small) == len(large))

    def _known(self, tokens: Sequence[str]) -> list[str]:
        """What stands for title and names, at the places of their words; empty elsewhere. Marks around a word stay."""
        found = [""] * len(tokens)
        at = [n for n, token in enumerate(tokens) if bare(token)]
        words = [bare(tokens[n]) for n in at]
        for phrase, new in self.phrases:
            for start in range(len(words) - len(phrase) + 1):
                if words[start : start + len(phrase)] == phrase and not any(
                    found[n] for n in at[start : start + len(phrase)]
                ):
                    for n, word in zip(at[start : start + len(phrase)], new, strict=False):
                        mark = re.search(r"[,;|]*$", tokens[n])[0] if n == at[start + len(phrase) - 1] else ""
                        found[n] = word + mark
                    for n in at[start + len(new) : start + len(phrase)]:
                        found[n] = " "
        if any(found):  # what stands between a title's words is none
            first, last = (
                next(n for n in order if found[n]) for order in (range(len(found)), range(len(found) - 1, -1, -1))
            )
            if sum(map(bool, found)) >= 4:
                found = [f or (" " if first < n < last and not bare(tokens[n]) else "") for n, f in enumerate(found)]
        return found

    def _other_words(self, tokens: Sequence[str], known: Sequence[str]) -> list[str]:
        """Every word another one, but for the kept ones; of six kept in a row one gives way, no phrase if possible."""
        text = " ".join(tokens)
        phrases = {n for match in _CUES.finditer(text) for n in range(*match.span())}
        keeps: list[tuple[int, bool]] = []  # the words kept in a row: place, is it of a phrase
        replaced: set[int] = set()
        for match in WORD.finditer(text):
            word, at = match[0], match.start()
            if at not in phrases and word.lower() not in self.kept and len(word) > 1:
                replaced.add(at)
                keeps = []
                continue
            keeps.append((at, at in phrases))
            if len(keeps) == KEPT_RUN:
                victim = next((n for n in range(KEPT_RUN - 1, -1, -1) if not keeps[n][1]), KEPT_RUN - 1)
                replaced.add(keeps[victim][0])
                keeps = keeps[victim + 1 :]
        new, at = [], 0
        for token, known_word in zip(tokens, known, strict=True):
            start = at
            at += len(token) + 1
            new.append(
                known_word.strip()
                or WORD.sub(lambda m, start=start: other_word(m[0]) if start + m.start() in replaced else m[0], token)
                if known_word != " "
                else ""
            )
        return new

    def _prose(self, tokens: Sequence[str], is_body: bool) -> list[str]:
        """Invented sentences for a text; agencies stay where they are named, long texts get shorter."""
        places = [n for n, token in enumerate(tokens) if bare(token)]
        agencies = {n for n in places if _AGENCY.search(tokens[n]) and not agency_clause(tokens, n)}
        dateline = [n for n in places[:4] if n in agencies and tokens[n][0] in "(["][:1]
        free = [n for n in places if n not in agencies and not (dateline and n < dateline[0])]
        most = MAX_WORDS if is_body else MAX_WORDS_BESIDE
        if len(free) > most:
            step = len(free) / most
            free = [free[int(number * step)] for number in range(most)]
        end = _END.search(tokens[-1])[0] if tokens else ""
        opening = tokens[0][0] if tokens[0][0] in _QUOTES else ""
        words = self._unused(" ".join(tokens), len(free), re.sub(r"[“”«»\"']", "", end), is_body)
        new = [""] * len(tokens)
        for n, word in zip(free, words, strict=True):
            new[n] = word
        for n in agencies:
            new[n] = tokens[n]
        if dateline:
            new[0] = "Uferstadt"
            if dateline[0] + 1 < len(tokens) and not bare(tokens[dateline[0] + 1]):
                new[dateline[0] + 1] = tokens[dateline[0] + 1]
        elif opening and free:
            new[free[0]] = opening + new[free[0]]
            new[free[-1]] += _QUOTES[opening]
        return new

    def _unused(self, text: str, size: int, end: str, is_body: bool) -> list[str]:
        """Prose that no other text of the page has got, unless it is the same text."""
        wanted = " ".join(words_of(text))
        for known, words in self.prose:  # a description that repeats how the text begins
            if not is_body and known.startswith(wanted) and len(words) >= size:
                return [*words[: size - 1], words[size - 1].rstrip(".,") + end] if size else []
        key = f"{text} {size} {end}"
        for number in range(20):
            words = self.made.get(key) or prose(f"{text}{number or ''}", size, end)
            if key in self.made or not is_body or " ".join(words) not in self.used:
                break
        self.made[key] = words
        self.used.add(" ".join(words))
        self.prose.append((wanted, words))
        return words


def agency_clause(tokens: Sequence[str], number: int) -> bool:
    """True for an agency named inside a sentence ("sagte er der dpa."): no credit."""
    return 4 < number < len(tokens) - 3 and not re.match(r"[(\[]", tokens[number])
