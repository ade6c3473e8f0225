"""What stands in where a draft is not filled in, so that the rest of it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from medcounter.assess.facts import RESIDENT
from medcounter.authoring.document.document_path import Json
from medcounter.rules.bundle import Bundle, Programme, Scheme, Source, Years
from medcounter.rules.inherit import programme_chain
from medcounter.rules.questions import Rule, StandardRule, SubsidyRule
from medcounter.rules.rule import Validity

STAND_IN = "not-filled-in"
# An example may be asked of a stand-in, and each step of an answer names a source.
NO_SOURCE = Source.model_validate(
    {
        "id": STAND_IN,
        "title": "还没有填写",
        "publisher": "—",
        "grade": "C",
        "published": None,
        "checked": "2026-01-01",
    }
)
# What a programme needs beside its lists, and what stands in where it is not filled in.
_NEEDED: Mapping[str, tuple[TypeAdapter[Any], Json]] = {
    "id": (TypeAdapter(str), STAND_IN),
    "scheme": (TypeAdapter(Scheme), RESIDENT),
    "benefit_years": (TypeAdapter(Years), None),
    "payment_days": (TypeAdapter(Validity), {"from": "B-1:07-01", "to": "B:12-31"}),
}


def mended(whole: dict[str, Json]) -> dict[str, Json]:
    """Put stand-ins where a programme's head is not filled in.

    A programme whose payment days are wrong says as much of its rules as any other.
    """
    programmes = []
    listed = whole["programmes"]
    for one in listed if isinstance(listed, list) else ():
        programme = one
        if isinstance(programme, dict):
            for key, (adapter, stand_in) in _NEEDED.items():
                if stand_in is not None and not _fits(adapter, programme.get(key)):
                    programme = {**programme, key: stand_in}
        programmes.append(programme)
    return {**whole, "programmes": programmes}


def _fits(adapter: TypeAdapter[Any], value: Json) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


def stand_ins_of(bundle: Bundle, own: Programme) -> Iterator[Rule]:
    """Make a rule without a figure for each part of the fee not answered yet."""
    years = own.benefit_years
    chains = (
        programme_chain(bundle, own.region, own.scheme, year)
        for year in range(years.start, years.end + 1)
    )
    given = {rule.question for chain in chains for one in chain for rule in one.rules}
    common = {
        "id": STAND_IN, "source": STAND_IN, "clause": "—", "status": "unsettled",
        "doubt": "还没有填写。", "applies": "还没有填写。",
    }  # fmt: skip
    if "standard" not in given:
        item = {"code": STAND_IN, "label": "还没有填写", "amount": None}
        yield StandardRule.model_validate(
            {**common, "question": "standard", "answer": {"items": [item]}}
        )
    if "subsidy" not in given and own.scheme == RESIDENT:
        rule = {**common, "id": f"{STAND_IN}-subsidy", "question": "subsidy"}
        yield SubsidyRule.model_validate({**rule, "answer": {"amount": None}})
