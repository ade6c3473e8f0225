"""Make the files of a new place: its head and one part with blanks to fill.

The national part and the places above whose rules ship are named in the head, never
copied; what they answer is not asked again. Writes nothing; no figure is
invented: what an announcement says is a blank that a check names until it is filled.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from medcounter.assess.facts import RESIDENT
from medcounter.bundle.rule_folder import NATIONAL_KEY, national_years
from medcounter.bundle.superior_parts import INHERITS_KEY, Superior, superiors
from medcounter.errors import MedCounterError
from medcounter.places.place_table import full_name
from medcounter.rules.checking.blanks import blank
from medcounter.rules.load import HEADER
from medcounter.rules.payment_conditions import WINDOW_LABELS

_FORMAT = 2
_NO_LATE = "；过后不能缴的，整条删去"
_SCHEMES = {RESIDENT: "居民医保", "flexible": "灵活就业医保"}


class NationalYearMissingError(MedCounterError):
    """程序带的全国规则没有这个年度，没有生成；请先由编制全国规则的单位续写这个年度。"""


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place whose rules are to be written.

    Attributes:
        code: Six digits.
        year: The benefit year.
        scheme: ``resident`` or ``flexible``.
        name: Chinese name; empty takes that of the nation's table, or a blank.
        on: Today, for the day of issue and of checking the source.
    """

    code: str
    year: int
    scheme: str
    name: str
    on: date


def new_place_files(place: NewPlace) -> dict[str, bytes]:
    """Return the files of a new place by name.

    Raises:
        NationalYearMissingError: The program's national part has no such year.
    """
    known = national_years(place.scheme)
    if place.year not in known:
        span = f"{min(known)} 至 {max(known)}"
        raise NationalYearMissingError(
            f"程序带的全国规则（{_SCHEMES[place.scheme]}）是 {span} 年度的，"
            f"没有 {place.year} 年度，没有生成；请先由编制全国规则的单位续写这个年度。"
        )
    return {
        HEADER: _text(_head(place)),
        f"{place.code}-{place.scheme}-{place.year}.json": _text(_part(place)),
    }


def inherited_by(place: NewPlace) -> tuple[Superior, ...]:
    """List the places above whose rules ship for the year, nearest first."""
    return tuple(one for one in superiors(place.code, place.scheme) if place.year in one.answers)


def _text(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _head(place: NewPlace) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "id": f"rules-{place.code}",
        "revision": 1,
        "issued": place.on.isoformat(),
        "review_by": f"{place.year}-12-31",
        NATIONAL_KEY: [place.scheme],
        INHERITS_KEY: [one.code for one in inherited_by(place)],
        "vocabulary": {},
    }


def _part(place: NewPlace) -> dict[str, Any]:
    name = place.name or full_name(place.code) or blank("地区名称，如 无锡市")
    return {
        "regions": [{"code": place.code, "name": name}],
        "sources": [
            {
                "id": "notice",
                "title": blank("公告标题"),
                "publisher": blank("发布单位"),
                "grade": "A",
                "published": blank(f"发布日，如 {place.year - 1}-08-20；不知道写 null，不加引号"),
                "checked": place.on.isoformat(),
            }
        ],
        "programmes": [
            {
                "id": f"{place.code}-{place.scheme}-{place.year}",
                "region": place.code,
                "scheme": place.scheme,
                "benefit_years": {"from": place.year, "to": place.year},
                "payment_days": {
                    "from": blank("来源说得到的第一个缴费日，如 B-1:09-01"),
                    "to": blank("来源说得到的最后一个缴费日，如 B:12-31"),
                },
                "rules": _rules(place),
            }
        ],
        "examples": _examples(place),
    }


def _rules(place: NewPlace) -> list[dict[str, Any]]:
    label = f"{place.year} 年度个人缴费"
    rules = [
        _window(place, "main", "{payment_date} 在集中征缴期 {window_from} 至 {window_to} 内。"),
        _window(place, "late", "{payment_date} 已过集中征缴期。"),
        _rule(
            "standard",
            {"items": [{"code": "standard", "label": label, "amount": _amount("400.00")}]},
            "个人缴费标准 {standard} 元。",
        ),
    ]
    if place.scheme == RESIDENT:
        rules.append(_rule("subsidy", {"amount": _amount("700.00")}, "财政另行补助 {amount} 元。"))
    told = frozenset[str]().union(*(one.answers[place.year] for one in inherited_by(place)))
    return [rule for rule in rules if rule["question"] not in told]


def _amount(usual: str) -> str:
    return blank(f"金额，如 {usual}；来源没有写就写 null，不加引号，状态改 unsettled，加一句 doubt")


def _window(place: NewPlace, kind: str, applies: str) -> dict[str, Any]:
    label = WINDOW_LABELS[kind]
    year = place.year
    first, last, fails, otherwise = {
        "main": (f"{year - 1}-09-01", f"{year - 1}-12-31", f"不在{label}内", ""),
        "late": (f"{year}-01-01", f"{year}-12-31", f"不在{label}的缴费日内", _NO_LATE),
    }[kind]
    when = {
        "test": "paid",
        "from": blank(f"{label}第一天，如 {first}{otherwise}"),
        "to": blank(f"{label}最后一天，如 {last}{otherwise}"),
    }
    rule = _rule("window", {"kind": kind, "label": label}, applies)
    return {**rule, "id": kind, "when": when, "exception_to": ["closed"], "fails": fails}


def _rule(question: str, answer: dict[str, Any], applies: str) -> dict[str, Any]:
    return {
        "id": question,
        "question": question,
        "answer": answer,
        "source": "notice",
        "clause": blank("第几条"),
        "status": "confirmed",
        "applies": applies,
    }


def _examples(place: NewPlace) -> list[dict[str, Any]]:
    """Ask for one resident of each period, worked out by hand beforehand."""
    fee = blank("应缴多少，如 400.00，先在纸上算")
    main = {"fee.total": fee, "coverage.from": blank(f"从哪天起享受，如 {place.year}-01-01")}
    examples = [_example(place, "main", "集中征缴期内的一天", main)]
    if place.scheme == RESIDENT:
        after = blank(f"等待期过后从哪天起享受，如 {place.year}-06-05")
        late = f"集中征缴期外的一天，如 {place.year}-03-05{_NO_LATE}"
        examples.append(_example(place, "late", late, {"fee.total": fee, "coverage.from": after}))
    return examples


def _example(place: NewPlace, kind: str, paid: str, expect: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"in-the-{kind}-period",
        "facts": {
            "region": place.code,
            "scheme": place.scheme,
            "benefit_year": place.year,
            "payment_date": blank(paid),
            "birth_date": blank("出生日期，如 1990-05-01"),
        },
        "expect": expect,
        "basis": "derived",
        "source": "notice",
    }
