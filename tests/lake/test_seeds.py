"""The seed files hold what they promise, and a broken one is refused with its file, its line and what to do."""

import re

import pytest
from stdnum import isin, lei

from lake import seeds
from lake.seeds import SeedError

COMPANIES = "company_id,company,aliases,products,parent_id,country,lei,isin,ambiguous,needs,excludes\n"
PUBLISHERS = "publisher,name,country,domain,kind,state,reason\n"


@pytest.fixture(scope="module")
def companies():
    return {company.company_id: company for company in seeds.companies()}


@pytest.fixture
def write(tmp_path):
    def to_file(text):
        path = tmp_path / "seed.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_there_are_many_companies_of_many_countries(companies):
    assert len(companies) >= 500
    assert sum(c.country in ("DE", "AT", "CH") for c in companies.values()) >= 300
    assert len({c.country for c in companies.values()}) >= 20


def test_the_file_is_in_order_of_ids(companies):
    assert list(companies) == sorted(companies), "sort lake/seeds/companies.csv by company_id"


def test_identifiers_hold_their_check_digits(companies):
    assert [c.company_id for c in companies.values() if c.isin and not isin.is_valid(c.isin)] == []
    assert [c.company_id for c in companies.values() if c.lei and not lei.is_valid(c.lei)] == []


def test_no_identifier_is_given_twice(companies):
    for column in ("isin", "lei"):
        given = [getattr(c, column) for c in companies.values() if getattr(c, column)]
        assert len(given) == len(set(given))
        assert given


@pytest.mark.parametrize("number", ["US0378331005", "DE0007164600", "US0378331004", "DE0007164606", "XX", ""])
def test_the_loader_judges_an_isin_as_the_reference_does(number):
    assert seeds.isin_holds(number) == isin.is_valid(number)


@pytest.mark.parametrize("number", ["INR2EJN1ERAN0W5ZP974", "INR2EJN1ERAN0W5ZP975", "INR2EJN1ERAN0W5ZP9", ""])
def test_the_loader_judges_a_lei_as_the_reference_does(number):
    assert seeds.lei_holds(number) == lei.is_valid(number)


def test_names_are_written_without_what_the_matcher_adds(companies):
    legal = re.compile(r"\b(GmbH|KGaA|Inc\.?|Ltd\.?|Corp\.?|plc)$")
    assert [n for c in companies.values() for n in c.names if legal.search(n)] == []
    assert [n for c in companies.values() for n in c.names if n != n.strip() or "  " in n] == []


@pytest.mark.parametrize(
    ("name", "company_id"),
    [("VW", "volkswagen"), ("Bayerische Motoren Werke", "bmw"), ("Daimler", "mercedes-benz"), ("ChatGPT", "openai"),
     ("Copilot", "microsoft"), ("iPhone", "apple"), ("WhatsApp", "meta"), ("Inflection", "inflection-ai")],
)  # fmt: skip
def test_other_names_and_products_stand_for_their_company(companies, name, company_id):
    assert [c.company_id for c in companies.values() if name in c.names] == [company_id]


def excluded(company, sentence, name):
    """Whether an entry of `excludes` rules out the name at its first place in the sentence."""
    at = sentence.index(name)
    for entry in company.excludes:
        for match in seeds.pattern(entry, name).finditer(sentence):
            if "_" not in entry or match.start("name") == at:
                return True
    return False


@pytest.mark.parametrize(
    ("company_id", "name", "sentence", "is_excluded"),
    [
        ("allianz", "Allianz", "Was als vielversprechende Allianz begann, endet im Streit.", True),
        ("allianz", "Allianz", "Diese vermeintlich unbesiegbare Allianz ist zerbrochen.", True),
        ("allianz", "Allianz", "Die Allianz zwischen den beiden Parteien hielt nicht lange.", True),
        ("allianz", "Allianz", "Die Allianz hat ihren Gewinn im dritten Quartal gesteigert.", False),
        ("allianz", "Allianz", "Der neue Allianz-Chef will Kosten senken.", False),
        ("ford", "Ford", "Harrison Ford spielt die Hauptrolle.", True),
        ("ford", "Ford", "Eine Frau prallte mit ihrem Ford gegen einen Baum.", True),
        ("ford", "Ford", "In Köln streicht Ford tausende Stellen.", False),
        ("bayer", "Bayer", "Ein gebürtiger Bayer führt jetzt die Bank.", True),
        ("bayer", "Bayer", "Bayer verkauft seine Tiermedizin.", False),
        ("ibm", "Watson", "Wie bei Watson berichtet, kündigen die Entwickler.", True),
        ("puma", "Puma", "Die Bundeswehr bekommt neue Schützenpanzer vom Typ Puma.", True),
        ("puma", "Puma", "Puma hebt die Prognose an.", False),
        ("merck", "Merck", "Der US-Pharmakonzern Merck legt Zahlen vor.", True),
        ("merck", "Merck", "Merck baut den Standort Darmstadt aus.", False),
        ("meta", "Meta", "Auf der Meta-Ebene geht es um Vertrauen.", True),
        ("thyssenkrupp", "Thyssen", "Das Erbe von Fritz Thyssen wird erforscht.", True),
        ("metro", "Metro", "In der Pariser Metro streiken die Fahrer.", True),
        ("metro", "Metro", "Die Metro verkauft ihre Großmärkte in Indien.", False),
        ("shell", "Shell", "Die Shell-Jugendstudie befragt 12- bis 25-Jährige.", True),
    ],
)
def test_a_trap_is_told_from_the_company(companies, company_id, name, sentence, is_excluded):
    assert name in companies[company_id].guarded
    assert excluded(companies[company_id], sentence, name) is is_excluded


def test_words_that_are_no_company_by_themselves_are_guarded(companies):
    words = {
        "Action",
        "Block",
        "Box",
        "Depot",
        "Dialog",
        "Globus",
        "On",
        "Orange",
        "Quelle",
        "Real",
        "Total",
        "X",
    }
    owners = {name: c for c in companies.values() for name in c.names if name in words}
    assert set(owners) == words
    assert [name for name, c in owners.items() if name not in c.guarded or not c.needs] == []


def test_an_entry_finds_whole_words_and_the_name_at_its_place():
    assert seeds.pattern("Versicher*").search("der Versicherungskonzern")
    assert not seeds.pattern("Gas").search("Gasse")
    assert seeds.pattern("_ zwischen", "Allianz").search("die Allianz zwischen A und B").start("name") == 4
    assert seeds.pattern("*händler _", "Real").search("der Lebensmittelhändler Real")
    assert seeds.pattern("eine _", "Allianz").search("eine Allianz, die hält")
    assert not seeds.pattern("eine _", "Allianz").search("eine Allianz-Tochter")
    assert not seeds.pattern("eine _", "Allianz").search("eine Allianzen")


def test_company_places_prove_a_name_and_never_stand_without_it():
    places = seeds.company_places()
    assert any(seeds.pattern(p, "Trumpf").search("Die Trumpf-Chefin widerspricht") for p in places)
    assert any(seeds.pattern(p, "Mango").search("Der Modekonzern Mango wächst") for p in places)
    assert not any(seeds.pattern(p, "Mango").search("Der Salat mit Mango und Kresse") for p in places)


def test_a_file_of_three_columns_will_do(write):
    found = seeds.companies(write('company_id,company,aliases\nvw,VW,Volkswagen|"Volkswagen AG"\ndb,DB,\n'))
    assert [c.names for c in found] == [("VW", "Volkswagen", '"Volkswagen AG"'), ("DB",)]
    assert found[1].country is None
    assert found[1].guarded == ()


def test_a_byte_order_mark_and_another_order_of_columns_are_no_trouble(write):
    assert seeds.companies(write("\ufeffaliases,company_id,company\nVW,volkswagen,Volkswagen\n"))[0].aliases == ("VW",)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a,A,,,,,,,,,\na,B,,,,,,,,,\n", r"line 3: company_id a is there already \(.*line 2\)"),
        ("Deutsche Bank,A,,,,,,,,,\n", "line 2: company_id 'Deutsche Bank' is no slug; use"),
        ("a,,,,,,,,,,\n", "line 2: no value for company; write"),
        ("a,A,x||y,,,,,,,,\n", r"line 2: aliases has an empty entry; take out the \|"),
        ("a,A,x|x,,,,,,,,\n", "line 2: aliases says 'x' twice"),
        ("a,A,B,B,,,,,,,\n", "line 2: 'B' is named twice among company, aliases and products"),
        ("a,A,,,b,,,,,,\n", "line 2: parent_id b is no other company here; add"),
        ("a,A,,,a,,,,,,\n", "line 2: parent_id a is no other company here"),
        ("a,A,,,,GERMANY,,,,,\n", "line 2: country 'GERMANY' is no ISO 3166-1 alpha-2 code"),
        ("a,A,,,,XK,,,,,\n", "line 2: country 'XK' is no ISO 3166-1"),
        ("a,A,,,,,INR2EJN1ERAN0W5ZP975,,,,\n", "line 2: lei INR2EJN1ERAN0W5ZP975 has wrong check digits; look it up"),
        ("a,A,,,,,,DE0007164601,,,\n", "line 2: isin DE0007164601 has a wrong check digit; look it up"),
        ("a,A,,,,,,,B,x,\n", "line 2: ambiguous 'B' is none of the company's names; add"),
        ("a,A,,,,,,,A,,\n", "line 2: ambiguous names, but neither needs nor excludes; say"),
        ("a,A,,,,,,,A,,_ und _\n", "line 2: entry '_ und _' cannot be looked for; write a word"),
        ("a,A,,,,,,,A,near:*,\n", r"line 2: entry '\*' cannot be looked for"),
        ("a,A,,,,,,,A,,near:x\n", "line 2: entry 'near:x' cannot be looked for"),
        ("a,A,Telekom,,,,,,,,\nb,B,Telekom,,,,,,,,\n", "line 3: 'Telekom' names both a and b; give one of them needs"),
        ("a,A,Bank, Bau,,,,,,,,\n", "line 2: not as many cells as columns; quote"),
        ("a,A\n", "line 2: not as many cells as columns; quote"),
    ],
)  # fmt: skip
def test_a_broken_company_is_refused(write, rows, message):
    with pytest.raises(SeedError, match=r"seed\.csv " + message):
        seeds.companies(write(COMPANIES + rows))


def test_a_name_may_be_shared_when_one_of_the_two_is_guarded(write):
    rows = "a,A,Telekom,,,,,,,,\nb,B,Telekom,,,,,,Telekom,near:Wien,\n"
    assert len(seeds.companies(write(COMPANIES + rows))) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("company_id,company\n", "line 1: no column aliases"),
        ("company_id,company,aliases,alias\n", "line 1: unknown column 'alias'; did you mean aliases"),
        ("", "line 1: no column company_id, company, aliases"),
    ],
)
def test_a_wrong_header_is_refused(write, text, message):
    with pytest.raises(SeedError, match=message):
        seeds.companies(write(text))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(SeedError, match=r"nowhere\.csv: no such file; give"):
        seeds.companies(tmp_path / "nowhere.csv")


def test_publishers_cover_three_countries_and_every_kind():
    found = seeds.publishers()
    assert {p.kind for p in found} == set(seeds.KINDS)
    assert {"DE", "AT", "CH"} <= {p.country for p in found}
    live = [p for p in found if p.kind != "demo"]
    assert len(live) >= 60
    assert len({p.domain for p in live}) == len(live), "two publishers under one domain"


def test_satire_is_not_crawled():
    assert "postillon" not in seeds.publishers_to_crawl("all")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("taz,taz,DE,taz.de,press,on,x\ntaz,taz,DE,taz.de,press,on,x\n", "line 3: publisher taz is there already"),
        ("die taz,taz,DE,taz.de,press,on,x\n", "line 2: publisher 'die taz' is no slug"),
        ("taz,taz,DE,taz.de,press,on,\n", "line 2: no value for reason"),
        ("taz,taz,D,taz.de,press,on,x\n", "line 2: country 'D' is no ISO 3166-1"),
        ("taz,taz,DE,taz.de,paper,on,x\n", "line 2: kind 'paper' is none of press, "),
        ("taz,taz,DE,taz.de,press,running,x\n", "line 2: state 'running' is none of on, trial, paused, retired"),
        ("taz,taz,DE,https://taz.de/,press,on,x\n", "line 2: domain 'https://taz.de/' is no host name; write"),
    ],
)
def test_a_broken_publisher_is_refused(write, row, message):
    with pytest.raises(SeedError, match=r"seed\.csv " + message):
        seeds.publishers(write(PUBLISHERS + row))


def test_a_selection_of_publishers():
    every = {p.publisher: p for p in seeds.publishers()}
    assert seeds.publishers_to_crawl("demo") == [slug for slug, p in every.items() if p.kind == "demo"] != []
    everything = seeds.publishers_to_crawl("all")
    assert {every[slug].state for slug in everything} <= {"on", "trial"}
    assert not {every[slug].kind for slug in everything} & {"demo", "satire"}
    assert seeds.publishers_to_crawl("taz, heise,taz") == ["taz", "heise"]
    assert seeds.publishers_to_crawl("hafenkurier") == ["hafenkurier"]


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ("tatz,heise", "no publisher is called tatz; did you mean taz"),
        ("postillon", r"postillon is paused \(satire: .*\); leave it out"),
        (" , ", "nothing chosen; say demo, all, or slugs"),
    ],
)
def test_a_selection_that_cannot_be_crawled_is_refused(selection, message):
    with pytest.raises(SeedError, match=message):
        seeds.publishers_to_crawl(selection)


def test_watched_pairs_are_pairs_of_known_companies():
    assert len(seeds.watched_pairs()) >= 40
    assert all(note for note in seeds.watched_pairs().values())


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("openai~microsoft,x\n", "line 2: pair_id 'openai~microsoft' is no pair; write a~b with a before b"),
        ("microsoft,x\n", "line 2: pair_id 'microsoft' is no pair"),
        ("microsof~openai,x\n", "line 2: no company microsof; did you mean microsoft"),
        ("microsoft~openai,x\nmicrosoft~openai,y\n", "line 3: pair_id microsoft~openai is there already"),
    ],
)
def test_a_broken_pair_is_refused(write, row, message):
    with pytest.raises(SeedError, match=r"seed\.csv " + message):
        seeds.watched_pairs(write("pair_id,note\n" + row))


def test_a_place_without_a_name_is_refused(write):
    with pytest.raises(SeedError, match=r"seed\.csv line 2: entry 'Aktie' must hold one _"):
        seeds.company_places(write("entry\nAktie\n"))
