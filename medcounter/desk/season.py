"""What a new draft begins with: the hall's place and the year in season."""

from __future__ import annotations

from datetime import date

from medcounter.assess import assess
from medcounter.assess.assessment import Assessment
from medcounter.assess.facts import Facts
from medcounter.assess.rule_book import RuleBook
from medcounter.desk.draft import Draft
from medcounter.settings import Settings

_MAIN = "main"


def new_draft(settings: Settings, book: RuleBook, on: date) -> Draft:
    """Give an empty draft.

    Without a set region the first place with rules stands there; without a
    set year the one in season.
    """
    covered = {place.code: place.covered for place in book.regions()}
    region = settings.region or next(iter(covered), "")
    years = sorted(
        one.benefit_year for one in book.covered(region) if one.scheme == settings.scheme
    )
    year = settings.benefit_year or year_in_season(region, settings.scheme, years, book, on)
    return Draft(region=region, scheme=settings.scheme, benefit_year=year)


def year_in_season(region: str, scheme: str, years: list[int], book: RuleBook, on: date) -> int:
    """Choose the year that is paid for on a day.

    The latest year in whose main window the day lies, else the calendar
    year, else the covered year nearest to it.
    """
    for year in reversed(years):
        answer = assess(Facts(region, year, on, scheme), book)
        if isinstance(answer, Assessment) and answer.window.kind == _MAIN:
            return year
    return min(years, key=lambda year: (abs(year - on.year), -year), default=on.year)
