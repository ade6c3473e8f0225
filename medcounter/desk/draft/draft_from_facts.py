"""Rebuild a draft from facts, as if it had been typed.

Used to correct a notice, for a known person, and for a line of a list. Pure;
whether a notice may be corrected is decided by the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from medcounter.desk.draft.draft import Draft
from medcounter.identity.id_number import OVERRIDE_MARK, IdFault, IdNumber, read_id
from medcounter.notice.content.notice import Notice
from medcounter.store.ledger.marks import StatedFacts
from medcounter.strict_json import read_strict

_SPOKEN = {True: "是", False: "否"}


def recalled_draft(notice: Notice, told: StatedFacts) -> Draft:
    """Return the draft that corrects a notice: all that was told, and its number.

    The day of payment is left open where it was the day of issue, so that
    the correction is counted for the day it is made.
    """
    read = read_strict(told.facts)
    facts: dict[str, Any] = read if isinstance(read, dict) else {}
    draft = draft_from_facts(facts, told.name, told.id_number, notice.issued_at.date())
    return replace(
        draft,
        benefit_year=draft.benefit_year or notice.benefit_year,
        agent=notice.person.agent,
        agent_relation=notice.person.relation,
        replaces=notice.number or "",
    )


def draft_from_facts(facts: Mapping[str, Any], name: str, id_number: str, on: date) -> Draft:
    """Return the draft somebody would have typed for facts of the contract.

    Args:
        facts: Of one person, as the contract has them.
        name: The person's name.
        id_number: Whole; empty for a newborn without one.
        on: The day at the counter; a payment on that day is left open.
    """
    insured = facts.get("insured_years")
    return Draft(
        region=facts.get("region") or "",
        scheme=facts.get("scheme") or "resident",
        benefit_year=facts.get("benefit_year") or 0,
        name=name,
        id_number=_id_text(id_number),
        birth_date=_birth_as_typed(id_number, facts.get("birth_date") or ""),
        payment_date=_paid_as_typed(on, facts.get("payment_date") or ""),
        categories=tuple(facts.get("categories") or ()),
        events=tuple((event["kind"], event["date"]) for event in facts.get("events") or ()),
        insured_years=None if insured is None else tuple(insured),
        repair_years=f"{facts['repair_years']}" if facts.get("repair_years") else "",
        answers=tuple(
            sorted(
                (code, _answer_as_typed(value))
                for code, value in (facts.get("answers") or {}).items()
            )
        ),
    )


def _id_text(id_number: str) -> str:
    """Write a number as it would be typed, insisted on where it was before."""
    return f"{id_number}{OVERRIDE_MARK}" if isinstance(read_id(id_number), IdFault) else id_number


def _birth_as_typed(id_number: str, birth: str) -> str:
    read = read_id(id_number)
    told = read.birth_date if isinstance(read, IdNumber) else None
    return "" if told is not None and told.isoformat() == birth else birth


def _paid_as_typed(issued: date, paid: str) -> str:
    return "" if paid == issued.isoformat() else paid


def _answer_as_typed(value: object) -> str:
    if isinstance(value, bool):
        return _SPOKEN[value]
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)
