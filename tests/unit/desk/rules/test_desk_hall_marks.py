"""What was decided by a hall's own rules says so on screen, on paper, in the ledger and the day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.desk.desk import Desk
from medcounter.notice.content.household_sheet import household_sheet
from medcounter.notice.content.notice import Notice, Sheet
from medcounter.notice.content.snapshot import dump, load
from medcounter.notice.sheet.household_manuscript import household_manuscript
from medcounter.notice.sheet.notice_manuscript import notice_manuscript
from medcounter.notice.sheet.paper import A4_PORTRAIT
from medcounter.store.ledger.ledger_filter import EVERYTHING
from tests.support.desk.hall_samples import AT, NAMES, hall_folder, opened, signed_at
from tests.unit.desk.rules.test_desk_hall_rules import draft_of, take

SENTENCE = "规则由本厅编制，编制 王敏，复核 李强，2026-11-30。"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("marks") / "first"
    hall_folder(folder)
    data = signed_at(folder)
    with opened(folder, NAMES[0]) as found:
        take(found, data)
        yield found


@pytest.fixture(scope="module")
def notice(desk: Desk) -> Notice:
    outcome = desk.outcome(draft_of(), AT.date())
    seen = {reason.code for reason in desk.households.doubts((outcome,), AT)}
    (issued,) = desk.households.issue((outcome,), AT, ("click-1",), seen)
    return issued.notice


def test_the_strip_above_the_form_says_whose_rules_they_are(desk: Desk) -> None:
    assert desk.outcome(draft_of(), AT.date()).banner.startswith(SENTENCE)


def test_the_notice_and_the_households_sheet_say_it_on_paper(notice: Notice) -> None:
    assert notice.made_by == SENTENCE
    for manuscript in (
        notice_manuscript(Sheet(notice), A4_PORTRAIT),
        household_manuscript(household_sheet([notice, notice]), A4_PORTRAIT),
    ):
        assert sum(piece.kind == "made-by" for piece in manuscript.pieces) == 1
        assert "王敏" in next(p.html for p in manuscript.pieces if p.kind == "made-by")


def test_a_stored_notice_says_it_as_it_was_issued(notice: Notice) -> None:
    assert load(dump(notice)) == notice
    assert b'"bundles":[{' in dump(notice)


def test_the_row_of_the_ledger_and_the_days_sheet_say_it(desk: Desk, notice: Notice) -> None:
    (row,) = desk.register.page("", 10, 0, EVERYTHING, AT.date()).rows
    assert row.number == notice.number
    assert row.standing.hall_rules == 1
    assert row.category_label == "普通居民（本厅规则）"
    sheet = desk.days.draft_sheet(AT.date(), AT)
    assert ("按本厅规则", "1 份") in sheet.facts
    (details,) = [table for table in sheet.tables if table.heading == "明细"]
    assert "普通居民（本厅规则）" in details.rows[0]
