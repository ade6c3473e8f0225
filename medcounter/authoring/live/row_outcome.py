"""What comes out for one sample resident: the figures, and the words of a row.

Light enough for every key: decides and names the doubts, writes no sentence of
the derivation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from medcounter.assess.assessing import Decided, Weighed, decide_facts, weigh
from medcounter.assess.assessment import CLOSED, Incentive
from medcounter.assess.engine.ask_rules import RulesIncompleteError
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.explain.doubts import leaf_values, touches
from medcounter.assess.explain.remarks import find_remarks
from medcounter.assess.facts import Facts, Problem
from medcounter.authoring.live.stand_ins import STAND_IN
from medcounter.money import show_money, show_yuan
from medcounter.rules.questions import QUESTION
from medcounter.wording.difference_words import field_word
from medcounter.wording.wait_words import wait_length

INCOMPLETE = "rules-incomplete"
NOTHING = "—"
_NOT_FILLED_IN = "还没有填"
_NO_WAIT = "不等"
_NO_COVER = "本年度没有待遇"
_WHOLES = ("fee", "wait", "coverage")
_COUNTS = frozenset({
    "lapsed_years", "wait.total", "wait.fixed", "wait.variable", "wait.repaired",
    "incentive.continuous_years",
})  # fmt: skip
_MONEY = ("continuous", "zero_claim", "penalty", "change", "cap")
# What a row shows, and the fields of the contract behind each column.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "period": ("window.kind", "window.from", "window.to"),
    "pays": ("fee.total", "fee.standard", "fee.aid", "fee.contribution", "fee.repair"),
    "subsidy": ("fee.subsidy",),
    "waits": (
        "wait.total", "wait.unit", "wait.from", "wait.to",
        "wait.fixed", "wait.variable", "wait.repaired",
    ),
    "covered": ("coverage.from", "coverage.to"),
    "why": ("category", "exemption", "lapsed_years"),
    "incentive": (
        "incentive.continuous_years", "incentive.rate", *(f"incentive.{one}" for one in _MONEY),
    ),
    "told": ("remarks",),
}  # fmt: skip


class RowDoubt(NamedTuple):
    """A field in doubt, and what the other reading makes it; None for nothing."""

    field: str
    other: str | None


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What the rules say of one resident.

    Attributes:
        refused: Code of why there is no answer; empty where there is one.
        refused_field: The fact it is about; empty where it is about none.
        period: Name of the period and its days, or why there is no answer.
        pays: What is paid.
        waits: How long benefits are withheld, and from when to when.
        covered: First and last day of benefits.
        doubts: In the order of the assessment.
        in_doubt: What is in doubt, in Chinese.
        values: Field of the contract to its value as the contract writes it;
            every field that the row shows, None is null.
        rules: Ids of the rules that answered, in the order asked.
        doubted: Ids of the rules that leave something in doubt.
    """

    refused: str
    refused_field: str
    period: str
    pays: str
    waits: str
    covered: str
    doubts: tuple[RowDoubt, ...]
    in_doubt: str
    values: Mapping[str, str | None]
    rules: tuple[str, ...]
    doubted: tuple[str, ...] = ()

    def same(self, other: RowOutcome | None) -> bool:
        """Return whether another row shows the same, whichever rules say so."""
        if other is None or (self.refused, self.refused_field) != (
            other.refused,
            other.refused_field,
        ):
            return False
        if self.values == other.values and self.doubts == other.doubts:
            return True
        return not changed_columns(self, other)


def row_outcome(facts: Facts, book: RuleBook) -> RowOutcome:
    """Ask the rules of one resident.

    Rules that contradict themselves, or lack an answer, are an outcome too.
    """
    try:
        decided = decide_facts(facts, book)
        if not isinstance(decided, Decided):
            return _refused(decided[0])
        return _shown(weigh(decided), decided, book)
    except RulesIncompleteError as err:
        return _incomplete(err)


def decided_alone(facts: Facts, book: RuleBook) -> Decided | None:
    """Decide a resident without naming the doubts; None where there is no answer."""
    try:
        decided = decide_facts(facts, book)
    except RulesIncompleteError:
        return None
    return decided if isinstance(decided, Decided) else None


def changed_columns(now: RowOutcome, before: RowOutcome) -> frozenset[str]:
    """Name the columns in which two outcomes differ; ``doubts`` is one of them."""
    if (now.refused, now.refused_field) != (before.refused, before.refused_field):
        return frozenset({"period"})
    found = {
        column
        for column, fields in COLUMNS.items()
        if any(now.values.get(field) != before.values.get(field) for field in fields)
    }
    if now.doubts != before.doubts:
        found.add("doubts")
    return frozenset(found)


def expected(outcome: RowOutcome) -> dict[str, Any]:
    """Return what an example of this outcome has to expect.

    Fields of the contract to their values; what is refused is expected to be.
    """
    if outcome.refused:
        field = outcome.refused_field
        # An empty one would be a field of the form that nobody can fill in.
        return {"error": outcome.refused, **({"error.field": field} if field else {})}
    values = outcome.values
    wanted: dict[str, Any] = {}
    for field in (name for fields in COLUMNS.values() for name in fields):
        whole = field.partition(".")[0]
        if field == "remarks":
            codes = (values[field] or "").split()
            wanted |= {f"remarks.{number}.code": code for number, code in enumerate(codes)}
        elif whole in _WHOLES and whole in values:
            wanted[whole] = None
        elif field in values:
            wanted[field] = _as_written(field, values[field])
    others = {f"doubts.{number}.other": one.other for number, one in enumerate(outcome.doubts)}
    return wanted | others


def settled(outcome: RowOutcome) -> list[str]:
    """Name what a row shows without a doubt: whole parts where no part is in doubt."""
    doubtful = {doubt.field for doubt in outcome.doubts}
    found: dict[str, None] = {}
    for field in (name for fields in COLUMNS.values() for name in fields):
        whole = field.partition(".")[0]
        if not touches(whole, doubtful):
            found[whole] = None
        elif not touches(field, doubtful):
            found[field] = None
    return list(found)


def _as_written(field: str, value: str | None) -> str | int | None:
    """Write counts as the contract does: as numbers."""
    return int(value) if field in _COUNTS and value is not None else value


def _shown(weighed: Weighed, decided: Decided, book: RuleBook) -> RowOutcome:
    decision = weighed.decision
    values: dict[str, str | None] = leaf_values(decision)
    for whole in _WHOLES:
        if getattr(decision, whole) is None:
            values = {key: one for key, one in values.items() if not key.startswith(f"{whole}.")}
            values[whole] = None
    if decision.wait is not None:
        values["wait.unit"] = decision.wait.unit
    values |= dict(_incentive(weighed.incentive))
    remarks = find_remarks(decision, decided.compiled, book)
    values["remarks"] = " ".join(remark.code for remark in remarks)
    doubts = tuple(RowDoubt(doubt.field, doubt.other) for doubt in weighed.doubts)
    window = decision.window
    closed = window.kind == CLOSED
    days = f"{window.start} 至 {window.end}" if window.start and window.end else ""
    cover = decision.coverage
    until = f"{cover.start} 至 {cover.end}" if cover else _NO_COVER
    return RowOutcome(
        refused="",
        refused_field="",
        period=f"{window.label} {days}".rstrip(),
        pays=_pays(weighed),
        waits=NOTHING if closed else _wait_words(weighed),
        covered=NOTHING if closed else until,
        doubts=doubts,
        in_doubt="、".join(dict.fromkeys(field_word(_shown_field(one.field)) for one in doubts)),
        values=values,
        rules=tuple(verdict.name for verdict in decision.verdicts),
        doubted=tuple(dict.fromkeys(doubt.rule for doubt in weighed.doubts)),
    )


def _pays(weighed: Weighed) -> str:
    fee = weighed.decision.fee
    if any(verdict.name == STAND_IN for verdict in weighed.decision.verdicts):
        return _NOT_FILLED_IN
    return NOTHING if fee is None else show_money(fee.total)


def _wait_words(weighed: Weighed) -> str:
    wait = weighed.decision.wait
    return f"{wait_length(wait)}，{wait.start} 至 {wait.end}" if wait else _NO_WAIT


def _shown_field(field: str) -> str:
    """Name the column's own field for one of its parts."""
    whole = field.partition(".")[0]
    return "fee.total" if whole == "fee" and field != "fee.subsidy" else whole


def _incentive(earned: Incentive | None) -> Iterator[tuple[str, str | None]]:
    if earned is None:
        return
    yield "incentive.continuous_years", str(earned.continuous_years)
    for name in _MONEY:
        amount = getattr(earned, name)
        yield f"incentive.{name}", None if amount is None else show_yuan(amount)
    if earned.rate is not None:
        yield "incentive.rate", f"{earned.rate:f}"


def _refused(problem: Problem) -> RowOutcome:
    return _without_answer(problem.code, problem.field, problem.text)


def _incomplete(err: RulesIncompleteError) -> RowOutcome:
    label = QUESTION[err.question].label
    names = "”与“".join(err.standing)
    found = f"“{names}”同时成立" if names else "没有规则成立"
    return _without_answer(INCOMPLETE, "", f"“{label}”{found}。")


def _without_answer(code: str, field: str, text: str) -> RowOutcome:
    return RowOutcome(code, field, text, NOTHING, NOTHING, NOTHING, (), "", {}, ())
