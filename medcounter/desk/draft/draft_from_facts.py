"""Rebuild a draft from facts, as if it had been typed.

Used to correct a notice, for a known person, and for a line of a list. Pure;
whether a notice may be corrected is decided by the ledger.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from medcounter.assess.facts import Facts, UncheckedFacts
from medcounter.assess.stored_facts import stored_facts
from medcounter.desk.draft.draft import Draft
from medcounter.identity.id_number import OVERRIDE_MARK, IdFault, IdNumber, read_id
from medcounter.rules.case import AnswerValue
from medcounter.store.ledger.corrections import StatedFacts

if TYPE_CHECKING:
    from medcounter.notice.content.notice import Notice

_SPOKEN = {True: "是", False: "否"}


def recalled_draft(notice: Notice, stated: StatedFacts) -> Draft:
    """Return the draft that corrects a notice: all that was told, and its number.

    The day of payment is left open where it was the day of issue, so that
    the correction is counted for the day it is made.
    """
    facts, issued = stored_facts(stated.facts), notice.issued_at.date()
    draft = draft_from_facts(facts, stated.name, stated.id_number, issued)
    return replace(
        draft,
        benefit_year=draft.benefit_year or notice.benefit_year,
        agent=notice.person.agent,
        agent_relation=notice.person.relation,
        clerk_words=notice.clerk_words,
        replaces=notice.number or "",
    )


def draft_from_facts(facts: Facts | UncheckedFacts, name: str, id_number: str, on: date) -> Draft:
    """Return the draft somebody would have typed for facts.

    Args:
        facts: Of one person.
        name: The person's name.
        id_number: Whole; empty for a newborn without one.
        on: The day at the counter; a payment on that day is left open.
    """
    return Draft(
        region=facts.region or "",
        scheme=facts.scheme,
        benefit_year=facts.benefit_year or 0,
        name=name,
        id_number=_id_text(id_number),
        birth_date=_birth_as_typed(id_number, facts.birth_date),
        payment_date="" if facts.payment_date in {None, on} else f"{facts.payment_date}",
        categories=facts.categories,
        events=tuple((event.kind, event.date.isoformat()) for event in facts.events),
        insured_years=facts.insured_years,
        repair_years=f"{facts.repair_years or ''}",
        answers=tuple(sorted((code, _answer_as_typed(value)) for code, value in facts.answers)),
    )


def _id_text(id_number: str) -> str:
    """Write a number as it would be typed, insisted on where it was before."""
    return f"{id_number}{OVERRIDE_MARK}" if isinstance(read_id(id_number), IdFault) else id_number


def _birth_as_typed(id_number: str, birth: date | None) -> str:
    read = read_id(id_number)
    by_number = read.birth_date if isinstance(read, IdNumber) else None
    return "" if birth is None or birth == by_number else birth.isoformat()


def _answer_as_typed(value: AnswerValue) -> str:
    if isinstance(value, bool):
        return _SPOKEN[value]
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return str(value)
