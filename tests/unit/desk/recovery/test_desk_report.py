"""A crash report says where the program failed and nothing of anybody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.desk.safety.crash_report import Reports, prune_reports
from medcounter.settings import Offset, Settings
from tests.support.store.store_samples import AT

CANARY = "金丝雀"
NUMBER = "110101199003078515"
SETTINGS = Settings(
    hall=f"{CANARY}大厅",
    clerk=CANARY,
    clerks=(CANARY, "王丽"),
    second_place=f"/media/{CANARY}",
    printer=f"{CANARY}的打印机",
    offsets=(Offset(CANARY, 1, 1),),
)


def fail(text: str) -> None:
    """Fail as code does that quotes what it was given."""
    try:
        dict[str, str]()[text]
    except KeyError as err:
        message = f"不认识 {text}"
        raise OSError(5, message, f"/home/{CANARY}/{text}.pdf") from err


def failure() -> OSError:
    with pytest.raises(OSError, match=CANARY) as caught:
        fail(f"{CANARY} {NUMBER}")
    return caught.value


def test_a_report_names_no_person_and_no_folder_of_theirs(tmp_path: Path) -> None:
    folder = tmp_path / CANARY
    folder.mkdir()
    (folder / "ledger.db").write_bytes(bytes(1234))
    path = Reports(folder).write(failure(), AT, SETTINGS, {"rules": "7"})
    assert path is not None
    said = path.read_text("utf-8")
    for secret in (CANARY, NUMBER, NUMBER[-4:], "王丽", str(tmp_path)):
        assert secret not in said
    assert CANARY not in path.name


def test_a_report_says_where_it_failed_and_with_which_versions(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(bytes(1234))
    path = Reports(tmp_path).write(failure(), AT, SETTINGS, {"rules": "7"})
    assert path is not None
    said = path.read_text("utf-8")
    assert path.name == "report-20250305-143200.txt"
    for part in (
        "builtins.OSError errno 5",
        "builtins.KeyError",
        "test_desk_report.py:",
        " fail",
        "rules: 7",
        "ledger.db: 1234 bytes",
        "setting paper: A5",
        "python: ",
    ):
        assert part in said


def test_the_same_failure_is_reported_once(tmp_path: Path) -> None:
    reports = Reports(tmp_path)
    assert reports.write(failure(), AT, None, {}) is not None
    assert reports.write(failure(), AT, None, {}) is None


def test_two_reports_of_one_second_both_stay(tmp_path: Path) -> None:
    made = [Reports(tmp_path).write(failure(), AT, None, {}) for _ in range(2)]
    assert len({path.name for path in made if path is not None}) == 2


def test_old_reports_and_too_many_are_deleted(tmp_path: Path) -> None:
    for days in range(60):
        day = AT - timedelta(days=days)
        (tmp_path / f"report-{day:%Y%m%d}-090000.txt").touch()
    (tmp_path / f"report-{AT - timedelta(days=401):%Y%m%d}-090000.txt").touch()
    prune_reports(tmp_path, AT)
    assert len(list(tmp_path.glob("report-*.txt"))) == 50
    prune_reports(tmp_path, AT + timedelta(days=400))
    assert [path.name for path in tmp_path.iterdir()] == ["report-20250305-090000.txt"]


def test_a_disk_that_cannot_be_written_ends_in_no_report(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file in the folder's place")
    assert Reports(tmp_path).write(failure(), AT, None, {}) is None
