"""Initial values of a new draft: the hall's place and the year in season."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.season import year_in_season
from medcounter.settings import Settings


def new_draft(settings: Settings, book: RuleBook, on: date) -> Draft:
    """Return an empty draft.

    A hall that has not set its place is asked for it, never given one:
    another place's rules would answer just as readily. Without a set year
    the one in season stands there.
    """
    region, scheme = settings.region, settings.scheme
    year = settings.benefit_year or year_in_season(region, scheme, book, on)
    return Draft(region=region, scheme=scheme, benefit_year=year)


def next_draft(settings: Settings, book: RuleBook, on: date, before: Draft) -> Draft:
    """Return the empty draft for the next person: of the hall's own place.

    One resident from elsewhere does not leave their place to all who follow.
    Only a hall that has not set its place goes on with the one that stands
    there, which a clerk chose. At an unchanged place the chosen scheme and
    year stay.

    Args:
        settings: What the hall has set.
        book: The rules in use.
        on: Today.
        before: Of whoever stands there now.
    """
    if not settings.region:
        settings = replace(settings, region=before.region, scheme=before.scheme)
    draft = new_draft(settings, book, on)
    if draft.region != before.region:
        return draft
    return replace(draft, scheme=before.scheme, benefit_year=before.benefit_year)
