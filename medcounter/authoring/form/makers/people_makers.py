"""Aid, waits, newborns, exempt people and cover, each as a whole rule."""

from __future__ import annotations

from typing import Any

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.form.derive.condition_saying import first_year
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_sections import AID_NOT_STATED
from medcounter.authoring.form.inheritance import own_rules
from medcounter.authoring.form.makers.new_rules import Placed, Wish, placed
from medcounter.authoring.form.makers.period_makers import AMOUNT
from medcounter.rules.checking.blanks import blank
from medcounter.rules.vocabulary import NEWBORN

_SHARE = blank("几成，如 50%")
_SPAN = blank("多久以内，如 28天、3个月")
_DAY = blank("哪一天，如 缴费当日")
_COUNT = blank("多少")
_ASK_FOR_AID = (
    "来源没有列出这类人员的资助金额，应缴金额先按普通居民计算；缴费前请向医保经办机构核实资助。"
)
_BOTH = ["fixed", "variable"]
_LATE_OR_LAPSED = {
    "test": "any",
    "of": [{"test": "window", "kinds": ["late"]}, {"test": "lapsed", "from": 1}],
}
# Whom the state usually aids; those without a sum of their own are told to ask.
AIDED = (
    "destitute",
    "orphan",
    "unsupported-child",
    "low-income",
    "back-into-poverty",
    "unstable-out-of-poverty",
    "poverty-edge",
    "hardship-monitored",
    "low-income-margin",
    "severely-disabled",
)
_AID: dict[str, dict[str, Json]] = {
    "aid-full": {"pays": "0.00"},
    "aid-amount": {"aid": AMOUNT},
    "aid-pays": {"pays": AMOUNT},
    "aid-share": {"aid_share": _SHARE},
    "aid-standard": {"standard": AMOUNT},
    "aid-unknown": {"unknown": True},
}


def aid(names: FormNames, form: str) -> Placed:
    """Add aid for some identities, in one of its forms."""
    return placed(names, Wish("concession", form, dict(_AID[form]), None, []))


def aid_not_stated(names: FormNames) -> Placed:
    """Add what is told whoever may have aid of which the source gives no sum."""
    named = {
        code
        for _, rule in own_rules(names.document)
        if rule.get("question") == "concession"
        for code in rule.get("grounds", ())
    }
    when = {"test": "identity", "any_of": [code for code in AIDED if code not in named]}
    more = {"applies": _ASK_FOR_AID}
    answer = {"code": AID_NOT_STATED, "level": "warning"}
    return placed(names, Wish("remark", AID_NOT_STATED, answer, when, more=more))


def fixed_wait(names: FormNames) -> Placed:
    """Say how long the fixed wait is here, in place of the nation's."""
    answer = {"length": _COUNT, "unit": "month"}
    wish = Wish("fixed-wait", "fixed-wait-local", answer, _LATE_OR_LAPSED, replaces="fixed-wait")
    return placed(names, wish)


def late_wait(names: FormNames) -> Placed:
    """Say how long whoever pays after the period waits, lapsed or not."""
    answer = {"length": _COUNT, "unit": _unit(names)}
    when = {"test": "window", "kinds": ["late"]}
    return placed(names, Wish("fixed-wait", "fixed-wait-late", answer, when))


def variable_wait(names: FormNames) -> Placed:
    """Say what each lapsed year adds here, in place of the nation's."""
    answer = {"per_year": _COUNT, "free_years": _COUNT, "unit": _unit(names)}
    return placed(
        names, Wish("variable-wait", "variable-wait-local", answer, replaces="variable-wait")
    )


def single(names: FormNames, question: str) -> Placed:
    """Answer a question for everybody, in place of the nation's rule of that name."""
    wish = Wish(question, f"{question}-local", dict(_SINGLE[question]), replaces=question)
    return placed(names, wish)


_SINGLE: dict[str, dict[str, Json]] = {
    "wait-start": {"anchor": _DAY},
    "after-wait": {"days": 1, "month_start": blank("是不是从下一个 1 日起")},
    "carry-over": {"carries": blank("是不是接着等")},
    "lapse": {"from_year": blank("哪个年度")},
    "repair": {"per_year": _COUNT},
    "repair-price": {"amount": AMOUNT},
    "cover-end": {"to": blank("到哪天为止")},
}


def wait_start_in_window(names: FormNames) -> Placed:
    """Say from when those lapsed wait who pay within the period."""
    when = {"test": "window", "kinds": ["main", "extended"]}
    wish = Wish(
        "wait-start",
        "wait-start-in-window-local",
        {"anchor": _DAY},
        when,
        replaces="wait-start-in-window",
    )
    return placed(names, wish)


def newborn(names: FormNames) -> Placed:
    """Add that newborns do not wait, within how long, and from when they are covered."""
    when = {"test": "elapsed", "since": "birth", "within": _SPAN}
    answer = {"waives": _BOTH, "cover": {"anchor": "birth"}}
    wish = Wish("exemption", "newborn", answer, when, [NEWBORN], replaces="newborn-90")
    return placed(names, wish)


def newborn_later(names: FormNames) -> Placed:
    """Add what holds for children of the year whose days as newborns are over."""
    known = [
        rule["when"]["within"]
        for _, rule in own_rules(names.document)
        if rule.get("grounds") == [NEWBORN] and _has_span(rule.get("when"))
    ]
    over = {"test": "elapsed", "since": "birth", "more_than": known[0] if known else _SPAN}
    of_the_year = {"test": "years-since-birth-year", "from": 0, "to": 0}
    when = {"test": "all", "of": [of_the_year, over]}
    answer = {"waives": _BOTH, "cover": {"anchor": _DAY}}
    return placed(names, Wish("exemption", "newborn-later", answer, when, [NEWBORN]))


def exempt_events(names: FormNames) -> Placed:
    """Add people who do not wait: a list of events, one limit, one first day."""
    when = {"test": "elapsed", "since": [], "within": _SPAN}
    answer = {"waives": _BOTH, "cover": {"anchor": _DAY}}
    return placed(names, Wish("exemption", "exempt-events", answer, when, []))


def exempt_identities(names: FormNames) -> Placed:
    """Add identities that do not wait."""
    answer = {"waives": _BOTH, "cover": {"anchor": _DAY}}
    return placed(names, Wish("exemption", "exempt-identities", answer, None, []))


def cover_main(names: FormNames) -> Placed:
    """Say from when those are covered who pay within the period."""
    when = {"test": "window", "kinds": ["main"]}
    replaces = "cover-start-before-year"
    wish = Wish("cover-start", "cover-in-window", {"anchor": _DAY}, when, replaces=replaces)
    return placed(names, wish)


def cover_late(names: FormNames) -> Placed:
    """Say from when those are covered who pay later and do not wait."""
    wish = Wish("cover-start", "cover-late", {"anchor": _DAY}, replaces="cover-start")
    return placed(names, wish)


def cover_earlier(names: FormNames) -> Placed:
    """Say who is covered before the benefit year begins, and from when."""
    answer = {"anchor": "date", "date": blank("最早哪天，如 上年9月1日")}
    when = {"test": "identity", "any_of": []}
    return placed(names, Wish("cover-floor", "cover-earlier", answer, when))


def incentive(names: FormNames) -> Placed:
    """Add how the ceiling of the 大病保险 rises."""
    answer = {
        "counted_from": first_year(names) if first_year(names) == _FIRST_COUNTED else _YEAR,
        "after_years": _COUNT,
        "continuous_step": AMOUNT,
        "zero_claim_step": AMOUNT,
    }
    return placed(names, Wish("incentive", "incentive", answer))


_FIRST_COUNTED = 2025
_YEAR = blank("从哪个年度起算，如 2025")


def _unit(names: FormNames) -> str:
    """Return the unit of the place's own fixed wait; months where it has none."""
    for _, rule in own_rules(names.document):
        answer = rule.get("answer")
        if rule.get("question") == "fixed-wait" and isinstance(answer, dict):
            return str(answer.get("unit", "month"))
    return "month"


def _has_span(when: Any) -> bool:  # noqa: ANN401 -- JSON
    return isinstance(when, dict) and isinstance(when.get("within"), dict)
