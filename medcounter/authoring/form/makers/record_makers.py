"""Sources, codes, advice, remarks and examples: what says no figure itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from medcounter.assess.facts import RESIDENT
from medcounter.authoring.document.document_path import Json, NoSuchPlaceError, objects_in
from medcounter.authoring.document.place_document import VOCABULARY
from medcounter.authoring.form.derive.condition_saying import first_year
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_sections import TELL
from medcounter.authoring.form.inheritance import InheritedRule
from medcounter.authoring.form.makers.new_rules import (
    Placed,
    Wish,
    last_clause,
    last_source,
    placed,
)
from medcounter.json_path import JsonPath
from medcounter.rules.checking.blanks import blank

_LABEL = blank("名称")


def source(names: FormNames, on: date) -> Placed:
    """Add a source: an announcement, an article, a page."""
    region = names.document.own.get("region", "source")
    record = {
        "id": _fresh(names.sources, f"notice-{region}-{first_year(names)}"),
        "title": blank("标题"),
        "publisher": blank("发布单位"),
        "grade": "A",
        "published": blank("发布日；没有写的打“？”"),
        "checked": on.isoformat(),
    }
    return _appended(names, ("sources",), record)


def remark(names: FormNames) -> Placed:
    """Add a sentence that residents must be told."""
    taken = _named(names.document.own.get("rules"), "id")
    code = _fresh(taken, "remark-1")
    answer = {"level": "info", "code": code}
    return placed(names, Wish("remark", code, answer, more={"applies": blank("要告诉的话")}))


def advice(names: FormNames) -> Placed:
    """Add a channel, a document to bring, or the like."""
    known = _named(names.document.own.get("advice"), "code")
    record = {
        "kind": "channel",
        "code": _fresh(known, "advice-1"),
        "label": _LABEL,
        "text": "",
        "source": last_source(names),
        "clause": last_clause(names, TELL),
    }
    return _appended(names, (*names.document.base, "advice"), record)


def conflict(names: FormNames) -> Placed:
    """Add what another page says otherwise."""
    known = _named(names.document.own.get("conflicts"), "id")
    record = {
        "id": _fresh(known, "conflict-1"),
        "about": blank("说的是什么"),
        "says": blank("别处怎么说"),
        "used": blank("这里用什么，为什么"),
        "source": blank("哪个来源"),
        "clause": blank("第几条"),
    }
    return _appended(names, (*names.document.base, "conflicts"), record)


def drop(names: FormNames, above: InheritedRule) -> Placed:
    """Say that a rule from above does not hold here."""
    record = {
        "rule": above.rule["id"],
        "source": last_source(names),
        "clause": last_clause(names, ""),
        "reason": blank("为什么在这里不成立"),
    }
    return _appended(names, (*names.document.base, "drops"), record)


def accepted(names: FormNames) -> Placed:
    """Add the answer to a warning."""
    record = {
        "warning": blank("哪种提醒"),
        "where": blank("说的是哪里，照提醒里写的"),
        "reason": blank("为什么这样是对的"),
    }
    return _appended(names, (*names.document.base, "accepted"), record)


def asked(names: FormNames) -> Placed:
    """Add a free question that is asked here."""
    record = {"code": blank("哪个问题"), "choices": []}
    return _appended(names, (*names.document.base, "asks"), record)


def own_term(names: FormNames, key: str, wish: str) -> Placed:
    """Add an identity, an event or a question that the built-in ones lack."""
    listed = _named(names.document.vocabulary.get(key), "code")
    joint = "_" if key == "answers" else "-"
    code = _fresh((*listed, *_codes_above(names, key)), f"{wish}{joint}1", joint)
    record: dict[str, Json] = {"code": code, "label": _LABEL}
    if key == "answers":
        record["kind"] = "bool"
    return _appended(names, (VOCABULARY, key), record)


def example(names: FormNames) -> Placed:
    """Add a worked case, figured on paper."""
    own = names.document.own
    scheme = {} if own.get("scheme") == RESIDENT else {"scheme": own.get("scheme")}
    known = _named(names.document.content.get("examples"), "id")
    record = {
        "id": _fresh(known, f"example-{own.get('region', '')}-{first_year(names)}-1"),
        "facts": {
            "region": own.get("region", ""),
            **scheme,
            "benefit_year": first_year(names),
            "payment_date": blank("哪天缴费"),
        },
        "expect": {"fee.total": blank("应缴多少"), "coverage.from": blank("从哪天起享受")},
        "basis": "derived",
        "source": last_source(names),
    }
    return _appended(names, ("examples",), record)


def _appended(names: FormNames, where: JsonPath, record: Json) -> Placed:
    document = names.document
    if not document.has(where):
        document = document.replaced(where, [])
    listed = document.at(where)
    if not isinstance(listed, list):
        raise NoSuchPlaceError
    path: JsonPath = (*where, len(listed))
    return Placed(document.inserted(path, record), path)


def _codes_above(names: FormNames, key: str) -> Iterable[str]:
    vocabulary = names.base.get(VOCABULARY, {})
    return _named(vocabulary.get(key), "code")


def _named(records: Json, key: str) -> list[str]:
    """List the names that records have, by the key of the name."""
    return [str(one.get(key)) for _, one in objects_in(records)]


def _fresh(taken: Iterable[str], wish: str, joint: str = "-") -> str:
    """Make a code that is not taken: the wish, or with the next number."""
    known = set(taken)
    if wish not in known:
        return wish
    stem, _, last = wish.rpartition(joint)
    counted = stem if last.isdecimal() and len(last) < len("2026") else wish
    number = 2
    while f"{counted}{joint}{number}" in known:
        number += 1
    return f"{counted}{joint}{number}"
