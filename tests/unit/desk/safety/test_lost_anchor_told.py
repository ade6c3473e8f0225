"""Everybody at the counter is told that the ledger was opened without its anchor."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.desk.day.days import Days
from medcounter.desk.desk import Desk
from medcounter.desk.recovery.selfcheck import LOOK, desk_findings
from medcounter.desk.safety.alerts import LATE, Observations, current_alerts
from tests.support.desk.counter_samples import HALL
from tests.support.store.auditors_samples import audited_folder, auditors, clerks
from tests.support.store.store_samples import AT, notice, paper

LATER = AT + timedelta(minutes=5)


def lost(folder: Path, at: datetime = LATER) -> Desk:
    """A desk opened where one notice was issued and the anchor is gone."""
    desk = Desk.open(folder, AT)
    desk.save_settings(HALL, AT)
    desk._store.ledger.issue(notice(1), paper)  # noqa: SLF001 - a notice, not a day
    desk.close()
    (folder / "anchor.json").unlink()
    return Desk.open(folder, at)


def test_an_alert_says_what_it_means_and_where_numbers_go_on(tmp_path: Path) -> None:
    desk = lost(tmp_path)
    said = desk.health.lost_anchor(LATER)
    # 63 days and 14:37 since the year began.
    assert f"本窗口从 2025-03-{63 * 1440 + 14 * 60 + 37:06d} 之后接着编" in said
    for word in ("anchor.json", "可能是换回的旧文件", "有意跳过", "请主管", "最后一张纸质通知单"):
        assert word in said
    (alert,) = current_alerts(Observations(lost_anchor=said), LATER)
    assert (alert.kind, alert.tone, alert.text) == ("lost_anchor", LATE, said)
    assert [one.tone for one in desk_findings(desk, tmp_path, "1", LATER) if one.text == said] == [
        LOOK
    ]
    desk.close()
    again = Desk.open(tmp_path, LATER + timedelta(days=7))
    assert again.health.lost_anchor(LATER + timedelta(days=7)) == said
    assert again.health.lost_anchor(LATER + timedelta(days=7, minutes=1)) == ""
    again.close()


def test_a_counter_that_lost_no_anchor_is_told_nothing(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, AT)
    assert desk.health.lost_anchor(AT) == ""
    desk.close()


def test_the_days_sheet_says_that_numbers_were_leapt_over(tmp_path: Path) -> None:
    desk = lost(tmp_path)
    desk._store.ledger.issue(notice(2, issued_at=LATER), paper)  # noqa: SLF001 - a notice, not a day
    told = ("编号有意跳过一段", "1 次（anchor.json 丢失）")
    assert isinstance(desk.days, Days)
    assert told in desk.days.draft_sheet(AT.date(), LATER).facts
    first = desk.days.close(AT.date(), LATER).number
    assert told in desk.days.sheet(first, LATER).facts
    desk._store.ledger.issue(notice(3, issued_at=LATER), paper)  # noqa: SLF001 - as above
    second = desk.days.close(AT.date(), LATER).number
    assert told not in desk.days.sheet(second, LATER).facts
    desk.close()


def test_verifying_by_command_says_it_beside_that_all_fits(
    own_data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost(own_data_dir, datetime.now().astimezone()).close()
    assert main(["ledger", "verify"]) == 0
    written = capsys.readouterr()
    assert "没有发现不符" in written.out
    assert "anchor.json" in written.err


def test_it_is_signed_by_the_desk_and_shown_to_auditors(tmp_path: Path) -> None:
    folder = audited_folder(tmp_path / "data")
    (folder / "anchor.json").unlink()
    desk = clerks(folder)
    assert [fault for fault in desk.health.verify() if fault] == []
    said = desk.health.lost_anchor(LATER)
    assert "anchor.json" in said
    desk.close()
    looking = auditors(folder)
    assert looking.health.lost_anchor(LATER) == said
    assert [fault for fault in looking.health.verify() if fault] == []
    looking.close()
