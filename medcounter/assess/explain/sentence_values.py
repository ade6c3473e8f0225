"""Fill a bundle's sentences with a case's values, each written when named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from medcounter.assess.engine.decision import Decision
from medcounter.money import show_yuan
from medcounter.rules.questions import Rule

OPEN = "未定"
NO_COVER = "本年度没有"
_NAMED = re.compile(r"\{([^{}]*)\}")
# More texts than the rules of a place and of all above it have.
_MOST_TEXTS = 4096


@lru_cache(maxsize=_MOST_TEXTS)
def names_in(text: str) -> frozenset[str]:
    """Name the values that a sentence asks for."""
    return frozenset(_NAMED.findall(text))


class SentenceValues:
    """The values that one decision gives to sentences; a missing one is 未定."""

    def __init__(self, decision: Decision, labels: Mapping[str, str]) -> None:
        """Begin with nothing written.

        Args:
            decision: The decision.
            labels: Identity codes in the contract's order, with labels.
        """
        self._decision = decision
        self._labels = labels
        self._written: dict[str, str] = {}

    def fill(self, text: str, rule: Rule, own: Mapping[str, str]) -> str:
        """Fill a sentence of a rule.

        Args:
            text: The sentence.
            rule: Whose grounds tell the identity and the event that it names.
            own: What the rule itself answers, before what was decided.
        """
        named = {name: own.get(name) or self._value(name, rule) for name in names_in(text)}
        return text.format_map(named) if named else text

    def _value(self, name: str, rule: Rule) -> str:
        if name == "identity":
            return self._identity(rule)
        if name == "event_date":
            events = self._decision.case.events
            return next((str(events[kind]) for kind in rule.grounds if kind in events), OPEN)
        if name not in self._written:
            value = _VALUES[name](self._decision)
            self._written[name] = OPEN if value is None else str(value)
        return self._written[name]

    def _identity(self, rule: Rule) -> str:
        held = self._decision.case.identities.intersection(rule.grounds)
        return next((label for code, label in self._labels.items() if code in held), "本人员")


def _standard(decision: Decision) -> str | None:
    fee = decision.fee
    return None if fee is None or fee.standard is None else show_yuan(fee.standard)


def _cover_from(decision: Decision) -> object:
    if decision.coverage is not None:
        return decision.coverage.start
    return NO_COVER if decision.payable else None


def _cover_to(decision: Decision) -> object:
    if decision.coverage is not None:
        return decision.coverage.end
    return NO_COVER if decision.payable else None


_VALUES: dict[str, Callable[[Decision], object]] = {
    "payment_date": lambda decision: decision.case.paid,
    "birth_date": lambda decision: decision.case.birth,
    "benefit_year": lambda decision: decision.case.benefit_year,
    "previous_year": lambda decision: decision.case.benefit_year - 1,
    "window_from": lambda decision: decision.window.start,
    "window_to": lambda decision: decision.window.end,
    "lapsed_years": lambda decision: decision.lapsed,
    "repair_years": lambda decision: decision.case.repair_years,
    "amount": _standard,
    "standard": _standard,
    "wait_from": lambda decision: decision.wait and decision.wait.start,
    "wait_to": lambda decision: decision.wait and decision.wait.end,
    "wait_fixed": lambda decision: decision.lengths and decision.lengths.fixed,
    "wait_variable": lambda decision: decision.lengths and decision.lengths.variable,
    "wait_repaired": lambda decision: decision.lengths and decision.lengths.repaired,
    "cover_from": _cover_from,
    "cover_to": _cover_to,
}
