"""Every figure is moved by one of its own units, and no text is."""

from typing import Any

import pytest

from medcounter.authoring.live.figure_moves import figure_moves, moved_figure
from tests.support.authoring.draft_samples import WHOLE, document


@pytest.mark.parametrize(
    ("value", "by", "moved"),
    [
        ("400.00", 1, "401.00"),
        ("400.00", -1, "399.00"),
        ("0.50", -1, None),
        (90, 1, 91),
        (0, -1, None),
        (True, 1, None),
        ("0.045", 1, "0.046"),
        ("0.5", -1, "0.4"),
        ("0.9", 1, None),
        ("1/12", 1, "1/11"),
        ("1/12", -1, "1/13"),
        ("1/1", 1, None),
        ("2025-12-31", 1, "2026-01-01"),
        ("2024-02-28", 1, "2024-02-29"),
        ("2025-02-30", 1, None),
        ("B:12-31", 1, "B+1:01-01"),
        ("B+1:01-01", -1, "B:12-31"),
        ("B-1:09-01", -1, "B-1:08-31"),
        ("B:02-30", 1, None),
        ("B:02-last", 1, None),
        ("standard", 1, None),
        (None, 1, None),
    ],
)
def test_a_figure_moves_by_its_own_unit(value: object, by: int, moved: object) -> None:
    assert moved_figure(value, by) == moved


def test_every_figure_of_the_programme_is_moved_both_ways_and_no_text() -> None:
    moved: dict[Any, list[object]] = {}
    for move in figure_moves(document(*WHOLE)):
        moved.setdefault(move.path[2:], []).append(move.value)
    assert moved["rules", 2, "answer", "items", 0, "amount"] == ["401.00", "399.00"]
    assert moved["rules", 0, "when", "from"] == ["2025-09-02", "2025-08-31"]
    assert moved["benefit_years", "to"] == [2027, 2025]
    assert {path[-1] for path in moved} == {"from", "to", "amount"}


def test_a_clause_that_looks_like_an_amount_is_none() -> None:
    numbered = [{**one, "clause": "1.00"} for one in WHOLE]
    assert {move.path[-1] for move in figure_moves(document(*numbered))} == {"from", "to", "amount"}
