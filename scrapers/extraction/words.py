# ruff: noqa: E501 - tables of words read better in long lines
"""Word groups: what the class, id, tag and role of an element say about its text."""

import re
from functools import lru_cache

# One bit per group, in this order. A group matches a whole word of a class or id, after splitting at - _ and capitals.
GROUPS: dict[str, str] = {
    "body": "body articlebody bodytext copytext richtext rte prose wysiwyg absatz paragraph paragraphs fliesstext copy textblock "
    "storytext articletext posttext maintext textbody contentbody postbody entrycontent postcontent textcontent",
    "article": "article story post entry beitrag artikel hentry detail single",
    "content": "content main text inhalt page container",
    "lead": "lead intro summary vorspann standfirst excerpt abstract perex dek einleitung leadtext introtext subtitle subline",
    "headline": "headline title titel heading überschrift ueberschrift kicker overline dachzeile topline spitzmarke roofline",
    "byline": "author authors autor autoren byline bio biography profile verfasser vita contributor creator redakteur redaktion persona",
    "date": "date datum time timestamp zeit published publication pubdate datetime updated meta metadata lesezeit readtime",
    "caption": "caption figcaption bildunterschrift credit credits copyright bildtext legend bu imagecaption subtext photo foto image "
    "bild img picture media figure attachment bildquelle",
    "gallery": "gallery galerie slideshow slider carousel swiper bildergalerie fotostrecke lightbox slide slick",
    "video": "video audio player podcast mediathek jwplayer brightcove episode livestream stream",
    "related": "related verwandt verwandte recommendation recommendations recommended recommend empfehlung empfehlungen more mehr "
    "further weitere similar readmore moreon topstories mostread meistgelesen popular trending outbrain taboola plista "
    "relatedarticles crosslinks linklist linkbox dossier also auch latest neueste",
    "teaser": "teaser teasers teaserlist card cards tile tiles promo promotion stage kachel teaserbox list listing grid feed",
    "newsletter": "newsletter subscribe subscription abo abonnement abonnieren signup briefing mailing abobox",
    "paywall": "paywall premium piano plus paid offer offers angebot barrier metered gate purchase bezahlschranke tp checkout",
    "share": "share sharing social socials teilen facebook twitter whatsapp follow sharebar shariff addtoany bookmark merken print "
    "drucken socialmedia instagram tools toolbar actions action interaction reactions",
    "comment": "comment comments kommentar kommentare disqus discussion forum leserbrief leserbriefe respond reply commentlist",
    "ad": "ad ads adv advert advertisement advertising anzeige anzeigen werbung banner sponsor sponsored sponsoring affiliate adslot "
    "adbox advertorial iqd adcontainer adunit commercial partner reklame native",
    "nav": "nav navi navigation menu menue breadcrumb breadcrumbs pagination pager navbar topbar submenu skip sitemap "
    "paging prev next previous back backlink anchor jump",
    "footer": "footer foot impressum bottom colophon disclaimer legal imprint",
    "header": "header head masthead topheader logo branding",
    "sidebar": "sidebar aside rail marginal marginalie sidecol secondary rightcol tertiary col3 widget widgets seitenleiste side",
    "tags": "tag tags topic topics keyword keywords schlagwort schlagworte category categories tagcloud themen thema taglist kategorie "
    "rubrik ressort channel section",
    "consent": "cookie cookies consent gdpr dsgvo cmp privacy datenschutz placeholder optin usercentrics didomi onetrust twoclick "
    "externalcontent embed embedded oembed extern external",
    "modal": "modal popup overlay dialog tooltip toast dropdown flyout layer offcanvas hint notice alert notification",
    "login": "login register anmelden registrieren registration account user konto password",
    "box": "box infobox factbox fact facts faktenbox info hintergrund kasten zusatzinfo background aufklapper accordion "
    "explainer glossary factsheet steckbrief",
    "toc": "toc contents inhaltsverzeichnis outline jumplinks indexlist",
    "quote": "quote blockquote zitat pullquote citation testimonial",
    "support": "donate donation spende spenden spendenbox support unterstützen mitglied membership fundraising crowdfunding "
    "unterstuetzen zahl",
    "product": "product products shop price preis kaufen buy bestseller deal deals amazon produkt produkte",
    "app": "app apps appstore download downloads messenger push",
    "survey": "poll umfrage survey quiz voting vote rating rate feedback opinary bewertung",
    "ticker": "ticker liveticker liveblog live timeline update event",
    "data": "datawrapper chart infographic infografik map karte table tabelle statistics score scores result results weather wetter stock "
    "kurs kurse börse boerse widget",
    "hidden": "hidden invisible sr visually screenreader a11y visuallyhidden sronly hide offscreen",
    "search": "search suche searchform searchbox",
    "event": "events termine termin calendar kalender veranstaltung job jobs stellen stellenangebote",
    "correction": "correction korrektur transparenz note anmerkung hinweis editorial footnote footnotes fussnote quellen "
    "references source sources quelle",
}  # fmt: skip
TAG_GROUPS = (
    "t_nav", "t_footer", "t_aside", "t_header", "t_form", "t_figure", "t_list", "t_table", "t_article", "t_main", "t_quote",
    "t_button", "t_details", "t_dialog", "t_section", "t_itembody", "t_noindex", "t_custom", "t_invisible",
)  # fmt: skip
NAMES = (*GROUPS, *TAG_GROUPS)
BIT = {name: 1 << number for number, name in enumerate(NAMES)}

_WORD_BITS: dict[str, int] = {}
for _name, _words in GROUPS.items():
    for _word in _words.split():
        _WORD_BITS[_word] = _WORD_BITS.get(_word, 0) | BIT[_name]
# Parts of compound words: "artikelkommentare", "newsletterbox".
_PARTS = {
    "newsletter": "newsletter", "comment": "comment kommentar", "ad": "advert werbung anzeige sponsor affiliate",
    "related": "related recommend empfehl meistgelesen mostread outbrain taboola", "teaser": "teaser",
    "share": "share social teilen", "caption": "caption copyright bildunter", "paywall": "paywall piano",
    "support": "spende donat", "nav": "navigation breadcrumb pagination", "byline": "author autor byline",
    "body": "articlebody article-body article__body article_body article-text article__text article-content article__content "
    "entry-content post-content richtext bodytext paragraph",
    "sidebar": "sidebar", "consent": "cookie consent embed", "gallery": "gallery slideshow carousel slider galerie",
    "video": "video podcast player", "box": "infobox factbox faktenbox", "lead": "standfirst vorspann intro",
    "modal": "popup overlay tooltip", "hidden": "hidden sr-only screen-reader",
}  # fmt: skip
_PART_BITS = [(part, BIT[name]) for name, parts in _PARTS.items() for part in parts.split()]
_TAG_BITS = {
    "nav": "t_nav", "footer": "t_footer", "aside": "t_aside", "header": "t_header", "form": "t_form", "fieldset": "t_form",
    "figure": "t_figure", "figcaption": "t_figure", "ul": "t_list", "ol": "t_list", "dl": "t_list", "table": "t_table",
    "article": "t_article", "main": "t_main", "blockquote": "t_quote", "button": "t_button", "label": "t_button",
    "details": "t_details", "summary": "t_details", "dialog": "t_dialog", "section": "t_section",
}  # fmt: skip
_ROLE_BITS = {
    "navigation": "t_nav", "contentinfo": "t_footer", "complementary": "t_aside", "banner": "t_header", "search": "search",
    "dialog": "t_dialog", "alertdialog": "t_dialog", "button": "t_button", "main": "t_main", "article": "t_article",
    "form": "t_form", "menu": "t_nav", "menubar": "t_nav", "menuitem": "t_nav", "tooltip": "modal", "note": "box",
}  # fmt: skip
# Classes of utility frameworks say how a thing looks, never what it is: "lg-nav:block", "text-gray-700", "hidden md:flex".
_UTILITY = re.compile(
    r"\S*[:\[!/]\S*|pointer-events-\S+|-?(?:[mp][trblxyse]?|[wh]|gap|space|bg|border|flex|grid|cols?|row|items|justify|content|rounded|font|leading|z|"
    r"top|left|right|bottom|inset|max|min|divide|overflow|tracking|order|self|place|object|shadow|opacity|cursor|transition|duration|"
    r"ease|basis|grow|shrink|float|align|d|g|ms|me|fs|fw|lh)-(?:\w+-)*(?:\d\S*|xs|sm|md|lg|xl|full|auto|center|start|end|between|none|"
    r"hidden|wrap|screen|fit|left|right|top|bottom|middle|first|last|white|black|none|bold|x|y)|"
    r"text-(?:xs|sm|base|lg|xl|\dxl|center|left|right|justify|muted|nowrap|white|black|uppercase|[a-z]+-\d+)"
)
_RESPONSIVE = re.compile(r"\b(?:xs|sm|md|lg|xl|\dxl)[:-](?:block|flex|inline|grid|table)")
_GENRE = re.compile(r"commentary|comments?[-_]?(?:open|closed|enabled|disabled)|(?:has|with|no|without)-[\w-]+", re.I)
_SPLIT = re.compile(r"[A-Z]?[a-zäöüß]+|[A-Z]+(?![a-z])|\d+")


@lru_cache(maxsize=8_192)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a class or id value in lower case: "articleBody article__lead-text" -> article, body, lead, text."""
    return tuple(word.lower() for word in _SPLIT.findall(name[:400]))


@lru_cache(maxsize=16_384)
def _class_bits(name: str) -> int:
    """Bits of one class or id."""
    if _UTILITY.fullmatch(name) or _GENRE.fullmatch(name):
        return 0
    bits = 0
    for word in name_words(name):
        bits |= _WORD_BITS.get(word, 0)
    lowered = name.lower()
    for part, bit in _PART_BITS:
        if part in lowered:
            bits |= bit
    return bits


@lru_cache(maxsize=8_192)
def _name_bits(names: str) -> int:
    """Bits of a class attribute."""
    bits = 0
    listed = names[:400].split()
    for name in listed:
        bits |= _class_bits(name)
    if "hidden" in listed and _RESPONSIVE.search(names):
        bits &= ~BIT["hidden"]  # hidden on one kind of screen only
    return bits


def class_groups(
    tag: str, classes: str, ident: str, role: str, itemprop: str, style: str, hidden: bool, aria_hidden: bool
) -> int:
    """The bit set of the word groups that an element's attributes name; bits as in BIT."""
    bits = BIT[_TAG_BITS[tag]] if tag in _TAG_BITS else BIT["t_custom"] if "-" in tag else 0
    if classes and tag not in ("body", "html"):
        bits |= _name_bits(classes)
    if ident and tag not in ("body", "html"):
        bits |= _name_bits(ident)
    if role in _ROLE_BITS:
        bits |= BIT[_ROLE_BITS[role]]
    if itemprop == "articleBody":
        bits |= BIT["t_itembody"]
    if hidden or aria_hidden or (style and re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", style)):
        bits |= BIT["t_invisible"]
    return bits
