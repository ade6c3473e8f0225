"""A place of format 2 and its nation, for what the country's announcements say about days."""

from typing import Any

from medcounter.assess import Assessment, Facts, RuleBook, read_facts
from medcounter.assess.prove.proof import prove
from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.rule_samples import (
    PROVINCE,
    Json,
    assessed,
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
IN_MAIN: Json = {"test": "window", "kinds": ["main"]}
NEWBORN: Json = {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}}
ASKS_FOR_A_REASON = "在本方案的 accepted 里写明理由"
FLOOR = rule("cover-floor", "cover-floor", {"anchor": "year-start"})


def document(*rules: Json, **more: Any) -> Json:  # noqa: ANN401 -- any key of a programme
    """A bundle of format 2: a nation from 2024 on and one place with these rules."""
    above = nation()
    above["benefit_years"]["from"] = 2024
    above["rules"].append(FLOOR)
    vocabulary = more.pop("vocabulary", {})
    subsidy = rule("subsidy", "subsidy", {"amount": "700.00"})
    first, last = more.pop("years", (2026, 2026))
    own = programme([*rules, subsidy], benefit_years={"from": first, "to": last}, **more)
    return bundle_of(above, own, format=2, vocabulary=vocabulary)


def place(*rules: Json, **more: Any) -> RuleBook:  # noqa: ANN401 -- any key of a programme
    """A proven book of the place, with a standard and all year open, unless said.

    What only asks its author for a reason is left unanswered: no rule here has an example.
    """
    given = {entry["question"] for entry in rules}
    usual = [] if "window" in given else [MAIN, LATE]
    usual += [] if "standard" in given else [standard("400.00")]
    bundle = read(document(*usual, *rules, **more))
    if faults := [fault for fault in prove(bundle) if ASKS_FOR_A_REASON not in fault.text]:
        raise BundleUnreadableError(faults)
    return RuleBook.open(bundle, "", signed=False)


def paying(paid: str, year: int, /, **more: Any) -> Json:  # noqa: ANN401 -- any fact
    return {"region": PROVINCE, "benefit_year": year, "payment_date": paid, **more}


def answer(raw: Json, book: RuleBook) -> Assessment:
    known = read_facts(raw, book)
    assert isinstance(known, Facts), known
    return assessed(known, book)


def cover(raw: Json, book: RuleBook) -> tuple[str, str] | None:
    span = answer(raw, book).coverage
    return None if span is None else (str(span.start), str(span.end))


def wait(raw: Json, book: RuleBook) -> tuple[str, str] | None:
    span = answer(raw, book).wait
    return None if span is None else (str(span.start), str(span.end))


def all_of(*parts: Json) -> Json:
    return {"test": "all", "of": list(parts)}


def any_of(*parts: Json) -> Json:
    return {"test": "any", "of": list(parts)}


def not_(part: Json) -> Json:
    return {"test": "not", "of": part}


def said(code: str) -> Json:
    return {"test": "answer", "code": code, "is": True}


def asked(code: str, label: str, kind: str = "bool", **more: object) -> Json:
    return {"code": code, "label": label, "kind": kind, **more}


def fixed(length: int, unit: str = "month") -> Json:
    given = {"length": length, "unit": unit}
    return rule(
        "own-wait",
        "fixed-wait",
        given,
        replaces="fixed-wait",
        when=any_of(IN_LATE, {"test": "lapsed", "from": 1}),
        exception_to=["no-fixed-wait"],
    )


def events(**days: str) -> list[Json]:
    return [{"kind": kind.replace("_", "-"), "date": day} for kind, day in days.items()]


def nanchang() -> RuleBook:
    """南昌 2026: who leaves a job pays once, from the month after to December."""
    left = asked("left_job_on", "离职日期", "date", optional=True)
    known = {"test": "event", "kind": "answers.left_job_on"}
    after = {"anchor": "month-after-event", "event": "answers.left_job_on"}
    monthly = {
        "kind": "monthly",
        "amount": "300.00",
        "months": {"from": after, "to": "B:12-31"},
    }
    items = {"items": [{"code": "basic", "label": "基本医疗保险", "amount": monthly}]}
    rest = rule("rest-of-year", "standard", items, when=known, exception_to=["standard"])
    return place(standard("3600.00"), rest, vocabulary={"answers": [left]})
