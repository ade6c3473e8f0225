"""Last year's places, the answers of the trial, and the rules they make together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.carrying import RolledPlace
from medcounter.authoring.rolling.occurrences import roll_questions
from medcounter.authoring.rolling.roll_answers import typed_answer
from medcounter.authoring.rolling.roll_records import NewSource, Occurrence
from medcounter.authoring.rolling.rolling import rolled
from medcounter.bundle.overlay import laid_over
from medcounter.bundle.rule_folder import read_rule_folder
from medcounter.rules.load import read_bundle
from medcounter.strict_json import canonical
from tests.support.rules.rule_samples import PROVINCE, SHIPPED, Json

YUNXI = SHIPPED.parents[1] / "docs" / "examples" / "yunxi"
NEW_SOURCE = NewSource(
    "notice-2027", "2027 年度缴费通知", "医疗保障局", "A", "2026-09-20", "2026-11-30"
)
# What the trial supposes of 2027: fee 430, subsidy 724, 8 October to 31 January.
TRIAL = {
    "period-2025-10-15": "1008 0131#一",
    "period-2026-12-31": ">",
    "amount-400.00": "430#二",
    "amount-700.00": "724#二",
    "aid-80.00": "=",
    "amount-200.00": "=",
    "born-2024-01-01": "=",
    "counted-from-2025": "=",
}


def shipped_document(name: str, programme: int = 0) -> PlaceDocument:
    """A shipped part, opened as last year's."""
    return PlaceDocument.opened((SHIPPED / name).read_bytes(), programme)


def yunxi_document() -> PlaceDocument:
    """The guide's example, opened as last year's."""
    return PlaceDocument.opened((YUNXI / "yunxi-2027.json").read_bytes())


def last_year(*rules: Json, **more: object) -> PlaceDocument:
    """甲省's rules for 2026, made up of these."""
    programme = {
        "id": "province-2026",
        "region": PROVINCE,
        "scheme": "resident",
        "benefit_years": {"from": 2026, "to": 2026},
        "payment_days": {"from": "B-1:01-01", "to": "B+1:12-31"},
        "rules": list(rules),
        **more,
    }
    content = {"sources": [], "programmes": [programme], "examples": []}
    return PlaceDocument(b"", content)


def rolled_with(
    document: PlaceDocument,
    typed: Mapping[str, str],
    source: NewSource = NEW_SOURCE,
    to_year: int | None = None,
    *,
    beside: bool = True,
) -> RolledPlace:
    """Roll a place with answers as they are typed."""
    questions = {one.key: one for one in roll_questions(document, to_year)}
    answers = {key: typed_answer(questions[key], text) for key, text in typed.items()}
    return rolled(document, answers, source, to_year, beside=beside)


@cache
def shipped_payload() -> bytes:
    return read_rule_folder(SHIPPED).payload


@cache
def rolled_jiangxi() -> RolledPlace:
    """Jiangxi 2027 of the trial."""
    return rolled_with(shipped_document("jiangxi-2026.json"), TRIAL)


def book_with(place: RolledPlace, base: bytes | None = None) -> RuleBook:
    """The rules in use with a draft laid over them."""
    document = place.document
    there = shipped_payload() if base is None else base
    whole = laid_over(json.loads(there), document.content, document.vocabulary)
    payload = canonical(whole)
    sha256 = hashlib.sha256(payload).hexdigest()
    return RuleBook.open(read_bundle(payload), sha256, signed=False)


@cache
def rolled_jiangxi_book() -> RuleBook:
    return book_with(rolled_jiangxi())


def rule_of(place: RolledPlace, name: str) -> Json:
    """A rule of a rolled draft."""
    found: Json = next(one for one in place.document.own["rules"] if one["id"] == name)
    return found


def at(found: tuple[Occurrence, ...], *path: str | int) -> list[Occurrence]:
    """What was found at a path inside the programme."""
    return [one for one in found if one.path[2:] == path]


def changed_shipped(change: Mapping[str, Any]) -> bytes:
    """The shipped rules with the nation's programme changed."""
    document = json.loads(shipped_payload())
    for number, programme in enumerate(document["programmes"]):
        if programme["id"] == "national-resident":
            document["programmes"][number] = {**programme, **change}
    return json.dumps(document, ensure_ascii=False).encode()
