"""Find amounts that are a sum: the full price, of standard and subsidy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from medcounter.authoring.rolling.roll_records import AskedKind, RollQuestion
from medcounter.money import AmountUnreadableError, read_yuan


def with_sums(
    questions: Mapping[str, RollQuestion], programme: Mapping[str, Any]
) -> dict[str, RollQuestion]:
    """Return the questions, each amount that is a standard and a subsidy told as one."""
    subsidies = set(_amounts(programme, "subsidy")) & set(questions)
    standards = set(_amounts(programme, "standard")) & set(questions)
    pairs = {
        _fen(questions[one]) + _fen(questions[two]): (one, two)
        for one, two in product(sorted(standards), sorted(subsidies))
        if one != two
    }
    made = dict(questions)
    for key, question in questions.items():
        parts = pairs.get(_fen(question)) if question.kind is AskedKind.AMOUNT else None
        if parts is not None:
            addends = " + ".join(_old(questions[part]) for part in parts)
            text = f"{question.text}（上一年度等于 {addends}）"
            made[key] = replace(question, sum_of=parts, text=text)
    return made


def _old(question: RollQuestion) -> str:
    return question.parts[0].old


def _fen(question: RollQuestion) -> int:
    return read_yuan(question.parts[0].old) if question.kind is AskedKind.AMOUNT else -1


def _amounts(programme: Mapping[str, Any], asked: str) -> list[str]:
    """Name the questions of the plain amounts of a fee question."""
    found = []
    for rule in programme.get("rules", ()):
        if rule["question"] == asked:
            answer = rule["answer"]
            for item in (answer, *answer.get("items", ())):
                amount = item.get("amount")
                if isinstance(amount, str) and _readable(amount):
                    found.append(f"amount-{amount}")
    return found


def _readable(amount: str) -> bool:
    try:
        return read_yuan(amount) > 0
    except AmountUnreadableError:
        return False
