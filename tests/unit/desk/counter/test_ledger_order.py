"""The ledger's rows in the order of a column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from medcounter.desk.counter.ledger_order import next_order, ordered
from tests.support.desk.counter_samples import ledger_page, open_counter

if TYPE_CHECKING:
    from pathlib import Path

    from medcounter.desk.desk_records import LedgerRow


@pytest.fixture
def rows(tmp_path: Path) -> tuple[LedgerRow, ...]:
    """Newest first: 张三 300, 阿强 no figure, 李四 100."""
    counter = open_counter(tmp_path / "data")
    counter.issue("吴建国")
    (row,) = ledger_page(counter.desk).rows
    counter.desk.close()
    return tuple(
        replace(row, number=number, name=name, total=total)
        for number, name, total in (("3", "张三", 30000), ("2", "阿强", None), ("1", "李四", 10000))
    )


def names(rows: tuple[LedgerRow, ...], order: str) -> str:
    return "".join(row.name for row in ordered(rows, order))


def test_rows_are_ordered_by_a_column_up_and_down_and_by_age_without_one(
    rows: tuple[LedgerRow, ...],
) -> None:
    assert names(rows, "") == "张三阿强李四"
    assert names(rows, "number") == "李四阿强张三"
    assert names(rows, "total") == "阿强李四张三"
    assert names(rows, "-total") == "张三李四阿强"


def test_names_are_ordered_by_their_initials(rows: tuple[LedgerRow, ...]) -> None:
    assert names(rows, "name") == "阿强李四张三"


@pytest.mark.parametrize(
    "order",
    ["issued_at", "id_masked", "category", "year", "coverage", "state", "prints", "clerk"],
)
def test_equal_rows_stay_newest_first(rows: tuple[LedgerRow, ...], order: str) -> None:
    assert names(rows, order) == names(rows, f"-{order}") == "张三阿强李四"


def test_a_heading_clicked_again_turns_the_order_round_and_then_ends_it() -> None:
    assert next_order("", "total") == "total"
    assert next_order("total", "total") == "-total"
    assert next_order("-total", "total") == ""
    assert next_order("-total", "name") == "name"
