"""Serialise an assessment to plain values in the shape of the JSON contract.

Dates are ISO text, money is a decimal string in yuan, None is null. Parsing
is ``read_facts``. Source: docs/contract.md.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from medcounter.assess.assessment import (
    Assessment,
    Citation,
    Coverage,
    Fee,
    Hint,
    Incentive,
    Stamp,
    Step,
    Wait,
)
from medcounter.assess.facts import Facts
from medcounter.assess.local_rules import LocalRules
from medcounter.money import show_yuan
from medcounter.strict_json import canonical

# The engine whose answers did not yet say whose rules they used.
_WITHOUT_WHOSE = "2"


def facts_json(facts: Facts) -> dict[str, Any]:
    """Write facts as the contract has them; every key present."""
    return {
        "region": facts.region,
        "scheme": facts.scheme,
        "benefit_year": facts.benefit_year,
        "payment_date": facts.payment_date.isoformat(),
        "birth_date": _iso(facts.birth_date),
        "categories": list(facts.categories),
        "events": [{"kind": event.kind, "date": event.date.isoformat()} for event in facts.events],
        "insured_years": None if facts.insured_years is None else list(facts.insured_years),
        "repair_years": facts.repair_years,
        "answers": {
            code: list(value) if isinstance(value, tuple) else value
            for code, value in facts.answers
        },
    }


def facts_hash(facts: Facts) -> str:
    """Hash facts in canonical form: SHA-256, hex."""
    return hashlib.sha256(canonical(facts_json(facts))).hexdigest()


def assessment_json(answer: Assessment) -> dict[str, Any]:
    """Write an assessment as the contract has it; every key present.

    An answer of an earlier engine has the keys of its time.
    """
    whose = answer.rules_of
    known = None if whose is None else _plain(whose, ("code", "name"))
    later: dict[str, Any] = {}
    if answer.stamp.engine != _WITHOUT_WHOSE:
        later["rules_of"] = known
    if answer.hall_rules is not None:
        later["hall_rules"] = _hall_rules(answer.hall_rules)
    return {
        "region": {"code": answer.region.code, "name": answer.region.name},
        "scheme": answer.scheme,
        "benefit_year": answer.benefit_year,
        "payable": answer.payable,
        "window": {
            "kind": answer.window.kind,
            "from": _iso(answer.window.start),
            "to": _iso(answer.window.end),
            "label": answer.window.label,
        },
        "next_window": _iso(answer.next_window),
        "category": answer.category,
        "exemption": answer.exemption,
        "lapsed_years": answer.lapsed_years,
        "fee": None if answer.fee is None else _fee(answer.fee),
        "wait": None if answer.wait is None else _wait(answer.wait),
        "coverage": None if answer.coverage is None else _coverage(answer.coverage),
        "incentive": None if answer.incentive is None else _incentive(answer.incentive),
        "remarks": [_plain(remark, ("code", "level", "text")) for remark in answer.remarks],
        "doubts": [
            _plain(doubt, ("field", "status", "text", "value", "other", "rule"))
            for doubt in answer.doubts
        ],
        "steps": [_step(step) for step in answer.steps],
        "hints": [_hint(hint) for hint in answer.hints],
        "advice": [
            _plain(entry, ("kind", "code", "label", "text", "source", "grade"))
            for entry in answer.advice
        ],
        "sources": [_source(citation) for citation in answer.citations],
        "stamp": _stamp(answer.stamp),
        "facts": None if answer.facts is None else facts_json(answer.facts),
        **later,
    }


def _stamp(stamp: Stamp) -> dict[str, Any]:
    names = ("bundle", "revision", "sha256", "signed", "engine", "facts_sha256")
    listed = [_plain(one, ("bundle", "revision", "sha256")) for one in stamp.bundles]
    # Where an office's rules alone answer, the stamp is what it always was.
    return {**_plain(stamp, names), **({"bundles": listed} if listed else {})}


def _hall_rules(made: LocalRules) -> dict[str, Any]:
    return {**_plain(made, ("author", "reviewer")), "released": _iso(made.released)}


def _plain(record: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else show_yuan(fen)


def _fee(fee: Fee) -> dict[str, Any]:
    names = ("total", "standard", "aid", "contribution", "repair", "subsidy")
    lines = [
        {"code": line.code, "label": line.label, "amount": _yuan(line.amount)} for line in fee.lines
    ]
    return {**{name: _yuan(getattr(fee, name)) for name in names}, "lines": lines}


def _wait(wait: Wait) -> dict[str, Any]:
    counts = _plain(wait, ("fixed", "variable", "repaired", "total", "unit"))
    return {"from": _iso(wait.start), "to": _iso(wait.end), **counts}


def _coverage(cover: Coverage) -> dict[str, Any]:
    return {"from": _iso(cover.start), "to": _iso(cover.end), "days": cover.days}


def _incentive(incentive: Incentive) -> dict[str, Any]:
    names = ("continuous", "zero_claim", "penalty", "change", "cap")
    amounts = {name: _yuan(getattr(incentive, name)) for name in names}
    # A place without such steps answers as the contract shows it.
    rate = {} if incentive.rate is None else {"rate": f"{incentive.rate:f}"}
    return {"continuous_years": incentive.continuous_years, **amounts, **rate}


def _step(step: Step) -> dict[str, Any]:
    names = ("question", "label", "rule", "text", "source", "clause", "grade", "status")
    rejected = [_plain(entry, ("rule", "text", "defeated_by")) for entry in step.rejected]
    return {**_plain(step, names), "rejected": rejected}


def _hint(hint: Hint) -> dict[str, Any]:
    return {"field": hint.field, "value": _iso(hint.value), "text": hint.text}


def _source(citation: Citation) -> dict[str, Any]:
    plain = _plain(citation, ("id", "title", "publisher", "grade"))
    days = {"published": _iso(citation.published), "checked": _iso(citation.checked)}
    return {**plain, **days}
