"""Regions with rules unlike any in the rule book, as an author would write them.

All live in the same invented province; each is proven when it is opened.
"""

from functools import cache
from typing import Any

from medcounter.assess import RuleBook
from medcounter.assess.prove.activation import activate
from tests.support.rules.rule_samples import (
    Json,
    bundle_of,
    nation,
    programme,
    read,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:09-01", "B-1:12-31")
LATE = window("late", "B:01-01", "B:12-31")
IN_LATE: Json = {"test": "window", "kinds": ["late"]}


def region(*rules: Json, **more: Any) -> RuleBook:  # noqa: ANN401 -- any key of a bundle
    """A proven rule book of the nation and one province with these rules."""
    keys = ("asks", "benefit_years", "payment_days", "scheme")
    own = {key: more.pop(key) for key in keys if key in more}
    if not any(entry["question"] == "subsidy" for entry in rules) and "scheme" not in own:
        rules = (*rules, rule("subsidy", "subsidy", {"amount": "700.00"}))
    above = {**nation(), "scheme": own.get("scheme", "resident")}
    document = bundle_of(above, programme(rules, **own), **more)
    return activate(read(document), "", signed=False)


def read_otherwise(name: str, question: str, answer: Json, *others: Json, **more: object) -> Json:
    """A rule with one doubt that says how else its source may be read."""
    readings = [{"text": "另一种读法", **other} for other in others]
    stated = {"status": "assumed", "doubt": "来源没有写明。", "readings": readings}
    return rule(name, question, answer, **{**stated, **more})


def all_of(*parts: Json) -> Json:
    return {"test": "all", "of": list(parts)}


def not_(part: Json) -> Json:
    return {"test": "not", "of": part}


def answered(code: str, value: object) -> Json:
    return {"test": "answer", "code": code, "is": value}


def items(*parts: tuple[str, str, object]) -> Json:
    return {
        "items": [{"code": code, "label": label, "amount": amount} for code, label, amount in parts]
    }


@cache
def by_age() -> RuleBook:
    """Two whole months of waiting; a fee by age on 1 January; students pay their own."""
    age = {"test": "age", "on": "B:01-01"}
    return region(
        MAIN,
        LATE,
        {**standard("200.00", when={**age, "to": 17}), "id": "child"},
        {**standard("400.00", when={**age, "from": 18, "to": 59}), "id": "adult"},
        {**standard("300.00", when={**age, "from": 60}), "id": "old"},
        rule("student", "concession", {"standard": "150.00"}, grounds=["student"]),
        rule(
            "own-wait",
            "fixed-wait",
            {"length": 2, "unit": "whole-month"},
            replaces="fixed-wait",
            when=IN_LATE,
            exception_to=["no-fixed-wait"],
        ),
        rule("no-variable", "variable-wait", {"per_year": 0}, replaces="variable-wait"),
    )


@cache
def full_cost() -> RuleBook:
    """From 1 July the personal standard plus the subsidy, some groups excepted."""
    excepted = {
        "test": "any",
        "of": [
            {"test": "identity", "any_of": ["destitute", "low-income"]},
            {"test": "elapsed", "since": "birth", "within": {"days": 90}},
            {"test": "elapsed", "since": "military-discharge", "within": {"days": 90}},
        ],
    }
    from_july = all_of({"test": "paid", "from": "B:07-01", "to": "B:12-31"}, not_(excepted))
    whole = items(("personal", "个人缴费", "400.00"), ("public", "财政补助部分", "680.00"))
    return region(
        MAIN,
        LATE,
        standard("400.00"),
        rule("full-cost", "standard", whole, when=from_july, exception_to=["standard"]),
        rule("subsidy", "subsidy", {"amount": "700.00"}),
        rule("no-subsidy", "subsidy", {"amount": "0.00"}, when=from_july, exception_to=["subsidy"]),
    )


@cache
def tiers() -> RuleBook:
    """Two tiers of three components; the severely disabled pay tier 1 and get tier 2."""
    care, extra = ("care", "长期护理保险", "20.00"), ("extra", "补充医疗保险", "15.50")
    choices = [{"value": "1", "label": "一档"}, {"value": "2", "label": "二档"}]
    disabled = {"test": "identity", "any_of": ["severely-disabled"]}
    return region(
        MAIN,
        LATE,
        rule(
            "tier-1",
            "standard",
            items(("basic", "基本医疗保险一档", "350.00"), care, extra),
            when=answered("tier", "1"),
        ),
        rule(
            "tier-2",
            "standard",
            items(("basic", "基本医疗保险二档", "600.00"), care, extra),
            when=answered("tier", "2"),
        ),
        rule(
            "disabled",
            "concession",
            {"pays": "385.50"},
            grounds=["severely-disabled"],
            when=answered("tier", "2"),
        ),
        rule(
            "gets-tier-2",
            "remark",
            {"code": "gets-tier-2", "level": "info"},
            when=all_of(disabled, answered("tier", "2")),
            applies="按一档缴费，享受二档待遇。",
        ),
        asks=[{"code": "tier", "choices": choices}],
    )


@cache
def late_fees() -> RuleBook:
    """Flexible payers: rates on two bases, arrears by the month, half a per mille a day."""
    rated = {"kind": "rated", "base": "6240.00", "rate": "0.065", "months": 12, "round": "month"}
    care = {"kind": "rated", "base": "4000.00", "rate": "0.001", "months": 12, "round": "year"}
    arrears = {"kind": "counted", "amount": "405.60", "by": "gap_months"}
    late = {"kind": "late-fee", "rate": "0.0005", "after": "B:03-31"}
    return region(
        window("main", "B:01-01", "B:03-31"),
        window("late", "B:04-01", "B:12-31"),
        rule(
            "standard",
            "standard",
            items(
                ("basic", "基本医疗保险", rated),
                ("care", "长期护理保险", care),
                ("arrears", "补缴", arrears),
                ("late", "滞纳金", late),
            ),
        ),
        scheme="flexible",
    )


@cache
def registered() -> RuleBook:
    """The newborn's window runs from household registration; free with an insured parent."""
    known_birth = {"test": "born", "from": "2020-01-01"}
    in_time = {"test": "elapsed", "since": "registered-at-birth", "within": {"months": 3}}
    three_years = {"test": "years-since-birth-year", "from": 0, "to": 2}
    return region(
        MAIN,
        LATE,
        standard("400.00"),
        rule(
            "registered",
            "exemption",
            {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}},
            grounds=["registered-at-birth"],
            when=all_of(known_birth, in_time),
        ),
        rule(
            "free",
            "concession",
            {"pays": "0.00"},
            grounds=["newborn"],
            when=all_of(three_years, answered("parent_insured", value=True)),
        ),
        vocabulary={"events": [{"code": "registered-at-birth", "label": "出生落户"}]},
    )


@cache
def transfers() -> RuleBook:
    """职工→居民: no wait after two continuous years, within the discharge year for veterans."""
    ended = {"test": "elapsed", "since": "employee-insurance-ended", "within": {"months": 3}}
    years = {"test": "answer", "code": "prior_continuous_years", "from": 2}
    same_year = {"test": "event", "kind": "military-discharge", "in_benefit_year": True}
    waives = ["fixed", "variable"]
    return region(
        MAIN,
        LATE,
        standard("400.00"),
        rule(
            "transfer",
            "exemption",
            {"waives": waives, "cover": {"anchor": "day-after-event"}},
            grounds=["employee-insurance-ended"],
            when=all_of(ended, years),
        ),
        rule(
            "veteran",
            "exemption",
            {"waives": waives, "cover": {"anchor": "month-of-payment"}},
            grounds=["military-discharge"],
            when=same_year,
        ),
    )


@cache
def two_years() -> RuleBook:
    """A newborn's 90 days cross the year's end: both years can be paid for."""
    in_time = {"test": "elapsed", "since": "birth", "within": {"days": 90}}
    born_then = {"test": "years-since-birth-year", "from": 0, "to": 0}
    after = {"test": "paid", "from": "B+1:01-01", "to": "B+1:03-31"}
    answer = {"kind": "late", "from": "B+1:01-01", "to": "B+1:03-31", "label": "上年出生的新生儿"}
    return region(
        window("main", "B-1:09-01", "B:02-28"),
        window("late", "B:03-01", "B:12-31"),
        rule(
            "newborn-after",
            "window",
            answer,
            when=all_of(after, in_time, born_then),
            exception_to=["closed"],
        ),
        standard("400.00"),
        rule(
            "newborn",
            "exemption",
            {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}},
            grounds=["newborn"],
            when=in_time,
        ),
        benefit_years={"from": 2025, "to": 2027},
    )


@cache
def sub_windows() -> RuleBook:
    """Closed days, a last day, an allowed group, and a first covered day for each window."""
    days = {"test": "day-of-month", "from": 1, "to": 25}
    aided = {"test": "identity", "any_of": ["destitute", "low-income"]}
    first = {"test": "paid", "from": "B-1:09-01", "to": "B-1:12-20"}
    second = {"test": "paid", "from": "B:01-10", "to": "B:01-31"}
    extended = {"kind": "extended", "from": "B:01-10", "to": "B:01-31", "label": "补缴期"}
    return region(
        window("main", "B-1:09-01", "B-1:12-20", when=all_of(first, days)),
        rule("extended", "window", extended, when=all_of(second, aided), exception_to=["closed"]),
        standard("400.00"),
        rule(
            "february",
            "cover-start",
            {"anchor": "date", "date": "B:02-01"},
            when={"test": "window", "rules": ["extended"]},
            exception_to=["cover-start"],
        ),
    )


@cache
def carried() -> RuleBook:
    """A wait that runs past the year's end goes on in the next, if that is paid too."""
    past_year_end = {
        "test": "event",
        "kind": "paid-late-last-year",
        "from": "B-1:10-02",
        "to": "B-1:12-31",
    }
    still_waits = all_of(past_year_end, {"test": "window", "kinds": ["main"]})
    anchor = {"anchor": "event", "event": "paid-late-last-year"}
    return region(
        MAIN,
        LATE,
        standard("400.00"),
        rule("own-carry", "carry-over", {"carries": True}, replaces="carry-over"),
        rule(
            "carried-wait",
            "fixed-wait",
            {"length": 3},
            when=still_waits,
            exception_to=["fixed-wait", "no-fixed-wait"],
        ),
        rule(
            "carried-start",
            "wait-start",
            anchor,
            when=still_waits,
            exception_to=["wait-start", "wait-start-in-window"],
        ),
        vocabulary={"events": [{"code": "paid-late-last-year", "label": "上年度期外缴费"}]},
        benefit_years={"from": 2026, "to": 2027},
    )
