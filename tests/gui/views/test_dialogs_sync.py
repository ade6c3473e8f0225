"""The sync dialog with real signed bundles: shown first, taken only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget

from tests.gui.finding import child
from tests.support.desk.counter_samples import NEW_CHANNEL, Counter, newer_bundle, newer_jiangxi
from tests.support.desk.hall_samples import (
    AT,
    BEGINS,
    CLERK_NAME,
    NAMES,
    REGION,
    YEAR,
    hall_folder,
    opened,
    other_folder,
    signed_at,
    word_of,
)
from tests.support.store.store_samples import package
from tests.unit.desk.rules.test_desk_hall_release import document
from tests.unit.desk.rules.test_desk_hall_rules import confirm
from ui.demo.typist import Typist
from ui.views.rules.sync_dialog import SyncDialog
from ui.views.rules.sync_session import SyncSession
from ui.work.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from medcounter.desk.desk import Desk


class Sync(Typist):
    """The open dialog, wired to a desk, and read as a clerk reads it."""

    def __init__(
        self, qtbot: QtBot, desk: Desk, clock: Callable[[], datetime], folder: Path
    ) -> None:
        super().__init__()
        self._folder = folder
        self.session = SyncSession(desk, clock)
        self._window = QWidget()
        qtbot.addWidget(self._window)
        self.dialog = SyncDialog(self._window)
        self.dialog.show_state(self.session.state)
        self.dialog.asked.connect(self.session.ask)
        self.session.updated.connect(self.dialog.show_state)
        with qtbot.waitExposed(self.dialog):
            self.dialog.open()

    def offer(self, data: bytes) -> None:
        """Type the path of a file with these bytes, press Enter and wait."""
        path = self._folder / "offered.json"
        path.write_bytes(data)
        self.choose(path)

    def choose(self, path: Path) -> None:
        """Type a path, press Enter and wait until it was checked."""
        self.type(str(path))
        self.press("Return")
        self.await_check()

    def await_check(self) -> None:
        """Wait for the thread that checks, however busy the machine is, and hear what it says."""
        works: list[Background] = list(self.session.findChildren(Background))
        for work in works:
            work.wait()
        QApplication.processEvents()
        assert self.session.state.stage != "checking"

    def text(self, name: str) -> str:
        return child(self.dialog, QLabel, name).text()

    def changes(self) -> list[str]:
        model = child(self.dialog, QTableView, "sync_difference").model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def can_take(self) -> bool:
        return child(self.dialog, QPushButton, "sync_take").isEnabled()


@pytest.fixture
def sync(qtbot: QtBot, counter: Counter, tmp_path: Path) -> Sync:
    """The dialog, waiting for a file."""
    return Sync(qtbot, counter.desk, counter.clock, tmp_path)


def test_it_begins_with_the_rules_in_use_and_nothing_to_take(sync: Sync) -> None:
    assert "第 1 版" in sync.text("sync_current")
    assert not sync.can_take()


def test_enter_on_a_path_shows_what_changes_and_takes_nothing(sync: Sync, counter: Counter) -> None:
    sync.offer(package(newer_bundle()))
    assert len(sync.changes()) == 1
    assert NEW_CHANNEL in sync.changes()[0]
    assert sync.can_take()
    assert counter.desk.rules.state.revision == 1


def test_changed_rules_are_listed_before_changed_examples(sync: Sync) -> None:
    sync.offer(package(newer_jiangxi()))
    examples = [change.startswith("算例") for change in sync.changes()]
    assert {True, False} == set(examples)
    assert examples == sorted(examples)


def test_a_second_enter_takes_the_rules_in_and_says_so(
    qtbot: QtBot, sync: Sync, counter: Counter
) -> None:
    sync.offer(package(newer_jiangxi()))
    with qtbot.waitSignal(sync.session.taken) as taken:
        sync.press("Return")
    assert taken.args[0].revision == counter.desk.rules.state.revision == 2
    assert "第 2 版" in sync.text("sync_current")
    assert "已采用" in sync.text("sync_hint")


def test_while_a_file_is_checked_the_dialog_says_so_and_takes_nothing(
    sync: Sync, counter: Counter, tmp_path: Path
) -> None:
    path = tmp_path / "offered.json"
    path.write_bytes(package(newer_jiangxi()))
    sync.type(str(path))
    sync.press("Return")
    assert "正在核对" in sync.text("sync_hint")
    assert not sync.can_take()
    sync.press("Return")
    sync.await_check()
    assert counter.desk.rules.state.revision == 1
    assert sync.can_take()


def test_a_dialog_closed_while_a_file_is_checked_takes_nothing(
    qtbot: QtBot, sync: Sync, counter: Counter, tmp_path: Path
) -> None:
    path = tmp_path / "offered.json"
    path.write_bytes(package(newer_jiangxi()))
    sync.type(str(path))
    sync.press("Return")
    with qtbot.waitSignal(sync.dialog.destroyed):
        sync.press("Esc")
    sync.await_check()
    assert sync.session.state.stage == "planned"
    assert counter.desk.rules.state.revision == 1


def test_escape_leaves_the_old_rules(qtbot: QtBot, sync: Sync, counter: Counter) -> None:
    sync.offer(package(newer_jiangxi()))
    with qtbot.waitSignal(sync.dialog.destroyed):
        sync.press("Esc")
    assert counter.desk.rules.state.revision == 1


# Each sentence names its own cause, so that the clerk knows what to ask for.
@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (newer_jiangxi(), "没有签名"),
        (package(newer_jiangxi())[:-30], "不完整"),
        (b"not a bundle", "不是规则包"),
        (package(newer_jiangxi()).replace(b'"sig":"', b'"sig":"AAAA', 1), "没有导入"),
        (package(newer_jiangxi(1)), "同为第 1 版而内容不同"),
    ],
    ids=["unsigned", "cut", "no bundle", "signature changed", "same revision"],
)
def test_a_refused_file_says_why_and_changes_nothing(
    sync: Sync, counter: Counter, data: bytes, cause: str
) -> None:
    sync.offer(data)
    assert cause in sync.text("sync_result")
    assert "旧规则继续有效" in sync.text("sync_result")
    assert not sync.can_take()
    assert counter.desk.rules.state.revision == 1


def test_a_path_without_a_file_is_refused_in_a_sentence(sync: Sync, tmp_path: Path) -> None:
    sync.choose(tmp_path / "none.json")
    assert "没有导入" in sync.text("sync_result")


def test_after_a_refusal_a_good_file_can_still_be_taken(sync: Sync, counter: Counter) -> None:
    sync.offer(b"not a bundle")
    sync.press("Ctrl+A")
    sync.offer(package(newer_jiangxi()))
    sync.press("Return")
    assert counter.desk.rules.state.revision == 2


def test_the_next_visit_begins_without_the_last_one_s_file(sync: Sync) -> None:
    waiting = sync.text("sync_hint")
    sync.offer(b"{}")
    assert sync.text("sync_hint") != waiting
    sync.session.refresh()
    assert sync.text("sync_hint") == waiting


def test_the_next_visit_finds_the_check_that_still_runs(sync: Sync, tmp_path: Path) -> None:
    path = tmp_path / "offered.json"
    path.write_bytes(package(newer_jiangxi()))
    sync.type(str(path))
    sync.press("Return")
    sync.session.refresh()
    assert "正在核对" in sync.text("sync_hint")
    sync.await_check()
    assert sync.can_take()


@pytest.fixture
def other_desk(tmp_path: Path) -> Iterator[Desk]:
    """Another desk of the hall, which has confirmed the hall's key."""
    hall_folder(tmp_path / "first")
    other_folder(tmp_path / "other")
    with opened(tmp_path / "other", NAMES[2]) as desk:
        confirm(desk, signed_at(tmp_path / "first"))
    with opened(tmp_path / "other", CLERK_NAME) as desk:
        yield desk


def test_rules_that_two_signed_at_another_desk_are_shown_in_words_then_taken(
    qtbot: QtBot, other_desk: Desk, tmp_path: Path
) -> None:
    sync = Sync(qtbot, other_desk, lambda: AT, tmp_path)
    sync.offer(signed_at(tmp_path / "first"))
    assert "编制 王敏，复核 李强" in sync.text("sync_result")
    assert f"从 {BEGINS} 起使用" in sync.text("sync_result")
    assert any(line.startswith("缴费标准") for line in sync.changes())
    assert not other_desk.rule_book.answers(REGION, "resident", YEAR)
    with qtbot.waitSignal(sync.session.taken):
        sync.press("Return")
    assert "已采用" in sync.text("sync_hint")
    assert other_desk.rule_book.answers(REGION, "resident", YEAR)


def test_what_only_the_author_signed_is_refused_with_a_sentence(
    qtbot: QtBot, other_desk: Desk, tmp_path: Path
) -> None:
    with opened(tmp_path / "first", NAMES[0]) as desk:
        half = desk.release.sign_as_author(document(), NAMES[1], BEGINS, word_of(desk), AT)
    sync = Sync(qtbot, other_desk, lambda: AT, tmp_path)
    sync.offer(half)
    assert sync.session.state.stage == "refused"
    assert "签名" in sync.text("sync_result")
    assert not sync.can_take()
