"""How many readings of unsettled rules are tried together, and rules with more."""

from datetime import date

import pytest

from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.region_samples import LATE, MAIN, read_otherwise, region
from tests.support.rules.rule_samples import Json, assessed, facts, standard


def often_read(lengths: int) -> tuple[Json, ...]:
    """Rules with 4, 4, 4 and some readings; the last of each brings the latest cover."""
    late: Json = {"test": "window", "kinds": ["late"]}
    own: dict[str, list[Json]] = {
        "fixed-wait": [{"length": number} for number in range(1, lengths + 1)],
        "variable-wait": [{"per_year": 1, "free_years": number} for number in (4, 3, 2, 1)],
        "wait-start": [{"anchor": "payment", "plus_days": number} for number in range(4)],
        "after-wait": [{"days": number} for number in range(1, 5)],
    }
    more: Json = {"fixed-wait": {"when": late, "exception_to": ["no-fixed-wait"]}}
    return tuple(
        read_otherwise(
            f"own-{question}",
            question,
            answers[0],
            *({"answer": answer} for answer in answers[1:]),
            status="unsettled",
            replaces=question,
            **more.get(question, {}),
        )
        for question, answers in own.items()
    )


def test_of_hundreds_of_readings_together_the_last_one_is_tried_too() -> None:
    book = region(MAIN, LATE, standard("400.00"), *often_read(5))
    answer = assessed(facts("2026-03-05"), book)
    # Five months from 8 March on, and cover four days after their last.
    assert answer.wait is not None
    assert (answer.wait.start, answer.wait.end) == (date(2026, 3, 8), date(2026, 8, 7))
    assert answer.coverage is not None
    assert answer.coverage.start == date(2026, 8, 11)


def test_rules_with_more_readings_together_than_can_be_tried_are_refused() -> None:
    # Six, four, four and four; and the nation's cover-start has three.
    with pytest.raises(BundleUnreadableError) as refused:
        region(MAIN, LATE, standard("400.00"), *often_read(6))
    assert "“own-fixed-wait”“own-variable-wait”“own-wait-start”" in str(refused.value)
    assert "读法合起来有 1152 种，超过测算时逐一比较的 1024 种" in str(refused.value)
