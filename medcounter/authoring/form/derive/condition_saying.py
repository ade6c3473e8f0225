"""A condition of a draft in Chinese, as the command ``rules`` says it."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.form.form_names import FormNames
from medcounter.rules.conditions import Condition
from medcounter.wording.condition_words import condition_words

_CONDITIONS: TypeAdapter[Any] = TypeAdapter(Condition)
# Any year shows a day that hangs on it; used where a draft has not said its own.
_SOME_YEAR = 2026


def said_condition(names: FormNames, when: Json) -> str:
    """Describe a condition in Chinese; empty if it cannot be read."""
    if when is None:
        return "总是"
    try:
        read = _CONDITIONS.validate_python(when)
        return condition_words(read, first_year(names), names.labels)
    except (ValidationError, ValueError):
        return ""


def first_year(names: FormNames) -> int:
    """Return the first benefit year of the draft; some year where it has none."""
    years = names.document.own.get("benefit_years")
    year = years.get("from") if isinstance(years, dict) else None
    return year if isinstance(year, int) and not isinstance(year, bool) else _SOME_YEAR
