"""The table behind every list: read-only, and calm when rows are added."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from medcounter.desk.desk_records import LedgerRow
from medcounter.store.ledger_records import PRINTED, Standing
from tests.support.desk.counter_samples import BEIJING
from ui.views.ledger.ledger_rows import LEDGER_COLUMNS
from ui.widgets.record_model import RAW_ROLE, RecordModel

COVERED = (date(2025, 6, 5), date(2025, 12, 31))


def row(sequence: int, state: str = "issued", total: int | None = 40000) -> LedgerRow:
    """A notice of the worked example, issued on the day it speaks of."""
    return LedgerRow(
        number=f"2025-03-{sequence:06d}",
        issued_at=datetime(2025, 3, 5, 14, 32, 59, tzinfo=BEIJING),
        name="吴建国",
        id_masked="3601**********1234",
        category_label="普通居民",
        total=total,
        coverage_start=COVERED[0],
        coverage_end=COVERED[1],
        state=state,
        prints=2,
        clerk="王丽",
        standing=Standing(benefit_year=2025, last_print=PRINTED),
    )


def table(*rows: LedgerRow) -> RecordModel[LedgerRow]:
    model = RecordModel(LEDGER_COLUMNS)
    model.show_rows(rows)
    return model


def texts(model: RecordModel[LedgerRow], line: int = 0) -> dict[str, object]:
    return {
        column.name: model.data(model.index(line, place))
        for place, column in enumerate(LEDGER_COLUMNS)
    }


def test_the_model_keeps_the_rules_of_qt() -> None:
    model = table(row(2), row(1))
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.show_rows((row(2), row(1), row(0)))
    model.show_rows((row(5),))
    assert tester.model().rowCount() == 1


def test_a_row_says_what_stands_on_the_notice() -> None:
    assert texts(table(row(127))) == {
        "number": "2025-03-000127",
        "issued_at": "2025-03-05 14:32",
        "name": "吴建国",
        "id_masked": "3601**********1234",
        "category": "普通居民",
        "year": "2025",
        "total": "¥400.00",
        "coverage": "2025-06-05 至 2025-12-31",
        "state": "● 已出单",
        "prints": "2 次",
        "clerk": "王丽",
    }


def test_a_void_notice_is_marked_by_a_sign_and_a_word() -> None:
    assert texts(table(row(1, "void")))["state"] == "✕ 已作废"


def test_a_fee_no_source_gives_is_not_shown_as_zero() -> None:
    assert texts(table(row(1, total=None)))["total"] == "待核定"


def test_a_cell_gives_its_value_beside_its_text() -> None:
    model = table(row(1))
    total = model.index(0, [column.name for column in LEDGER_COLUMNS].index("total"))
    assert model.data(total, RAW_ROLE) == 40000
    assert model.data(total, Qt.ItemDataRole.AccessibleTextRole) == "应缴 ¥400.00"


def test_rows_added_below_leave_those_above_where_they_are() -> None:
    model = table(row(2))
    resets, inserted = [], []
    model.modelReset.connect(lambda: resets.append(1))
    model.rowsInserted.connect(lambda *place: inserted.append(place[1:]))
    model.show_rows((row(2), row(1)))
    assert (resets, inserted) == ([], [(1, 1)])


def test_the_same_rows_again_change_nothing() -> None:
    model = table(row(2))
    changes = []
    model.modelReset.connect(lambda: changes.append(1))
    model.rowsInserted.connect(lambda *_: changes.append(1))
    model.show_rows((row(2),))
    assert changes == []


@pytest.mark.parametrize("line", [-1, 1])
def test_there_is_no_record_outside_the_table(line: int) -> None:
    assert table(row(1)).record_at(line) is None


def test_nothing_can_be_edited() -> None:
    model = table(row(1))
    flags = {model.flags(model.index(0, place)) for place in range(model.columnCount())}
    assert all(not flag & Qt.ItemFlag.ItemIsEditable for flag in flags)
    assert not model.setData(model.index(0, 0), "x")
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None
