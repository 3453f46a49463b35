"""Invented German business prose of an exact number of words: what stands in a recorded page in place of its text.

The same seed gives the same words. Companies, people and places are made up.
"""

import hashlib
import random

_SUBJECTS = """
Nordwerk|Elbdock|Falkenau|Hansekogge|Rheinwind|Der Konzern|Das Unternehmen|Die Reederei|Der Hersteller|Die Werft|
Die Nordwerk AG|Der Zulieferer Falkenau|Die Firma Rheinwind|Der neue Eigentümer|Die Werft in Uferstadt
"""
_VERBS = "plant|prüft|erweitert|verkauft|finanziert|modernisiert|übernimmt|eröffnet|verkleinert|bezahlt"
_OBJECTS = """
ein Werk|die Anlage|den Einkauf|eine Fabrik|das Lager|eine neue Halle|den alten Hafen|die gemeinsame Fertigung|
das größte Werk|einen weiteren Standort|den Bau von Turbinen|das Geschäft mit Speichern|die Produktion von Pumpen
"""
_TIMES = "nun|bald|im Herbst|im kommenden Jahr|seit dem Frühjahr|nach langer Prüfung|in diesen Wochen|bis zum Sommer"
_MANNERS = """
zudem|erneut|schrittweise|offenbar|gemeinsam mit Partnern|auf eigene Rechnung|nach eigenen Angaben|ohne fremde Hilfe|
für 40 Millionen Euro|trotz der hohen Kosten|zusammen mit der Hansekogge AG
"""
_PLACES = "dort|hier|in Uferstadt|an der Küste|am Stammsitz|in beiden Ländern|nahe dem Hafen von Uferstadt"
_TAILS = """
, sagte die Sprecherin|, teilte das Unternehmen mit|, wie der Vorstand erklärte|, weil die Nachfrage steigt|
, obwohl die Kosten zuletzt gestiegen sind|, damit die Lieferungen pünktlich ankommen|
, und die Belegschaft begrüßt den Plan
"""
_HEADINGS = {
    1: "Ausblick|Hintergrund|Zahlen|Folgen|Märkte|Kosten|Pläne|Kritik|Lieferketten|Zeitplan|Standorte|Kunden",
    2: "Neue Märkte|Hohe Kosten|Volle Auftragsbücher|Alte Werke|Viele Bewerber|Offene Fragen|Klare Ziele",
    3: "Ein neues Werk|Kunden warten ab|Die nächsten Schritte|Kritik am Zeitplan|Der Markt wächst|Das alte Lager",
}
_FIRST_NAMES = "Ida|Jost|Hanna|Enno|Marit|Tilo|Frauke|Arne|Wiebke|Lennart|Karla|Ole"
_SURNAMES = "Brodersen|Ketelsen|Osterloh|Hinrichs|Wenzlaff|Dreyling|Mersmann|Tiedgen|Vosskamp|Lührsen|Grabow|Petrow"


def _entries(text: str) -> list[str]:
    return [entry for part in text.replace("\n", "").split("|") if (entry := part.strip())]


SUBJECTS, VERBS, OBJECTS, TAILS = map(_entries, (_SUBJECTS, _VERBS, _OBJECTS, _TAILS))
ADVERBIALS = [(place, entry) for place, part in enumerate((_TIMES, _MANNERS, _PLACES)) for entry in _entries(part)]
HEADINGS = {size: _entries(text) for size, text in _HEADINGS.items()}
FIRST_NAMES, SURNAMES = _entries(_FIRST_NAMES), _entries(_SURNAMES)


def _chance(seed: str) -> random.Random:
    return random.Random(hashlib.sha256(seed.encode()).digest())


def _sentence(chance: random.Random, size: int) -> list[str]:
    """Exactly `size` words, at least four, that make a main clause without its full stop."""
    subject = chance.choice([s for s in SUBJECTS if len(s.split()) <= size - 3])
    room = size - 1 - len(subject.split())
    verb, thing = chance.choice(VERBS), chance.choice([o for o in OBJECTS if len(o.split()) <= room])
    room -= len(thing.split())
    tail = ""
    if tails := [t for t in TAILS if len(t.split()) - 1 <= room - 2]:
        tail = chance.choice(tails)
        room -= len(tail.split()) - 1
    chosen: list[tuple[int, str]] = []  # of time, manner, place: in the order of a German clause
    options = chance.sample(ADVERBIALS, k=len(ADVERBIALS))
    one_each = [next(o for o in options if o[0] == place) for place in range(3)]
    for option in (*one_each, *sorted(options, key=lambda o: len(o[1].split()) == 1)):  # single words fill up
        if len(option[1].split()) <= room and option not in chosen:
            chosen.append(option)
            room -= len(option[1].split())
    middle = " ".join(entry for _, entry in sorted(chosen, key=lambda option: option[0]))
    words = f"{subject} {verb} {middle}{' weiter' * room} {thing}{tail}".split()
    return [words[0][0].upper() + words[0][1:], *words[1:]]


def prose(seed: str, size: int, end: str = ".") -> list[str]:
    """Exactly `size` words in sentences of up to twenty; `end` closes the last one ("" for a heading)."""
    chance = _chance(seed)
    if size < 4:
        words = chance.choice(HEADINGS[size]).split() if size else []
        return [*words[:-1], words[-1] + end] if words else []
    words = []
    while (left := size - len(words)) > 20:
        words += _sentence(chance, chance.randint(8, min(16, left - 5)))
        words[-1] += "."
    words += _sentence(chance, left)
    words[-1] += end
    return words


def person(seed: str, size: int) -> list[str]:
    """The name of somebody who does not exist, in `size` words (six at most)."""
    chance = _chance(seed)
    surnames = chance.sample(SURNAMES, k=6)
    return [chance.choice(FIRST_NAMES), *surnames[: size - 1]] if size > 1 else surnames[:1]
