"""Backup, restore and audit by the words of the command line."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.recovery.rescue import list_backups
from tests.support.desk.counter_samples import issue_seen, ledger_page
from tests.support.store.store_samples import AT

Streams = pytest.CaptureFixture[bytes]
RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")


@pytest.fixture(autouse=True)
def _two_notices(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT)
    for click in ("one", "two"):
        issue_seen(desk, desk.outcome(RESIDENT, AT.date()), AT, click)
    desk.close()


def said(streams: Streams) -> str:
    out, err = streams.readouterr()
    return (out + err).decode()


def test_a_ledger_that_is_gone_comes_back_by_the_command_its_refusal_names(
    own_data_dir: Path, capfdbinary: Streams
) -> None:
    assert main(["backups"]) == 0
    assert "ledger-20250305-000000005.db  截至 2025-03-05  5 条记录" in said(capfdbinary)
    (own_data_dir / "ledger.db").unlink()
    assert main(["ledger", "list"]) == 2
    assert "“medcounter restore ledger-20250305-000000005.db”" in said(capfdbinary)
    assert main(["restore", "ledger-20250305-000000005.db", "--drill"]) == 0
    assert "演练成功" in said(capfdbinary)
    assert not (own_data_dir / "ledger.db").exists()
    assert main(["restore", "ledger-20250305-000000005.db"]) == 0
    assert "原来的台账和密钥保存在" in said(capfdbinary)
    assert main(["ledger", "list"]) == 0
    assert "共 2 张" in said(capfdbinary)


def test_numbers_lost_with_the_ledger_are_named(own_data_dir: Path, capfdbinary: Streams) -> None:
    later = AT + timedelta(days=1)
    desk = Desk.open(own_data_dir, later)
    issue_seen(desk, desk.outcome(RESIDENT, later.date()), later, "three")
    desk._store.close(with_backup=False)  # noqa: SLF001 - as a power cut would leave it
    (own_data_dir / "ledger.db").write_bytes(b"")
    assert main(["restore", "ledger-20250305-000000005"]) == 0
    out = said(capfdbinary)
    assert "还有 2 条记录不在其中" in out
    assert "编号 2025-01-000003 及以前的已经用过" in out


def test_a_backup_at_a_second_place_has_its_key_beside_it(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    stick = tmp_path / "stick"
    assert main(["backup", "--to", str(stick)]) == 0
    assert "请妥善保管" in said(capfdbinary)
    assert (stick / "keyslots.json").exists()
    assert main(["restore", str(stick / "ledger-20250305-000000005.db"), "--drill"]) == 0
    assert main(["backup"]) == 0


def test_an_exported_file_is_verified_where_there_is_no_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Streams
) -> None:
    out = tmp_path / "ledger.audit"
    assert main(["ledger", "export", str(out)]) == 0
    printed = said(capfdbinary)
    assert "已遮盖" in printed
    monkeypatch.setenv("MEDCOUNTER_DATA_DIR", str(tmp_path / "another machine"))
    assert main(["ledger", "verify", str(out)]) == 0
    verified = said(capfdbinary)
    mark = printed.partition("台账指纹 ")[2][:19]
    assert mark in verified
    out.write_bytes(out.read_bytes().replace(b"40000", b"40001"))
    assert main(["ledger", "verify", str(out)]) == 2
    assert "不能作为依据" in said(capfdbinary)
    assert main(["ledger", "verify", str(tmp_path / "nothing")]) == 2
    assert not (tmp_path / "another machine").exists()


def test_a_revealing_export_says_so(tmp_path: Path, capfdbinary: Streams) -> None:
    out = tmp_path / "ledger.audit"
    assert main(["ledger", "export", str(out), "--reveal"]) == 0
    assert "含姓名和证件号码" in said(capfdbinary)
    assert "11010519491231002X" in out.read_text()


def test_a_clock_back_is_refused_and_then_accepted_with_a_reason(
    own_data_dir: Path, capfdbinary: Streams
) -> None:
    ahead = datetime.now().astimezone() + timedelta(days=400)
    desk = Desk.open(own_data_dir, ahead)
    number = ledger_page(desk).rows[0].number
    desk.notices.reprint(number, ahead)
    desk.close()
    assert main(["ledger", "clock", "时间曾拨快一年"]) == 0
    assert "已确认电脑时间" in said(capfdbinary)
    now = datetime.now().astimezone()
    desk = Desk.open(own_data_dir, now)
    assert desk.notices.reprint(number, now).prints == 3
    desk.close()


def test_a_desk_with_a_backup_of_its_own_is_sound(own_data_dir: Path) -> None:
    assert [each.day for each in list_backups(own_data_dir)] == [date(2025, 3, 5)]
    desk = Desk.open(own_data_dir, AT)
    assert desk.read_only == ""
    assert not any(desk.health.verify())
    desk.close()
