"""What decided, in words: the kind of a relation, its cue, and how the statement is meant."""

from collections.abc import Sequence
from functools import cache

from transforms.tone.batch import EFFECTS, FRAME_COUNT, FRAMES, LEXICON
from transforms.tone.lexicon import Lexicon, holds, read_table

_SCENERY = frozenset(
    {"personnel", "owner", "float", "market", "compare", "source", "series", "state", "labour", "thing"}
)
_NEVER = frozenset({"past", "not", "hedge"})
_TURNED = {1: "cooperation", 0: "other", -1: "dispute"}
_OPENING, _CLOSING, _STRAIGHT = frozenset("„»“"), frozenset("“«”"), '"'
_WEAK = {"use": 2, "support": 1, "near": 1, "doubt": 1, "replace": 3, "talks": 1, "threaten": 1, "fight": 1, "joint": 1}


Hits = Sequence[tuple[int, int]]  # places and labels of frames and effects, as Batch.hits gives them


@cache
def _markers() -> Lexicon:
    return Lexicon([(number, row["words"]) for number, row in enumerate(read_table("markers.csv"))])


def _marked(forms: Sequence[str]) -> list[tuple[int, int]]:
    """Places and numbers of the markers."""
    conditions_of = _markers().conditions
    return [
        (place, condition[0])
        for place, form in enumerate(forms)
        for condition in conditions_of(form)
        if (condition[1] is None and not condition[2]) or holds(condition, forms, place)
    ]


def how_meant(forms: Sequence[str], cue: int | None) -> tuple[bool, bool]:
    """Whether the sentence is hedged, and whether it speaks of what is over; cue: place of the relation's cue.

    An adjective ("der frühere Partner") says so of its noun alone; "früher als geplant" does not. In a contrast ("einst
    Partner, nun Rivalen") and after an end what is true now counts.
    """
    names = read_markers()
    marked = [(place, names[label]) for place, label in _marked(forms)]
    named = {name for place, name in marked if name != "past" or tuple(forms[place : place + 2]) != ("früher", "als")}
    is_former = cue is not None and any(name == "former" and place <= cue <= place + 1 for place, name in marked)
    return "hedge" in named, ("past" in named or is_former) and not named & {"now", "failure"}


@cache
def read_markers() -> tuple[str, ...]:
    """The names of the markers, in the file's order."""
    return tuple(row["marker"] for row in read_table("markers.csv"))


def relation_noun(forms: Sequence[str]) -> int | None:
    """Place of the first noun that names a relation: Zusammenarbeit, Streit, Fusion …"""
    number = read_markers().index("relation")
    return next((place for place, label in _marked(forms) if label == number), None)


def _distance(place: int, named: Sequence[Sequence[int]]) -> int:
    """Words to the farther of the two companies, given the places of each: a cue stands near or between both."""
    return max((min([abs(place - at) for at in places]) for places in named if places), default=0)


def kind_and_cue(forms: Sequence[str], hits: Hits, sentiment: int, are_named: bool = True) -> tuple[str, int | None]:
    """The kind of a scored relation and the place of the word that stands for it.

    A frame whose sign is the sentiment's explains it; where none does ("Fusion geplatzt" read as -1 by its failure
    word alone) the nearest of the other sign is named and its kind turned. are_named: the sentence names both.
    """
    if sentiment == 0 and are_named and _is_listed(forms):
        return "list", None
    frames = [(place, label) for place, label in hits if label < FRAME_COUNT]
    named = [[at for at, form in enumerate(forms) if form == slot] for slot in "AB"] if frames else []
    found = []
    for place, label in frames:
        row = FRAMES[label]
        if row["frame"] in _NEVER | _SCENERY:
            continue
        turned = int(row["relation"]) != sentiment
        found.append((turned * 100 + _WEAK.get(row["frame"], 0) * 3 + _distance(place, named), place, label))
    if not found:
        return _TURNED[sentiment], None
    _, place, label = min(found)
    row = FRAMES[label]
    if int(row["relation"]) == sentiment:
        return row["kind"], place
    return ("split" if sentiment < 0 and int(row["relation"]) > 0 else _TURNED[sentiment]), place


def phrase(forms: Sequence[str], place: int) -> int:
    """How many words the longest phrase of the lists that begins at this place has: "vor Gericht" 2, a word alone 1."""
    return max(
        (
            1 + len(condition[2])
            for condition in LEXICON.conditions(forms[place])
            if condition[1] is None and holds(condition, forms, place)
        ),
        default=1,
    )


_JOINTS = frozenset({",", "und", "&", "/", "oder", "sowie", "O", "die", "der"})


def _is_listed(forms: Sequence[str]) -> bool:
    if "A" not in forms or "B" not in forms:
        return False
    first, second = sorted((list(forms).index("A"), list(forms).index("B")))
    between = forms[first + 1 : second]
    return 0 < len(between) <= 7 and all(form in _JOINTS for form in between)


def _effect(label: int) -> int:
    return int(EFFECTS[label - FRAME_COUNT]["effect"])


def effect_cue(forms: Sequence[str], hits: Hits, sentiment: int) -> int | None:
    """Place of the word whose effect explains a company's sentiment, the nearest to the company."""
    if sentiment == 0:
        return None
    at = list(forms).index("A") if "A" in forms else 0
    places = [place for place, label in hits if label >= FRAME_COUNT and _effect(label) == sentiment]
    return min(places, key=lambda place: abs(place - at), default=None)


def is_quoted(forms: Sequence[str], place: int | None) -> bool:
    """Whether the word stands inside quotation marks."""
    if place is None:
        return False
    inside = False
    for form in forms[:place]:
        if form == _STRAIGHT:
            inside = not inside
        elif form in _OPENING and not (inside and form in _CLOSING):
            inside = True
        elif form in _CLOSING:
            inside = False
    return inside and any(form in _CLOSING or form == _STRAIGHT for form in forms[place + 1 :])
