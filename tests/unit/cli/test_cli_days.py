"""The day, its close, what is left to enter, and tables, from the command line."""

from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from tests.support.desk.counter_samples import issue_seen
from tests.support.store.store_samples import AT
from tests.support.system.streams import Streams, said

RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")
DAY = AT.date().isoformat()


@pytest.fixture
def _two_notices(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT)
    for place in range(2):
        result = desk.outcome(RESIDENT, AT.date())
        issue_seen(desk, result, AT, f"click-{place}")
    desk.notices.void("2025-01-000002", "姓名填错", AT)
    desk.close()


@pytest.mark.usefixtures("_two_notices")
def test_a_past_day_is_shown_closed_once_and_shown_again(capfdbinary: Streams) -> None:
    assert main(["ledger", "day", DAY]) == 0
    out, _ = said(capfdbinary)
    assert "还没有日结" in out
    assert "出单 2 份  其中作废 1 份" in out
    assert "¥400.00（人民币肆佰元整）" in out
    assert main(["ledger", "close", DAY]) == 0
    assert "-01-D0001" in said(capfdbinary)[0]
    assert main(["ledger", "close", DAY]) == 2
    assert "已经日结" in said(capfdbinary)[1]
    assert main(["ledger", "day", DAY]) == 0
    out, _ = said(capfdbinary)
    assert "-01-D0001" in out
    assert "还没有日结" not in out


@pytest.mark.parametrize("day", ["昨天", "2025-02-30"])
def test_a_day_written_otherwise_is_refused(day: str, capfdbinary: Streams) -> None:
    assert main(["ledger", "day", day]) == 2
    assert day in said(capfdbinary)[1]


@pytest.mark.usefixtures("_two_notices")
def test_what_is_left_to_enter_is_listed_marked_and_taken_back(capfdbinary: Streams) -> None:
    assert main(["ledger", "entered", "--from", DAY]) == 0
    out, _ = said(capfdbinary)
    assert "2025-01-000001" in out
    assert "11010519491231002X" not in out
    assert "待录入正式系统 1 张" in out
    assert main(["ledger", "entered", "2025-01-000001"]) == 0
    assert "1 张已标为录入正式系统" in said(capfdbinary)[0]
    assert main(["ledger", "entered", "--from", DAY]) == 0
    assert "待录入正式系统 0 张" in said(capfdbinary)[0]
    assert main(["ledger", "entered", "2025-01-000001", "--undo"]) == 0
    assert "1 张已改回待录入" in said(capfdbinary)[0]
    assert main(["ledger", "entered", "2025-01-000002"]) == 2
    assert "已经作废" in said(capfdbinary)[1]


@pytest.mark.usefixtures("_two_notices")
def test_a_table_is_written_for_the_days_asked_for(tmp_path: Path, capfdbinary: Streams) -> None:
    destination = tmp_path / "台账.xlsx"
    after = (AT.date() + timedelta(days=1)).isoformat()
    assert main(["ledger", "export", str(destination)]) == 0
    assert "已导出 2 张" in said(capfdbinary)[0]
    assert main(["ledger", "export", str(destination), "--force", "--from", after]) == 0
    assert "已导出 0 张" in said(capfdbinary)[0]
    assert main(["ledger", "export", str(destination), "--force", "--to-enter", "--from", DAY]) == 0
    assert "已导出 1 张" in said(capfdbinary)[0]
    assert destination.read_bytes().startswith(b"PK")
