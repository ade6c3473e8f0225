"""Signing in on the command line: by files or a terminal, never by a word anyone can read."""

import io
import re
import sys
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.desk.access import sign_in
from medcounter.desk.access.sign_in import AUDITOR, CLERK, LOCKED, OPEN, SUPERVISOR
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.store.folder.data_folder import DataFolder
from tests.support.desk.counter_samples import faults_of, issue_seen, ledger_page
from tests.support.store.access_samples import LI, SECRETS, WANG, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT
from tests.support.system.streams import Streams, said

RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")
NEW = "dong nan xi bei"
RECOVERY = re.compile(r"(?:[0-9A-Z]{5}-){12}[0-9A-Z]{5}")


@pytest.fixture
def recovery_file(own_data_dir: Path, tmp_path: Path) -> Path:
    """A folder with sign-in on, and a file with its recovery key."""
    file = tmp_path / "recovery.txt"
    file.write_text(locked_folder(own_data_dir))
    return file


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def by_file(tmp_path: Path, name: str) -> list[str]:
    file = tmp_path / f"{name}.txt"
    file.write_text(SECRETS[name] + "\n")
    return ["--clerk", name, "--secret-file", str(file)]


def new_secret(tmp_path: Path) -> str:
    file = tmp_path / "new.txt"
    file.write_text(NEW)
    return str(file)


class Typist:
    """Types back the recovery key that was shown, at first with a slip."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self.shown = ""

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        found = RECOVERY.search(said(self._streams)[0])
        if found:
            self.shown = found[0]
            return f"{self.shown[1:]}\n"
        return f"{self.shown.lower()}\n"


@pytest.mark.usefixtures("recovery_file")
def test_a_command_signs_in_by_a_file(tmp_path: Path, capfdbinary: Streams) -> None:
    assert main(["ledger", "list", *by_file(tmp_path, LI)]) == 0
    assert "共 0 张" in said(capfdbinary)[0]
    assert main(["ledger", "verify", *by_file(tmp_path, WANG)]) == 0


@pytest.mark.usefixtures("recovery_file")
def test_where_nobody_can_be_asked_the_way_in_is_named(capfdbinary: Streams) -> None:
    assert main(["ledger", "list"]) == 2
    assert main(["ledger", "list", "--clerk", LI]) == 2
    assert said(capfdbinary)[1].count("--secret-file") == 2


@pytest.mark.usefixtures("recovery_file")
def test_a_wrong_secret_and_an_unreadable_file_are_refused(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    file = tmp_path / "wrong.txt"
    file.write_text("wrong")
    assert main(["ledger", "list", "--clerk", LI, "--secret-file", str(file)]) == 2
    assert main(["ledger", "list", "--clerk", LI, "--secret-file", str(tmp_path)]) == 2
    err = said(capfdbinary)[1]
    assert "姓名或口令不对" in err
    assert "无法读取" in err


@pytest.mark.usefixtures("recovery_file")
def test_computing_needs_no_sign_in(tmp_path: Path, capfdbinary: Streams) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(
        '{"region":"360000","scheme":"resident","benefit_year":2025,'
        '"payment_date":"2024-11-01","birth_date":"1980-01-01"}'
    )
    for command in ("assess", "options"):
        main([command, str(facts)])
        assert "登录" not in said(capfdbinary)[1]


@pytest.mark.usefixtures("recovery_file")
def test_a_clerk_alone_neither_sets_the_clock_nor_exports_unmasked(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    out = str(tmp_path / "audit.jsonl")
    for words in (["ledger", "clock", "校准"], ["ledger", "export", out, "--reveal"]):
        assert main([*words, *by_file(tmp_path, LI)]) == 2
        assert "主管同意" in said(capfdbinary)[1]
        assert main([*words, *by_file(tmp_path, ZHAO)]) == 0


def test_sign_in_is_set_up_with_a_recovery_key_typed_back(
    own_data_dir: Path, tmp_path: Path, capfdbinary: Streams, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist = Typist(capfdbinary)
    monkeypatch.setattr(sys, "stdin", typist)
    assert main(["access", "set-up", *by_file(tmp_path, ZHAO)]) == 0
    assert sign_in.state(own_data_dir).clerks == ((ZHAO, SUPERVISOR),)
    assert sign_in.recover(own_data_dir, typist.shown).recovered
    monkeypatch.setattr(sys, "stdin", Typist(capfdbinary))
    assert main(["access", "renew", *by_file(tmp_path, ZHAO)]) == 0
    assert "旧的从此作废" in said(capfdbinary)[0]


def test_a_set_up_nobody_types_back_is_none(
    own_data_dir: Path, tmp_path: Path, capfdbinary: Streams
) -> None:
    assert main(["access", "set-up", *by_file(tmp_path, ZHAO)]) == 2
    assert "登录没有启用" in said(capfdbinary)[1]
    assert sign_in.state(own_data_dir).kind == sign_in.NEW


def test_going_without_sign_in_is_chosen_in_words(own_data_dir: Path, capfdbinary: Streams) -> None:
    assert main(["access", "show"]) == 2
    assert "没有台账" in said(capfdbinary)[1]
    assert not own_data_dir.exists()
    assert main(["access", "set-up", "--open"]) == 0
    assert sign_in.state(own_data_dir).kind == OPEN
    assert main(["access", "add", LI]) == 2
    assert "没有启用登录" in said(capfdbinary)[1]


@pytest.mark.usefixtures("recovery_file")
def test_clerks_are_added_shown_changed_and_removed(
    own_data_dir: Path, tmp_path: Path, capfdbinary: Streams
) -> None:
    supervisor = by_file(tmp_path, ZHAO)
    new = ["--new-secret-file", new_secret(tmp_path)]
    assert main(["access", "add", "钱进", "--role", "auditor", *new, *supervisor]) == 0
    assert sign_in.sign_in(own_data_dir, "钱进", NEW).role == AUDITOR
    assert main(["access", "secret", WANG, *new, *supervisor]) == 0
    assert sign_in.sign_in(own_data_dir, WANG, NEW).role == AUDITOR
    assert main(["access", "secret", LI, *new, *by_file(tmp_path, LI)]) == 0
    assert main(["access", "remove", "钱进", *supervisor]) == 0
    capfdbinary.readouterr()
    assert main(["access", "show"]) == 0
    shown = [f"经办人  {LI}", f"审计人员  {WANG}", f"主管  {ZHAO}"]
    assert sorted(said(capfdbinary)[0].splitlines()[1:]) == sorted(shown)


def test_a_lost_secret_is_made_good_with_the_recovery_key(
    own_data_dir: Path, recovery_file: Path, tmp_path: Path, capfdbinary: Streams
) -> None:
    words = ["access", "recover", "--recovery-file", str(recovery_file)]
    new = ["--secret-file", new_secret(tmp_path)]
    assert main([*words, "--clerk", "nobody", *new]) == 2
    assert "没有经办人" in said(capfdbinary)[1]
    assert main([*words, "--clerk", LI, *new]) == 0
    assert sign_in.sign_in(own_data_dir, LI, NEW).role == CLERK


@pytest.fixture
def backup(own_data_dir: Path, recovery_file: Path, tmp_path: Path) -> Path:
    """A backup with one notice and its key slots at a second place."""
    assert recovery_file.exists()
    desk = Desk.open(own_data_dir, AT, who=pass_of(own_data_dir))
    issue_seen(desk, desk.outcome(RESIDENT, AT.date()), AT, "click")
    made = desk.backups.back_up(tmp_path / "stick")
    desk.close()
    assert made is not None
    return made


def test_a_backup_is_restored_here_by_who_signs_in(
    own_data_dir: Path, backup: Path, tmp_path: Path, capfdbinary: Streams
) -> None:
    DataFolder(own_data_dir).ledger.unlink()
    assert main(["restore", str(backup)]) == 2
    assert main(["restore", str(backup), *by_file(tmp_path, WANG)]) == 2
    assert "审计人员只能查看" in said(capfdbinary)[1]
    assert main(["restore", str(backup), "--drill", *by_file(tmp_path, WANG)]) == 2
    assert main(["restore", str(backup), *by_file(tmp_path, LI)]) == 0
    assert main(["ledger", "list", *by_file(tmp_path, LI)]) == 0
    assert "共 1 张" in said(capfdbinary)[0]


@pytest.mark.parametrize("way", ["sign-in", "recovery key"])
def test_a_backup_is_restored_on_another_machine_with_the_slots_beside_it(
    way: str, backup: Path, recovery_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    Desk.open(other, AT).close()
    words = by_file(tmp_path, LI) if way == "sign-in" else ["--recovery-file", str(recovery_file)]
    there = ["--data-dir", str(other)]
    assert main(["restore", str(backup), *there]) == 2
    assert main(["restore", str(backup), "--drill", *there, *words]) == 0
    assert main(["restore", str(backup), *there, *words]) == 0
    assert sign_in.state(other).kind == LOCKED
    desk = Desk.open(other, AT, who=pass_of(other))
    assert faults_of(desk) == ()
    assert ledger_page(desk).total == 1
    desk.close()
    assert DataFolder(other).key_file.read_bytes() == DataFolder(other).key_copy.read_bytes()


def test_a_hall_whose_only_supervisor_is_gone_gets_another_by_the_recovery_key(
    recovery_file: Path, tmp_path: Path, capfdbinary: Streams
) -> None:
    hall = ["--recovery-file", str(recovery_file)]
    assert main(["ledger", "clock", "核对过时钟", *by_file(tmp_path, ZHAO)]) == 0
    assert main(["access", "remove", ZHAO, *by_file(tmp_path, ZHAO)]) == 2
    added = ["access", "add", "孙主管", "--role", "supervisor"]
    assert main([*added, "--new-secret-file", new_secret(tmp_path), *hall]) == 0
    assert main(["access", "remove", ZHAO, *hall]) == 0
    assert main(["ledger", "list", *by_file(tmp_path, ZHAO)]) == 2
    now = ["--clerk", "孙主管", "--secret-file", str(tmp_path / "new.txt")]
    # What the one who left had signed stays good.
    assert main(["ledger", "verify", *now]) == 0
    assert main(["ledger", "clock", "再核对", *now]) == 0
    assert main(["ledger", "verify", *now]) == 0
    assert "最后一名主管" in said(capfdbinary)[1]


def test_a_counter_without_sign_in_says_that_the_machine_signs(
    own_data_dir: Path, capfdbinary: Streams
) -> None:
    assert main(["access", "set-up", "--open"]) == 0
    assert main(["access", "show"]) == 0
    assert own_data_dir.exists()
    assert "证明不了是谁办的" in said(capfdbinary)[0]
