# ruff: noqa: E501 - tables of words read better in long lines
"""Phrases that tell what a run of text is for: an article's sentence, or a box, a credit, a call to act.

A phrase is found wherever it stands; `_` at its edge asks for the edge of a word, `^` and `$` for the edge of the text.
"""

import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

CUE_CHARS = 400  # of each text, from its start; a longer text keeps its last 100 characters in view too
PHRASES: dict[str, str] = {
    "read_more": "^lesen sie|^lies |lesen sie auch|lesen sie hier|lesen sie dazu|lesen sie mehr|lies auch|mehr zum thema|mehr zu diesem|"
    "auch interessant|könnte sie auch|könnte dich auch|könnte ihnen|könnte sie interessieren|weitere artikel|weitere nachrichten|"
    "weitere themen|weitere meldungen|weitere informationen|weitere beiträge|^mehr aus |lesetipp|lese-tipp|^mehr dazu|^mehr zu|^mehr von|"
    "^mehr über|siehe auch|passend dazu|passend zum thema|^zum thema|auch spannend|der redaktion$|meistgelesen|meistgeklickt|hier lesen|"
    "lesen sie hier|mehr nachrichten|alle news|alle nachrichten|alle infos|alle artikel|alle hintergründe|alle entwicklungen|verwandte|"
    "read more|related|die wichtigsten news|die wichtigsten nachrichten|zum weiterlesen|aktuelle meldungen|aktuelle nachrichten|"
    "aktuelle entwicklungen|im liveblog|im live-blog|im newsblog|newsblog|liveticker|im überblick|mehr lesen|mehr erfahren|das sagt|"
    "^auch lesenswert|lesen sie jetzt|jetzt lesen|^weiterlesen|^hintergrund:|^dossier|^themenseite|alles zum|alles zu |hier nachlesen|"
    "hier geht es|hier geht's|hier gehts|hier entlang|finden sie hier|hier finden|hier gibt es|hier können sie|zum nachlesen",
    "arrow": "^>|^»|^›|^→|^►|^▶|^•|^–|^- |^|^|^+++|^+ |^* |^➤|>>|»$|→$|›$|^#|+++$",
    "newsletter": "newsletter|abonnier|abonnent|probeabo|_abo_|_abos_|digitalabo|anmelden|registrier|postfach|posteingang|inbox|subscribe|"
    "kostenlos testen|kostenlos lesen|kostenlos anmelden|briefing|jetzt testen|jetzt bestellen|jetzt sichern|freischalten|kündbar|"
    "e-mail-adresse|testmonat|probemonat|per e-mail|per mail|abo-|-abo|für abonnent|weiterlesen mit|monat|angebot|testabo|täglich um|"
    "jeden morgen|jede woche|direkt auf ihr|morgenlage|_exklusiv",
    "credit": "foto:|fotos:|bild:|bilder:|grafik:|video:|quelle:|illustration:|copyright|credit:|screenshot|archivbild|archivfoto|symbolbild|"
    "symbolfoto|collage:|foto ©|©|(c)|imago|getty|picture alliance|picture-alliance|shutterstock|istock|unsplash|pixabay|adobe stock|"
    "adobestock|/dpa|dpa/|/afp|afp/|/reuters|reuters/|/ap_|(archiv|archiv)|foto/|/epa|/apa|apa/|keystone|zvg|bildquelle|bildnachweis",
    "consent": "externe inhalt|externen inhalt|externer inhalt|redaktionelle inhalt|redaktioneller inhalt|redaktionellen inhalt|"
    "personenbezogene daten|datenschutz|einwilligung|zustimmung|zustimmen|cookie|drittanbieter|drittplattform|inhalte von|inhalt von|"
    "inhalte laden|inhalte anzeigen|inhalt anzeigen|inhalt laden|an dieser stelle|javascript|browser|adblock|widerrufen|glomex|opinary|"
    "datawrapper|personalisierte|einverstanden|wird von|eingebunden|übermittelt werden|tracking|embed|playbuzz|werden geladen",
    "recency": "aktualisiert|veröffentlicht|zuletzt|erschienen|^stand:|publiziert|lesedauer|lesezeit|min.|minuten$|_min$|_uhr$|^vor ",
    "byline": "^von |^by |^text:|^text |^autor|^redaktion|^protokoll|^interview|^aufgezeichnet|^kommentar|^analyse|^gastbeitrag|^ein kommentar|"
    "^eine analyse|^ein gastbeitrag|^mit material|^bearbeitet|^übersetz|^das interview führte|^die fragen stellte|^das gespräch führte|"
    "^recherche|^mitarbeit|^produktion|schlussredaktion|faktencheck:|redaktion:|^aus dem engl",
    "share": "_teilen_|_drucken_|facebook|twitter|whatsapp|instagram|linkedin|telegram|_merken_|e-mail|kommentare|link kopieren|folgen sie|"
    "folge uns|folgt uns|folgen auf|google news|threads|bluesky|mastodon|youtube|tiktok|versenden|vorlesen|anhören|social media|xing",
    "support": "spende|unterstützen sie|unterstütze uns|unterstützt uns|ihre unterstützung|deine unterstützung|unabhängiger journalismus|"
    "unabhängigen journalismus|genossenschaft|mitglied werden|crowdfunding|paypal|iban|solidar|freiwillig|paywall|werde mitglied|"
    "leser:innen|leser*innen|leserinnen und leser|onlineabo|verlag|journalismus|community",
    "app": "_app_|_apps_|app-|-app|app store|google play|push-|download|herunterladen|messenger|kanal|smartphone|aufs handy",
    "legal": "alle rechte|impressum|_agb_|nutzungsbedingungen|nutzungsrechte|urheberrecht|kontakt|rechte vorbehalten|all rights|netiquette|"
    "powered by|haftung|lizenz|transparenzhinweis|creative commons|gmbh & co|gmbh",
    "action": "klick|mehr anzeigen|alle anzeigen|zur startseite|^zurück|nach oben|zum artikel|zum video|zum profil|_ansehen|_anzeigen_|"
    "schließen|öffnen_|_laden_|überspringen|schreiben sie uns|schreiben sie der|schreiben sie ein|kontaktieren sie|hinweis an|"
    "fehler gefunden|fehler entdeckt|fehler melden|schicken sie|_jetzt_|entdecke|ausprobieren|los geht|mitmachen|teilnehmen|anfragen|"
    "sagen sie uns|ihre meinung|teilen sie|diskutieren sie|senden sie|melden sie|einloggen|auswählen",
    "ad": "^anzeige|^werbung|_anzeige$|provision|affiliate|gesponsert|partnerlink|partner-link|kaufpreis|zum angebot|werbelink|in kooperation|"
    "advertorial|sponsor|_deal_|_deals_|gutschein|rabatt|preisvergleich|versandkosten|produktempfehlung",
    "job": "redakteur|redaktor|korrespondent|journalist|reporter|volont|ressort|kolumnist|fellow|leitet das|schreibt über|schreibt seit|"
    "schreibt für|schreibt als|berichtet für|berichtet über|berichtet aus|arbeitet als|arbeitet seit|arbeitet für|jahrgang|zur person|"
    "zum autor|zur autorin|über den autor|über die autor|freier autor|freie autor|studierte|volontierte|ist seit|gründungs|dozent|"
    "professor|hat in | lebt in|mehr von|alle artikel von",
    "media": "im video|video:|sehen sie hier|min. video|bildergalerie|fotostrecke|in bildern|podcast|hören sie|audio|zum video|videos|galerie|"
    "diashow|playlist|livestream|folge |episode|staffel|reinhören|karte:|grafik|infografik|tabelle",
    "comments": "kommentarbereich|kommentar schreiben|kommentar verfassen|leserkommentar|mitdiskutieren|diskussion|leserbrief|beitrag melden|"
    "antworten$|kommentar$|kommentieren|kommentare$|forum",
    "note": "^quelle|mit material|agenturmaterial|nachrichtenagentur|dpa-|dpa:|_dpa_|redaktionell|anmerkung der redaktion|anm. d|korrektur|"
    "dieser text|dieser artikel|dieser beitrag|dieses interview|in einer früheren|ki-gestützt|künstlicher intelligenz erstellt|hinweis:|"
    "^hinweis|transparenz|zuerst bei|zuerst auf|zuerst in|erschien zuerst|ist zuerst|automatisiert|redaktion geprüft|red.$|(red)|_ots|"
    "mit informationen|dpa)|afp)|reuters)|(sid|kna)|epd)|apa)",
    "address": "straße 1|str. |_tel.|telefon|_fax|@|www.|http|öffnungszeiten|uhr geöffnet",
    "summary": "zusammengefasst|zusammenfassung|in kürze|auf einen blick|kurz & knapp|kurz und knapp|darum geht|künstlich erzeugt|ki-generiert|"
    "automatisch erstellt|künstlicher intelligenz|künstliche intelligenz|mit ki |per ki|von ki|das wichtigste|kurzfassung|inhaltsverzeichnis|"
    "inhalt$|in diesem artikel|themen in",
    "event": "termine|veranstaltung|gewinnspiel|umfrage|quiz|rezept|horoskop|wetter|börse|tv-programm|stellenmarkt|immobilien|trauer|rätsel",
}  # fmt: skip


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YOU = words_of(
    """
    sie ihr ihre ihren ihrem ihrer ihnen du dein deine deinen deiner dich dir euch euer eure
    """
)
_WE = words_of(
    """
    wir uns unser unsere unserer unserem unseren unseres
    """
)
_DATE = re.compile(
    r"\d{1,2}\.\s?(?:\d{1,2}\.|jan|jän|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)|\d{1,2}[:.]\d{2}\s?(?:uhr|h\b|min)|\d{4}-\d\d-\d\d"
)
_DURATION = re.compile(r"(?:^|[|\s])\d{1,2}:\d{2}\s?(?:min|std|h)?(?:\s|$)|\d+\s?min(?:\.|uten)?(?:\s|$)")
_DIGIT = re.compile(r"\d")
SHORT = ("date", "duration")  # looked for in texts of up to 120 characters
ADDRESSES = ("you", "we", "quotes")
NAMES = (*PHRASES, *SHORT, *ADDRESSES)


def _compile() -> tuple[AhoCorasick, list[tuple[int, bool, bool]]]:
    phrases: dict[str, tuple[int, bool, bool]] = {}
    for bit, (_, listed) in enumerate(PHRASES.items()):
        for phrase in listed.split("|"):
            if not phrase.strip("^$_"):
                continue
            bare = phrase.replace("^", "\n").replace("$", "\n").strip("_")
            number, left, right = phrases.get(bare, (0, True, True))
            left, right = left and phrase[0] == "_", right and phrase[-1] == "_"
            phrases[bare] = (number | 1 << bit, left, right)
    return AhoCorasick(list(phrases)), list(phrases.values())


_AUTOMATON, _PHRASE_BITS = _compile()


def cue_bits(texts: Sequence[str]) -> list[int]:
    """The bit set of cues of each text, bits in the order of NAMES."""
    heads = [
        (t if len(t) <= CUE_CHARS + 100 else t[:CUE_CHARS] + " " + t[-100:]).lower().replace("\n", " ") for t in texts
    ]
    joined = "\n" + "\n".join(heads) + "\n"
    bits = [0] * len(heads)
    starts, at = [], 1
    for head in heads:
        starts.append(at)
        at += len(head) + 1
    starts.append(at)
    number = 0
    found = _AUTOMATON.find_matches_as_indexes(joined, overlapping=True)
    for phrase, start, end in found:  # in order of their ends
        while end > starts[number + 1]:
            number += 1
        bit, left, right = _PHRASE_BITS[phrase]
        if (left and joined[start - 1].isalnum()) or (right and joined[end].isalnum()):
            continue
        bits[number] |= bit
    base = len(PHRASES)
    for i, head in enumerate(heads):
        if len(head) <= 120 and _DIGIT.search(head):
            bits[i] |= bool(_DATE.search(head)) << base | bool(_DURATION.search(head)) << base + 1
        words = set(head.split())
        bits[i] |= (not words.isdisjoint(_YOU)) << base + 2 | (not words.isdisjoint(_WE)) << base + 3
        bits[i] |= any(sign in head for sign in "„“”»«\"") << base + 4  # fmt: skip
    return bits


FUNCTION_WORDS = words_of(
    """
    der die das den dem des ein eine einer eines einem einen und oder aber doch sondern denn weil dass daß ob
    wenn als wie ist sind war waren wird werden wurde wurden worden hat haben hatte hatten sei seien habe kann
    können konnte soll sollen sollte muss müssen musste will wollen wollte darf dürfen nicht kein keine keinen
    auch nur noch schon sehr mehr so zu zum zur von vom mit nach bei beim aus auf an am in im ins für gegen
    über unter um durch vor seit bis während wegen trotz zwischen ohne er sie es ich wir ihr sich ihn ihm
    ihnen man mich mir uns sein seine seiner seinen ihre ihren ihrer diese dieser dieses diesem diesen welche
    was wer wo da dort hier dann damit dabei daran darauf dazu davon jedoch bereits etwa the of and to a is
    that for with as it on be by at this are from or have not
    """
)
