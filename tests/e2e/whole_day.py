"""A counter day from the morning's sign-in to the evening's close, by keys alone.

Everybody is invented. What is read is what stands on the screen; what is
counted at the end stands in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableView,
    QWidget,
)

from tests.e2e.hall_before import BOSS_SECRET, CLERK_NAME, CLERK_SECRET, Resident
from tests.e2e.x11_hands import until
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import Clock
from tests.support.roster.roster_samples import people, write_xlsx
from ui.dialogs.approval_dialog import ApprovalDialog
from ui.dialogs.preview_dialog import PreviewDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.counter import Counter as OpenCounter
    from ui.frame.shell import Shell


class Hands(Protocol):
    """What presses keys, at a real screen or without one."""

    pressed: int

    def press(self, *keys: str) -> None: ...
    def type(self, text: str) -> None: ...
    def lay_card(self, text: str) -> None: ...
    def focused(self) -> QWidget: ...
    def front(self) -> QWidget | None: ...
    def picture(self, path: str) -> None: ...


@dataclass
class WholeDay:
    """One counter and who works at it.

    Attributes:
        served: How many notices were issued today.
        keys: How many keys each part of the day took.
    """

    hands: Hands
    shell: Shell
    counter: OpenCounter
    clock: Clock
    pictures: Path | None = None
    served: int = 0
    keys: dict[str, int] = field(default_factory=dict)
    _taken: int = 0
    _before: int = 0

    @property
    def window(self) -> QWidget:
        return self.counter.window

    def text(self, name: str) -> str:
        return child(self.window, QLabel, name).text()

    def typed(self, name: str) -> str:
        return child(self.window, QLineEdit, name).text()

    def focus(self) -> str:
        return self.hands.focused().objectName()

    def rows(self, name: str) -> list[list[str]]:
        model = child(self.window, QTableView, name).model()
        return [
            [str(model.index(row, at).data()) for at in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def until(self, what: Callable[[], object], name: str) -> None:
        assert until(what), name

    def dialog(self, kind: type[QDialog], name: str) -> QDialog:
        """Wait until a dialog has the keys."""

        def is_there() -> bool:
            found = shown(self.shell, kind, name)
            return found is not None and self.hands.front() is found

        self.until(is_there, name)
        found = shown(self.shell, kind, name)
        assert found is not None
        return found

    def is_covered(self) -> bool:
        """Whether a dialog is over the window."""
        return self.hands.front() not in {None, self.shell}

    def back(self) -> None:
        """Wait until no dialog is over the window."""
        self.until(lambda: self.hands.front() is self.shell, "the window is in front again")

    def see(self, name: str) -> None:
        """Take a picture of a step and note how many keys it took."""
        self.keys[name] = self.hands.pressed - self._before
        if self.pictures is not None:
            self._taken += 1
            self.hands.picture(str(self.pictures / f"{self._taken:02d}-{name}.png"))
        self._before = self.hands.pressed

    def issue(self, name: str = "", notices: int = 1) -> None:
        """Issue; without a printer the notice is shown and put away."""
        if name:
            self.see(name)
        self.hands.press("F9")
        if child(self.window, QWidget, "question_bar").isVisible():
            # Most of who comes was here yesterday.
            self.hands.press("Ctrl+F9")
        self.dialog(PreviewDialog, "notice_preview")
        self.served += notices
        if name:
            self.see(f"{name}-issued")
        self.hands.press("Esc")
        self.back()
        self.clock.move(3)

    def goto(self, name: str) -> None:
        for _ in range(60):
            if self.focus() == name:
                return
            self.hands.press("Tab")
        raise AssertionError(name)

    def sign_in(self) -> None:
        self.until(lambda: self.counter.window.covered_by == "sign_in_page", "sign in")
        self.see("sign-in")
        assert self.focus() == "sign_in_secret"
        if child(self.window, QWidget, "sign_in_name").property("currentText") != CLERK_NAME:
            self.hands.press("Shift+Tab", "Down")
            self.goto("sign_in_secret")
        self.hands.type(CLERK_SECRET)
        self.hands.press("Return")
        self.until(lambda: self.counter.window.covered_by == "", "signed in")
        self.until(lambda: self.counter.session.desk is not None, "open")
        self.until(lambda: self.focus() == "id_number", "focus in the omnibox")
        self.see("morning")

    def confirm_the_print_of_yesterday(self) -> None:
        self.hands.press("F3")
        self.see("ledger-unconfirmed")
        self.hands.press("Ctrl+K")
        assert "已出纸" in self.text("ledger_message")
        self.see("ledger-confirmed")
        self.hands.press("Ctrl+1")
        assert not child(self.window, QWidget, "alert_bar").isVisible()

    def read(self, resident: Resident) -> None:
        """Lay a card on the reader and wait until it is heard to its end."""
        self.hands.lay_card(resident.id_number)
        self.until(lambda: self.typed("id_number") == resident.id_number, "card")

    def serve_by_reader(self, who: list[Resident], *, new: bool) -> None:
        for place, resident in enumerate(who):
            self.read(resident)
            if new:
                self.goto("name")
                self.hands.type(resident.name)
                self.hands.press("Alt+G", "1")
            assert self.typed("name") == resident.name
            self.issue(("reader-new" if new else "reader-known") if not place else "")

    def serve_typed(self, who: list[Resident]) -> None:
        for place, resident in enumerate(who):
            self.hands.press("F2")
            self.hands.type(resident.id_number)
            self.hands.press("Return")
            assert self.focus() == "name"
            self.hands.type(resident.name)
            self.hands.press("Return")
            self.issue("typed" if not place else "")

    def serve_found(self, name: str, who: list[tuple[str, Resident]]) -> None:
        for place, (words, resident) in enumerate(who):
            self.hands.press("F2")
            self.hands.type(words)
            if not place:
                self.see(f"{name}-list")
            for _ in range(8):
                # The list names who is marked; several may have these initials.
                if resident.name in self._marked():
                    break
                self.hands.press("Down")
            self.hands.press("Return")
            assert self.typed("name") == resident.name
            self.issue(name if not place else "")

    def _marked(self) -> str:
        found = child(self.window, QListWidget, "matches")
        return found.item(found.currentRow()).text() if found.currentRow() >= 0 else ""

    def household_by_reader(self, who: list[Resident]) -> None:
        for resident in who:
            self.read(resident)
        self.issue("household-reader", len(who))

    def household_typed(self, who: list[Resident]) -> None:
        self.hands.press("F2")
        for place, resident in enumerate(who):
            if place:
                self.hands.press("Ctrl+N")
            self.hands.type(resident.id_number)
            self.hands.press("Return")
            self.hands.type(resident.name)
            self.hands.press("Return")
        self.issue("household-typed", len(who))

    def newborn(self) -> None:
        self.hands.press("F2")
        self.goto("name")
        self.hands.type("吴小宝")
        self.goto("birth_date")
        self.hands.type("2025-1-20")
        self.hands.press("Return")
        self.issue("newborn")

    def lapsed_with_repair(self, resident: Resident) -> None:
        self.hands.press("F2")
        self.hands.type(resident.id_number)
        self.hands.press("Return")
        self.hands.type(resident.name)
        self.hands.press("Alt+G", "3", "Alt+O")
        self.see("lapsed-options")
        options = self.rows("options")
        place = next(n for n, row in enumerate(options, 1) if "修复" in " ".join(row))
        self.hands.press(str(place))
        self.issue("lapsed-repair")

    def what_if_and_why(self, resident: Resident) -> None:
        self.hands.press("F2")
        self.read(resident)
        self.hands.press("Alt+D")
        self.hands.type("0420")
        self.see("what-if")
        self.hands.press("Return", "F4")
        self.see("why")
        self.hands.press("F4")
        self.issue("what-if-taken")

    def approve(self) -> None:
        """The supervisor at the clerk's side types the secret."""
        self.dialog(ApprovalDialog, "approval_dialog")
        self.see("approval")
        self.hands.type(BOSS_SECRET)
        self.hands.press("Return")
        self.back()

    def correct(self) -> None:
        self.hands.press("F3", "Ctrl+G", "1")
        self.see("correct-reason")
        self.hands.press("Return")
        self.approve()
        assert self.typed("name") != ""
        self.see("correct-draft")
        self.issue("corrected")

    def void(self) -> None:
        # The newest is the corrected one, the next the void one it stands for.
        self.hands.press("F3", "Down", "Down", "Ctrl+Delete", "4")
        self.see("void-reason")
        self.hands.press("Return")
        self.approve()
        assert "居民改变主意" in self.text("detail_void")
        self.see("voided")

    def reprint_last(self) -> None:
        self.hands.press("Ctrl+1", "Ctrl+R")
        self.dialog(PreviewDialog, "notice_preview")
        self.see("reprint")
        self.hands.press("Esc")
        self.back()

    def save(self, path: Path, name: str) -> None:
        """Give a file dialog a path."""
        self.until(self.is_covered, "file dialog")
        self.until(lambda: self.focus() == "fileNameEdit", "file name")
        self.hands.press("Ctrl+A")
        self.hands.type(str(path))
        self.see(name)
        self.hands.press("Return")
        self.back()

    def export(self, path: Path) -> None:
        self.hands.press("F3", "Ctrl+E")
        self.save(path, "export-where")
        self.until(path.exists, "export")
        self.see("exported")

    def enter_later(self) -> None:
        self.hands.press("F3", "Alt+W")
        self.see("ledger-states")
        for _ in range(12):
            if "待录入" in self._current_state():
                break
            self.hands.press("Down")
        self.hands.press("Return")
        self.goto("ledger_search")
        self.see("to-enter")
        self.hands.press("Ctrl+M", "Ctrl+M")
        self.see("entered")

    def _current_state(self) -> str:
        box = child(self.window, QComboBox, "ledger_state_box")
        return box.view().currentIndex().data() or ""

    def self_check(self) -> None:
        self.hands.press("Ctrl+6")
        summary = child(self.window, QLabel, "check_summary")
        self.until(lambda: not summary.text().startswith("正在"), "self-check")
        self.see("self-check")

    def practise(self) -> None:
        self.hands.press("Ctrl+F12")
        self.until(lambda: self._practice() and self.is_covered(), "practice")
        self.see("practice-cases")
        self.hands.press("3")
        self.back()
        self.see("practice-case")
        self.hands.press("F9")
        self.dialog(PreviewDialog, "notice_preview")
        self.see("practice-issued")
        self.hands.press("Esc")
        self.back()
        self.hands.press("Ctrl+F12")
        self.until(lambda: self.counter.session.desk and not self._practice(), "back")
        self.until(lambda: self.focus() == "id_number", "focus after practice")
        self.see("practice-left")

    def _practice(self) -> bool:
        desk = self.counter.session.desk
        return desk is not None and desk.practice

    def lock(self) -> None:
        self.hands.press("F2")
        self.hands.type("wux")
        self.hands.press("Ctrl+L")
        assert self.counter.window.covered_by == "sign_in_page"
        self.see("locked")
        self.hands.type(CLERK_SECRET)
        self.hands.press("Return")
        self.until(lambda: self.counter.window.covered_by == "", "unlocked")
        self.see("unlocked")

    def roster(self, path: Path, count: int) -> None:
        write_xlsx(path, people(count))
        self.hands.press("Ctrl+3")
        self.hands.press("Ctrl+I")
        self.save(path, "roster-which")
        self.until(lambda: child(self.window, QWidget, "roster_agree_button").isEnabled(), "read")
        self.see("roster-found")
        self.hands.press("Ctrl+Y", "F10")
        self.until(child(self.window, QWidget, "roster_question").isVisible, "roster question")
        self.see("roster-asked")
        self.hands.press("Ctrl+F10")
        self.until(self.is_covered, "roster papers")
        self.served += count
        self.see("roster-issued")
        self.hands.press("Esc")
        self.back()
        self.see("roster-done")

    def close_day(self) -> None:
        self.hands.press("F11")
        self.see("day")
        self.hands.press("F11")
        self.until(self.is_covered, "close day")
        self.see("day-closing")
        self.hands.press("Return")
        self.back()
        self.see("day-closed")

    def close_the_forgotten_day(self) -> None:
        self.hands.press("PgUp")
        self.see("forgotten-day")
        self.hands.press("F11")
        self.until(self.is_covered, "close forgotten day")
        self.hands.press("Return")
        self.back()
        assert "已日结" in self.text("day_badge")
        self.see("forgotten-day-closed")
