"""The self-check says in sentences what can be relied on, and names nobody."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medcounter.desk.recovery.selfcheck import (
    GOOD,
    LOOK,
    PROBLEM,
    Characters,
    CheckFinding,
    Machine,
    desk_findings,
    ledger_findings,
    machine_findings,
    report,
    shown_folder,
    summary,
)
from medcounter.store.audit import audit_reading
from tests.support.desk.counter_samples import ID_NUMBER, OPENED_AT, Counter, open_counter

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMON = Characters("常用字", 20_902, 20_902, 20_902)
RARE = Characters("生僻字", 60_000, 50, 70)
MACHINE = Machine(
    "PySide6 6.8.3", ("1366×768，缩放 100 %",), ("HP 1020",), "HP 1020", "", "fcitx", (COMMON,)
)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    opened = open_counter(tmp_path)
    yield opened
    opened.desk.close()


def named(findings: tuple[CheckFinding, ...], name: str) -> CheckFinding:
    return next(found for found in findings if found.name == name)


def looked_at(counter: Counter, folder: Path, days: int = 0) -> tuple[CheckFinding, ...]:
    return desk_findings(counter.desk, folder, "0.1.0", OPENED_AT + timedelta(days=days))


def test_a_new_counter_is_sound_but_for_the_backup_it_never_made(
    counter: Counter, tmp_path: Path
) -> None:
    findings = looked_at(counter, tmp_path)
    assert {found.name for found in findings if found.tone != GOOD} <= {"备份", "磁盘"}
    assert named(findings, "程序").text == "第 0.1.0 版。"
    # Taking the shipped rules in was the first thing kept.
    assert "先后没有颠倒" in named(findings, "时间").text


def test_the_fingerprint_to_be_read_aloud_is_the_one_on_the_ledgers_files(
    counter: Counter, tmp_path: Path
) -> None:
    counter.issue("吴建国")
    report = audit_reading.read(list(counter.desk.register.export_audit(OPENED_AT)))
    assert named(looked_at(counter, tmp_path), "台账指纹").text.startswith(report.fingerprint)


def test_a_clock_behind_the_last_record_is_a_problem(counter: Counter, tmp_path: Path) -> None:
    counter.issue("吴建国")
    found = named(looked_at(counter, tmp_path, days=-1), "时间")
    assert found.tone == PROBLEM
    assert "2025-03-04 09:00" in found.text
    assert "2025-03-05 09:01" in found.text


def test_rules_past_their_review_day_say_for_how_many_days(
    counter: Counter, tmp_path: Path
) -> None:
    review = counter.desk.rules.state.review_by
    on = (review + timedelta(days=3) - OPENED_AT.date()).days
    found = named(looked_at(counter, tmp_path, days=on), "规则")
    assert found.tone == LOOK
    assert "共 3 天" in found.text
    assert str(date.fromisoformat(str(review))) in found.text


def test_the_whole_ledger_is_walked_in_slices_and_counted(counter: Counter) -> None:
    for name in ("吴建国", "李秀英", "刘洋"):
        counter.issue(name)
    *slices, last = ledger_findings(counter.desk, OPENED_AT.date())
    assert set(slices) <= {None}
    assert last is not None
    assert (last.tone, last.text[:5]) == (GOOD, "3 张通知")


def test_a_machine_with_everything_is_good() -> None:
    assert {found.tone for found in machine_findings(MACHINE)} == {GOOD}


def test_characters_that_cannot_be_printed_are_counted() -> None:
    machine = Machine("", (), (), "", "", "", (COMMON, RARE))
    found = named(machine_findings(machine), "字体：生僻字")
    assert found.tone == LOOK
    assert "59950 个不能打印" in found.text
    assert "其中 20 个能显示" in found.text


def test_no_printer_and_no_input_method_say_what_can_be_done() -> None:
    findings = machine_findings(Machine("", (), (), "", "", "", ()))
    assert "存为 PDF" in named(findings, "打印机").text
    assert "fcitx" in named(findings, "输入法").text
    assert {found.tone for found in findings if found.name in {"打印机", "输入法"}} == {LOOK}


def test_printers_without_a_usual_one_ask_for_a_choice() -> None:
    findings = machine_findings(Machine("", (), ("HP 1020", "虚拟"), "", "", "x", ()))
    assert "装了 2 台" in named(findings, "打印机").text
    assert named(findings, "打印机").tone == LOOK


def test_a_print_system_that_does_not_answer_is_said_and_not_called_no_printer() -> None:
    findings = machine_findings(Machine("", (), (), "", "系统的打印服务没有回应", "x", ()))
    assert named(findings, "打印机").text.startswith("系统的打印服务没有回应，不知道有哪些打印机")
    assert named(findings, "打印机").tone == LOOK


@pytest.mark.parametrize(
    ("tones", "said"),
    [
        ((GOOD, GOOD), "一切正常，可以出单。"),
        ((GOOD, LOOK), "可以出单；有 1 项要留意：乙。"),
        ((PROBLEM, LOOK), "有 1 项问题：甲。请照下面的说明处理。"),
    ],
)
def test_the_summary_tells_the_gravest(tones: tuple[str, str], said: str) -> None:
    pairs = zip("甲乙", tones, strict=True)
    assert summary(tuple(CheckFinding(name, tone, "") for name, tone in pairs)) == said  # type: ignore[arg-type]  # tones as literals


def test_the_report_names_neither_residents_nor_clerks_nor_accounts(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path.parent))
    counter.issue("吴建国")
    ledger = tuple(
        found for found in ledger_findings(counter.desk, OPENED_AT.date()) if found is not None
    )
    text = report((*looked_at(counter, tmp_path), *machine_findings(MACHINE), *ledger), OPENED_AT)
    assert text.startswith("医保缴费测算台自检，2025-03-05 09:00\n")
    for secret in ("吴建国", ID_NUMBER, "王丽", str(tmp_path.parent)):
        assert secret not in text


def test_a_folder_outside_the_account_is_named_whole() -> None:
    assert shown_folder(Path("/srv/hall")) == str(Path("/srv/hall"))
