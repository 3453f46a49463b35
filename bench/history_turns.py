"""Turns in the relation of two companies that history knows, with the months in which the press must show them."""

import calendar
from dataclasses import dataclass
from datetime import date

from lake import seeds


@dataclass(frozen=True)
class Turn:
    """What happened, in which months (first and last, YYYY-MM), in which direction: +1 deal … -1 dispute, loss.

    ids: the pairs that may carry it; an id without ~ is a company, and what happened to it is meant.
    chosen: blind, before anything of the titles was known; counts, when the pairs with most titles were known; reading,
    after the titles had been read: then it says nothing on how many turns show, only whether months and sign agree.
    """

    ids: tuple[str, ...]
    what: str
    months: tuple[str, str]
    sign: int
    chosen: str

    @property
    def first(self) -> date:
        return date.fromisoformat(f"{self.months[0]}-01")

    @property
    def last(self) -> date:
        start = date.fromisoformat(f"{self.months[1]}-01")
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])

    @property
    def is_pair(self) -> bool:
        return "~" in self.ids[0]


def _turns(chosen: str, *rows: tuple[str, str, str, str, int]) -> tuple[Turn, ...]:
    return tuple(Turn(tuple(ids.split()), what, (first, last), sign, chosen) for ids, what, first, last, sign in rows)


# A turn stays in its list, whatever it shows: a list that loses its failures proves nothing.
BLIND = _turns(
    "blind",
    ("alstom~siemens", "bids for Alstom's energy business", "2014-04", "2014-06", 1),
    ("edeka~tengelmann edeka~kaisers-tengelmann", "Edeka to take over Kaiser's Tengelmann", "2014-10", "2016-12", 1),
    ("bosch~volkswagen", "Bosch and the diesel software", "2015-09", "2017-12", -1),
    ("deutsche-wohnen~vonovia", "hostile bid", "2015-10", "2016-02", -1),
    ("bayer~monsanto", "bid, agreement, closing", "2016-05", "2018-06", 1),
    ("tata~thyssenkrupp", "joint steel venture", "2016-07", "2018-06", 1),
    ("prevent~volkswagen", "supplier stops deliveries", "2016-08", "2018-12", -1),
    ("linde~praxair", "talks end at first", "2016-09", "2016-10", -1),
    ("linde~praxair", "merger agreed and done", "2016-12", "2018-10", 1),
    ("opel~psa", "PSA takes over Opel", "2017-02", "2017-08", 1),
    ("air-berlin~lufthansa", "Lufthansa takes over parts of Air Berlin", "2017-08", "2017-12", 1),
    ("alstom~siemens", "merger of the train makers agreed", "2017-09", "2018-09", 1),
    ("fortum~uniper", "Fortum buys in against Uniper's will", "2017-09", "2018-12", -1),
    ("ford~volkswagen", "alliance", "2018-06", "2020-06", 1),
    ("karstadt~kaufhof", "merger of the department stores", "2018-06", "2019-06", 1),
    ("alstom~siemens", "Brussels forbids the merger", "2018-10", "2019-02", -1),
    ("commerzbank~deutsche-bank", "talks of a merger", "2019-03", "2019-04", 1),
    ("commerzbank~deutsche-bank", "talks end", "2019-04", "2019-05", -1),
    ("tata~thyssenkrupp", "Brussels forbids the venture", "2019-05", "2019-06", -1),
    ("ams-osram~osram", "bids and takeover", "2019-08", "2020-07", 1),
    ("wirecard", "1.9 billion missing, insolvency", "2020-06", "2020-08", -1),
    ("deutsche-wohnen~vonovia", "agreed takeover", "2021-05", "2021-10", 1),
    ("fortum~uniper", "quarrel over who pays for the rescue", "2022-06", "2022-12", -1),
)
COUNTS = _turns(
    "counts",
    ("edeka~rewe", "quarrel over Kaiser's Tengelmann", "2015-01", "2016-12", -1),
    ("adidas~puma", "rivals", "2015-01", "2023-05", -1),
    ("suzuki~volkswagen", "Suzuki and VW part", "2015-08", "2015-09", -1),
    ("volkswagen", "diesel fraud", "2015-09", "2015-12", -1),
    ("google~oracle", "Java lawsuit", "2016-05", "2021-04", -1),
    ("apple~qualcomm", "patent lawsuits", "2017-01", "2019-03", -1),
    ("air-berlin", "insolvency", "2017-08", "2017-12", -1),
    ("air-berlin~etihad", "Etihad ends its payments", "2017-08", "2017-12", -1),
    ("bmw~mercedes-benz", "mobility services and self-driving together", "2018-03", "2020-05", 1),
    ("eon~innogy eon~rwe innogy~rwe", "Eon takes over Innogy, shares out with RWE", "2018-03", "2020-06", 1),
    ("deutsche-telekom~sprint", "T-Mobile US and Sprint merge", "2018-04", "2020-04", 1),
    ("opel~psa opel~stellantis", "quarrel over jobs, sites and the brand", "2018-04", "2021-12", -1),
    ("bayer", "glyphosate verdicts", "2018-08", "2020-06", -1),
    ("huawei", "US sanctions, accusations of spying", "2018-12", "2020-12", -1),
    ("wirecard", "accusations by the Financial Times", "2019-01", "2019-10", -1),
    ("fiat-chrysler~renault", "Fiat Chrysler offers a merger", "2019-05", "2019-05", 1),
    ("continental~vitesco", "Continental splits Vitesco off", "2019-05", "2021-09", -1),
    ("fiat-chrysler~renault", "Fiat Chrysler withdraws the offer", "2019-06", "2019-06", -1),
    ("comdirect~commerzbank", "Commerzbank takes its subsidiary in", "2019-09", "2020-11", 1),
    ("fiat-chrysler~psa", "merger to Stellantis", "2019-10", "2021-01", 1),
    ("tesla~volkswagen", "rivals for the electric car", "2020-01", "2023-05", -1),
    ("navistar~traton navistar~volkswagen", "Traton takes over Navistar", "2020-01", "2021-07", 1),
    ("biontech~pfizer", "vaccine together", "2020-03", "2021-12", 1),
    ("lufthansa", "grounded, rescued by the state", "2020-03", "2020-06", -1),
    ("apple~google", "exposure notification together", "2020-04", "2020-06", 1),
    ("galeria", "protective shield, insolvency, closures", "2020-04", "2023-05", -1),
    ("bayer~curevac", "vaccine together", "2021-01", "2021-06", 1),
    ("gruner-jahr~rtl", "RTL takes over Gruner + Jahr", "2021-08", "2021-12", 1),
    ("tesla~twitter", "Musk buys Twitter", "2022-04", "2022-10", 1),
    ("uniper", "losses, rescue by the state", "2022-06", "2022-12", -1),
    ("biontech~curevac biontech~moderna", "patent lawsuits", "2022-07", "2023-05", -1),
    ("gruner-jahr~rtl", "RTL sells and closes magazines", "2022-08", "2023-05", -1),
    ("microsoft~openai", "billions for OpenAI", "2023-01", "2023-05", 1),
    ("credit-suisse~ubs", "emergency takeover", "2023-03", "2023-05", 1),
)
READING = _turns(
    "reading",
    ("audi~here bmw~here here~mercedes-benz", "the car makers buy Here", "2015-08", "2015-12", 1),
    ("air-berlin~lufthansa", "Lufthansa leases aircraft of Air Berlin", "2016-09", "2016-12", 1),
    ("fortum~uniper", "Fortum takes the majority", "2019-10", "2020-04", 1),
    ("comdirect~commerzbank", "Comdirect is critical, the offer fails", "2019-11", "2019-12", -1),
    ("hp~xerox", "Xerox bids for HP", "2019-11", "2020-03", 1),
    ("comdirect~commerzbank", "complete takeover", "2020-01", "2020-11", 1),
    ("condor~lot", "LOT buys Condor", "2020-01", "2020-02", 1),
    ("condor~lot", "LOT withdraws", "2020-04", "2020-04", -1),
    ("hp~xerox", "Xerox gives up", "2020-04", "2020-04", -1),
    ("meta~volkswagen meta~sap henkel~meta", "advertisers boycott Facebook", "2020-06", "2020-07", -1),
    ("santander~wirecard", "Santander buys Wirecard's business", "2020-11", "2021-01", 1),
    ("hella~knorr-bremse", "Knorr-Bremse bids for Hella", "2021-06", "2021-06", 1),
    ("hella~knorr-bremse", "Knorr-Bremse withdraws", "2021-07", "2021-07", -1),
    ("forvia~hella", "Faurecia takes over Hella", "2021-08", "2021-12", 1),
    ("opel~stellantis", "Stellantis breaks Opel up", "2021-10", "2022-06", -1),
    ("google~microsoft", "contest of the chatbots", "2023-02", "2023-05", -1),
    ("ita-airways~lufthansa", "Lufthansa buys into ITA", "2023-03", "2023-05", 1),
)
TURNS = (*BLIND, *COUNTS, *READING)


def check_companies() -> None:
    """Raises ValueError for a company that companies.csv does not know: its turn could never show."""
    known = {company.company_id for company in seeds.companies()}
    for turn in TURNS:
        if strange := {company for name in turn.ids for company in name.split("~")} - known:
            raise ValueError(f"bench/history_turns.py, {turn.what}: {sorted(strange)} not in lake/seeds/companies.csv")
