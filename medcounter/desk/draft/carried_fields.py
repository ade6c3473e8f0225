"""Fields carried over from an earlier notice: marked, confirmed, cleared.

Pure; does not access the ledger.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from medcounter.assess.facts import Problem
from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.typed_person import Echo

_SHORT = frozenset({"name", "birth_date"})


def clear_carried(draft: Draft) -> Draft:
    """Empty the fields still as they were carried: another person begins."""
    carried = draft.carried
    if carried is None:
        return draft
    empty = Draft()
    kept = tuple(pair for pair in draft.answers if f"answers.{pair[0]}" not in carried.fields)
    emptied: dict[str, Any] = {
        name: getattr(empty, name) for name in carried.fields if not name.startswith("answers.")
    }
    return replace(draft, **{"answers": kept, **emptied, "carried": None})


def carried_echoes(draft: Draft) -> tuple[Echo, ...]:
    """Say at each carried field where its value is from, the notice first of all."""
    carried = draft.carried
    if carried is None:
        return ()
    whole = f"取自 {carried.number}（{carried.day}）"
    # The name shares its line with the birth date.
    echoes = (Echo(name, "取自上次" if name in _SHORT else whole) for name in carried.fields)
    return (Echo("id_number", served_note(draft) or whole), *echoes)


def confirm_problems(draft: Draft) -> tuple[Problem, ...]:
    """Describe what must be looked at again because another year is insured."""
    carried = draft.carried
    if carried is None:
        return ()
    year = carried.benefit_year
    texts = {
        "categories": f"身份取自 {year} 年度的通知单，请核对现在是否仍有，按 Enter 认可或改正。",
        "insured_years": (
            f"参保记录取自 {year} 年度的通知单；{year} 年度起已缴费的年度请勾选，按 Enter 认可。"
        ),
    }
    return tuple(Problem(name, "missing", texts[name]) for name in draft.fields_to_confirm)


def served_note(draft: Draft) -> str:
    """Say that this year's notice was issued already; empty when it was not."""
    served = dict(draft.carried.served) if draft.carried else {}
    number = served.get(draft.benefit_year)
    return f"{draft.benefit_year} 年度已出单 {number}，请核对是否已缴" if number else ""
