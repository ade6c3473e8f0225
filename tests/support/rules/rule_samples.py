"""Bundles, rules and facts for the tests of rules and assessment.

The good bundle in tests/data is invented: 甲省 (990000) and its city (990100).
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.prove.proof import prove_years
from medcounter.places.place_table import full_name
from medcounter.rules.bundle import Bundle
from medcounter.rules.load import join_parts, read_bundle

Json = dict[str, Any]

TESTS = Path(__file__).resolve().parents[2]
DATA = TESTS / "data"
BUNDLES = DATA / "bundles"
SHIPPED = TESTS.parent / "resources" / "bundles"
PROVINCE, CITY = "990000", "990100"


def read_json(path: Path) -> Any:  # noqa: ANN401 -- JSON may be anything
    return json.loads(path.read_text(encoding="utf-8"))


def good() -> Json:
    """A copy of the good bundle, to be changed at will."""
    document: Json = copy.deepcopy(read_json(BUNDLES / "good.json"))
    return document


def nation() -> Json:
    """The good bundle's nation: every question answered but window and fee."""
    programme: Json = good()["programmes"][0]
    return programme


def rule(name: str, question: str, answer: Json, **more: object) -> Json:
    """A rule as an author writes it; confirmed unless said otherwise."""
    when = {"when": more.pop("when")} if "when" in more else {}
    stated = {"source": "order", "clause": "一", "status": "confirmed", "applies": "按本条。"}
    return {"id": name, "question": question, **when, "answer": answer, **stated, **more}


def window(kind: str, first: str, last: str, **more: object) -> Json:
    """A window rule whose condition is its own interval."""
    answer = {"kind": kind, "from": first, "to": last, "label": "缴费期"}
    when = {"test": "paid", "from": first, "to": last}
    return rule(kind, "window", answer, **{"when": when, "exception_to": ["closed"], **more})


def standard(amount: str | None, **more: object) -> Json:
    """A one-item standard."""
    items = [{"code": "standard", "label": "个人缴费", "amount": amount}]
    return rule("standard", "standard", {"items": items}, **more)


def programme(rules: Sequence[Json], **more: object) -> Json:
    """甲省's programme for 2026 with these rules."""
    return {
        "id": "province",
        "region": PROVINCE,
        "scheme": "resident",
        "benefit_years": {"from": 2026, "to": 2026},
        "payment_days": {"from": "B-1:01-01", "to": "B+1:12-31"},
        "rules": list(rules),
        **more,
    }


def bundle_of(*programmes: Json, **more: object) -> Json:
    """The good bundle with these programmes in place of its places'."""
    return {**good(), "programmes": list(programmes), "examples": [], **more}


def read(document: Json) -> Bundle:
    return read_bundle(json.dumps(document).encode())


def book_of(document: Json, *, signed: bool = True) -> RuleBook:
    data = json.dumps(document).encode()
    return RuleBook.open(read_bundle(data), hashlib.sha256(data).hexdigest(), signed=signed)


def province_book(*rules: Json, **more: object) -> RuleBook:
    """A rule book of the nation and 甲省 with these rules on top."""
    return book_of(bundle_of(nation(), programme(rules), **more))


def proven(book: RuleBook) -> RuleBook:
    """A rule book without gap or overlap, but for a subsidy that nobody states."""
    findings = [one for year in prove_years(book.bundle) for one in year.proof.findings]
    assert [finding for finding in findings if finding.question != "subsidy"] == []
    return book


@cache
def good_book() -> RuleBook:
    return book_of(good())


@cache
def shipped_book(*names: str) -> RuleBook:
    """The rules that ship, joined from their parts; only the named parts if any."""
    paths = (
        [SHIPPED / name for name in ("bundle.json", *names)] if names else SHIPPED.glob("*.json")
    )
    data = join_parts({path.name: path.read_bytes() for path in paths})
    sha256 = hashlib.sha256(data).hexdigest()
    return RuleBook.open(read_bundle(data), sha256, signed=False, place_name=full_name)


def facts(paid: str, /, **more: Any) -> Facts:  # noqa: ANN401 -- any fact
    """Facts of an ordinary resident of 甲省 for 2026."""
    return Facts(
        **{
            "region": PROVINCE,
            "benefit_year": 2026,
            "payment_date": date.fromisoformat(paid),
            **more,
        }
    )


def assessed(known: Facts, book: RuleBook | None = None) -> Assessment:
    """The assessment of facts that have no problem."""
    answer = assess(known, book or good_book())
    assert isinstance(answer, Assessment), answer
    return answer
