"""What one list numbered, looked at and voided from the command line."""

from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.desk.counter.issue_reasons import LABELS
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from tests.support.desk.counter_samples import ledger_page
from tests.support.store.store_samples import AT
from tests.support.system.streams import Streams, said

RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")
FIRST, SECOND, ALONE = "2025-01-000001", "2025-01-000002", "2025-01-000003"


@pytest.fixture(autouse=True)
def _run_of_two(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT)
    for name, run in (("张三", "a1"), ("李四", "a1"), ("王五", "")):
        outcome = desk.outcome(replace(RESIDENT, name=name), AT.date())
        desk.households.issue((outcome,), AT, (name,), LABELS, run=run)
    desk.register.mark_entered([FIRST], AT)
    desk.close()


def states(folder: Path) -> dict[str, str]:
    desk = Desk.open(folder, AT)
    found = {row.number: row.state for row in ledger_page(desk).rows}
    desk.close()
    return found


def test_without_a_reason_a_run_is_only_shown(own_data_dir: Path, capfdbinary: Streams) -> None:
    assert main(["ledger", "void-run", SECOND]) == 0
    out, _ = said(capfdbinary)
    assert f"2 张：{FIRST} 至 {SECOND}" in out
    assert "没有作废" in out
    assert set(states(own_data_dir).values()) == {"issued"}


def test_with_a_reason_all_of_it_is_voided_and_nothing_else(
    own_data_dir: Path, capfdbinary: Streams
) -> None:
    assert main(["ledger", "void-run", SECOND, "名单拿错了"]) == 0
    out, _ = said(capfdbinary)
    assert "已整批作废 2 张" in out
    assert "1 张已录入正式系统" in out
    assert states(own_data_dir) == {FIRST: "void", SECOND: "void", ALONE: "issued"}
    assert main(["ledger", "void-run", FIRST, "名单拿错了"]) == 2
    out, err = said(capfdbinary)
    assert "其中 2 张已经作废" in out
    assert "已经全部作废" in err
    assert main(["ledger", "verify"]) == 0


def test_a_notice_of_no_list_is_refused(own_data_dir: Path, capfdbinary: Streams) -> None:
    assert main(["ledger", "void-run", ALONE, "名单拿错了"]) == 2
    assert "不是按名单出的" in said(capfdbinary)[1]
    assert main(["ledger", "void-run", FIRST, " "]) == 2
    assert "没有写作废原因" in said(capfdbinary)[1]
    assert set(states(own_data_dir).values()) == {"issued"}
