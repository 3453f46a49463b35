"""A sentence with both companies of a pair masked in it, also where it names one or none; what is printed there."""

from transforms.sentences import Span, Spans
from transforms.tone import explain
from transforms.tone.slots import Word, words

_PAIR = frozenset(
    {"unternehmen", "konzerne", "konzernen", "firmen", "giganten", "seiten", "partner", "partnern", "rivalen", "riesen"}
    | {"kontrahenten", "häuser", "konkurrenten", "parteien", "banken", "hersteller"}
)
_PRONOUNS = frozenset({"er", "sie", "es", "konzern", "unternehmen", "firma"})


def forms(found: list[Word]) -> list[str]:
    return [word.form for word in found]


def _both_named(found: list[Word], has_a: bool, has_b: bool) -> list[Word]:
    """The sentence with both companies in it, where it names one or none of them.

    "Beide Unternehmen streiten" reads "A und B streiten", "Die Zusammenarbeit scheiterte" reads "Die Zusammenarbeit
    zwischen A und B scheiterte"; a single missing company stands for the first pronoun, else before the sentence.
    """
    own = forms(found)
    if has_a != has_b:
        slot = "B" if has_a else "A"
        place = next((at for at, form in enumerate(own) if form in _PRONOUNS), None)
        if place is None:
            return [Word(slot, 0, 0), Word(":", 0, 0), *found]
        return [*found[:place], Word(slot, found[place].start, found[place].end), *found[place + 1 :]]
    for at, form in enumerate(own[:-1]):
        if form in {"beide", "beiden"} and own[at + 1] in _PAIR:
            start, end = found[at].start, found[at + 1].end
            pair = [Word("A", start, end), Word("und", start, start), Word("B", start, end)]
            return found[:at] + pair + found[at + 2 :]
    noun = explain.relation_noun(own)
    if noun is None:
        return [Word("A", 0, 0), Word("und", 0, 0), Word("B", 0, 0), Word(":", 0, 0), *found]
    end = found[noun].end
    pair = [Word(form, end, end) for form in ("zwischen", "A", "und", "B")]
    return found[: noun + 1] + pair + found[noun + 1 :]


def masked(text: str, a_spans: Spans, b_spans: Spans, others: Spans) -> list[Word]:
    """The words of a sentence about a pair; spans are offsets [start, end) of names, one or both of the pair's empty.

    Raises ValueError for a span outside the sentence.
    """
    found = words(text, a_spans, b_spans, others)
    return found if a_spans and b_spans else _both_named(found, bool(a_spans), bool(b_spans))


def cue_span(text: str, found: list[Word], place: int | None) -> Span | None:
    """Where the word or phrase of that place is printed, without the hyphen that ties it to a name."""
    if place is None:
        return None
    end = found[place + explain.phrase(forms(found), place) - 1].end
    start = found[place].start
    start += len(text[start:end]) - len(text[start:end].lstrip("-"))
    return (start, end) if start < end else None


def printed(text: str, span: Span | None) -> str | None:
    return text[slice(*span)] if span else None
