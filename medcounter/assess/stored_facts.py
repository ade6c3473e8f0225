"""Read the facts that were stored with a notice.

They were checked when it was issued. Here they are only read, so that a code which
the rules have given up since keeps nobody from being served again.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from medcounter.assess.facts import RESIDENT, Event, UncheckedFacts
from medcounter.rules.case import AnswerValue
from medcounter.strict_json import read_strict


def stored_facts(body: bytes) -> UncheckedFacts:
    """Return facts from the JSON that a notice was stored with.

    Args:
        body: As ``contract.facts_json`` wrote it; keys that later versions
            added may be missing.
    """
    read = read_strict(body)
    raw: dict[str, Any] = read if isinstance(read, dict) else {}
    insured = raw.get("insured_years")
    return UncheckedFacts(
        region=raw.get("region"),
        benefit_year=raw.get("benefit_year"),
        payment_date=_day(raw.get("payment_date")),
        scheme=raw.get("scheme") or RESIDENT,
        birth_date=_day(raw.get("birth_date")),
        categories=tuple(raw.get("categories") or ()),
        events=tuple(
            Event(one["kind"], date.fromisoformat(one["date"])) for one in raw.get("events") or ()
        ),
        insured_years=None if insured is None else tuple(insured),
        repair_years=raw.get("repair_years") or 0,
        answers=tuple(
            (code, _answer(value)) for code, value in sorted((raw.get("answers") or {}).items())
        ),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _answer(value: Any) -> AnswerValue:  # noqa: ANN401 - a value of JSON
    answer: AnswerValue = tuple(value) if isinstance(value, list) else value
    return answer
