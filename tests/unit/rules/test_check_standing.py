"""A rule may be no surer than its source, and may not ask what comes later."""

import json

import pytest

from medcounter.rules.faults import BundleUnreadableError, Fault
from medcounter.rules.load import read_bundle
from tests.support.rules.rule_samples import (
    Json,
    bundle_of,
    nation,
    programme,
    rule,
    standard,
    window,
)

MAIN = window("main", "2025-09-01", "2025-12-20")
WAITS = {"test": "outcome", "of": "waits", "is": True}
PAGE = {
    "id": "page",
    "title": "攻略（网页）",
    "publisher": "网络聚合页面",
    "grade": "C",
    "published": None,
    "checked": "2026-01-15",
}


def faults(*rules: Json, bundle_format: int = 2) -> tuple[Fault, ...]:
    whole = bundle_of(nation(), programme([MAIN, standard("400.00"), *rules]))
    whole |= {"format": bundle_format, "sources": [*whole["sources"], PAGE]}
    try:
        read_bundle(json.dumps(whole).encode())
    except BundleUnreadableError as err:
        return err.faults
    return ()


def aid(**more: object) -> Json:
    return rule("aid", "concession", {"pays": "0.00"}, grounds=["orphan"], **more)


def test_a_web_page_confirms_nothing() -> None:
    (fault,) = faults(aid(source="page"))
    assert fault.path == "programmes[1].rules[2].status"
    assert "C 级" in fault.text
    assert "assumed" in fault.text


def test_a_web_page_may_be_assumed_from() -> None:
    assert faults(aid(source="page", status="assumed", doubt="只有网页这样写。")) == ()


def test_what_is_in_force_in_format_1_stays_as_it_is() -> None:
    assert faults(aid(source="page"), bundle_format=1) == ()
    late = aid(when=WAITS)
    assert faults(late, bundle_format=1) == ()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("standard", {"items": [{"code": "s", "label": "费", "amount": None}]}),
        ("subsidy", {"amount": None}),
        ("concession", {"unknown": True}),
    ],
)
def test_an_amount_that_no_source_gives_is_not_confirmed(question: str, answer: Json) -> None:
    """Found while a place was written: a fee of null stood without a doubt."""
    when = {"test": "identity", "any_of": ["orphan"]}
    more = {"grounds": ["orphan"]} if question == "concession" else {}
    mine = rule("mine", question, answer, when=when, **more)
    (fault,) = faults(mine)
    assert fault.path == "programmes[1].rules[2].status"
    assert "不能写已确认" in fault.text
    assert faults(mine | {"status": "unsettled", "doubt": "没有找到。"}) == ()


@pytest.mark.parametrize(
    ("when", "path"),
    [
        (WAITS, "when"),
        ({"test": "all", "of": [{"test": "lapsed", "from": 1}, WAITS]}, "when.of[1]"),
        ({"test": "not", "of": {"test": "any", "of": [WAITS]}}, "when.of.of[0]"),
    ],
)
def test_a_fee_that_hangs_on_the_wait_would_never_be_asked(when: Json, path: str) -> None:
    """Found in a trial: a Beijing pensioner paid 795.00 in place of 460.00."""
    (fault,) = faults(aid(when=when))
    assert fault.path == f"programmes[1].rules[2].{path}"
    assert "永远不会成立" in fault.text


def test_a_reading_may_not_ask_it_either() -> None:
    reading = {"when": WAITS, "text": "等待的人才免"}
    (fault,) = faults(aid(status="assumed", doubt="没有写清。", readings=[reading]))
    assert fault.path == "programmes[1].rules[2].readings[0].when"


def test_a_remark_comes_after_the_wait_and_may_ask_it() -> None:
    told = rule("told", "remark", {"code": "told", "level": "info"}, when=WAITS)
    assert faults(told) == ()
