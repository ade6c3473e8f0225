"""Conditions and cases for the tests of the rule language, all in 2026."""

from datetime import date
from typing import Any

from pydantic import TypeAdapter

from medcounter.rules.case import Case
from medcounter.rules.conditions import Condition
from medcounter.rules.predicate import Predicate

YEAR = 2026
_READ: TypeAdapter[Predicate] = TypeAdapter(Condition)


def condition(test: str, **more: object) -> Predicate:
    """A condition as an author writes it."""
    return written({"test": test, **more})


def written(document: dict[str, object]) -> Predicate:
    return _READ.validate_python(document)


def case(paid: str = "2026-03-05", /, **more: Any) -> Case:  # noqa: ANN401 -- any fact
    return Case(YEAR, date.fromisoformat(paid), **more)


def holds(predicate: Predicate, known: Case) -> bool | None:
    return predicate.compile(YEAR)(known)
