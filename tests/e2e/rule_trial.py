"""A notice on paper becomes rules at the counter, by keys alone: written, signed by two, used.

Everybody who signs, and every resident, is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView, QWidget

from tests.e2e.author_hall import (
    AUTHOR,
    AUTHOR_SECRET,
    CLERK_NAME,
    CLERK_SECRET,
    REVIEWER,
    REVIEWER_SECRET,
)
from tests.e2e.whole_day import WholeDay
from tests.gui.finding import child
from ui.dialogs.preview_dialog import PreviewDialog
from ui.views.studio.release.hand_over_dialog import HandOverDialog
from ui.views.studio.release.review_dialog import ReviewDialog
from ui.views.studio.sheets.sign_dialog import SignDialog
from ui.views.studio.studio_session import StudioSession

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from medcounter.desk.authoring.open_draft import OpenDraft
    from tests.e2e.hall_before import Resident

_SECRETS = {AUTHOR: AUTHOR_SECRET, REVIEWER: REVIEWER_SECRET, CLERK_NAME: CLERK_SECRET}
_MOST_TABS = 40
# In turns of the hands' own patience: a whole place is checked, on a machine that has other work.
_PATIENCE = 40
_MOST_WARNINGS = 40
ANSWER = "与通知一致"


@dataclass
class RuleTrial(WholeDay):
    """One place from its notice to a notice printed by its rules.

    Attributes:
        written: How many keys the writing took; ticks, signatures and the counter not.
        ticked: How many residents were compared.
        answered: The warnings that were answered.
    """

    written: int = 0
    ticked: int = 0
    answered: list[str] = field(default_factory=list)

    @property
    def draft(self) -> OpenDraft:
        draft = child(self.window, StudioSession, "studio_session").draft
        assert draft is not None
        return draft

    def until(self, what: Callable[[], object], name: str) -> None:
        """Override WholeDay.until: a check of a whole place takes its time."""
        for _ in range(_PATIENCE):
            try:
                super().until(what, name)
            except AssertionError:
                continue
            return
        self.see(f"never-{name}")
        raise AssertionError(name)

    # At the desk.

    def enter(self, name: str) -> None:
        """Sign in, after a lock too."""
        self.until(lambda: self.window_covered_by() == "sign_in_page", "sign in")
        box = child(self.window, QComboBox, "sign_in_name")
        if box.currentText() != name:
            self.hands.press("Shift+Tab")
            for _ in range(box.count()):
                if box.currentText() == name:
                    break
                self.hands.press("Down")
            for _ in range(box.count()):
                if box.currentText() == name:
                    break
                self.hands.press("Up")
            self.goto("sign_in_secret")
        self.hands.type(_SECRETS[name])
        self.hands.press("Return")
        self.until(lambda: self.window_covered_by() == "", "signed in")
        self.until(lambda: self.counter.session.desk is not None, "open")

    def window_covered_by(self) -> str:
        return self.counter.window.covered_by

    # In the form.

    def fill(self, *texts: str) -> None:
        """Type what the next fields ask for, one after the other."""
        for number, text in enumerate(texts):
            if number:
                self.hands.press("Return")
            self.hands.type(text)

    def add(self, number: int, *texts: str) -> None:
        """Take an offer of the section by its number and fill what it asks."""
        self.hands.press(f"Alt+{number}")
        self.fill(*texts)

    def next_section(self, steps: int = 1) -> None:
        self.hands.press(*(["Ctrl+PgDown"] * steps))

    def back_section(self, steps: int = 1) -> None:
        self.hands.press(*(["Ctrl+PgUp"] * steps))

    def tab_to_card(self, words: str) -> None:
        """Press Tab until the card of these words has the keys."""
        for _ in range(_MOST_TABS):
            if words in self.hands.focused().accessibleName():
                return
            self.hands.press("Tab")
        raise AssertionError(words)

    def letter_to(self, letter: str, name: str) -> None:
        """Press a letter until the chip of this name has the keys, and tick it."""
        for _ in range(_MOST_TABS):
            self.hands.press(letter)
            if self.hands.focused().accessibleName().endswith(f":{name}"):
                self.hands.press("Space")
                return
        raise AssertionError(name)

    # Beside the form.

    def wait_for_check(self) -> None:
        told = child(self.window, QLabel, "studio_check")
        self.until(lambda: told.text() and not told.text().startswith("正在"), "checked")

    def tick_all(self) -> None:
        """Compare every resident with the notice, from the first row to the last."""
        self.hands.press("F6", "Home")
        rows = len(self.rows("studio_samples"))
        for _ in range(rows):
            self.hands.press("Space")
        self.ticked += rows
        self.wait_for_check()

    def answer_all(self) -> None:
        """Answer each warning that blocks nothing; whatever blocks fails the trial."""
        for _ in range(_MOST_WARNINGS):
            lines = [line[0] for line in self.rows("studio_warnings")]
            assert not [line for line in lines if line.startswith("✗")], lines
            place = next((n for n, line in enumerate(lines) if line.startswith("⚠")), None)
            if place is None:
                return
            self.answered.append(lines[place])
            table = child(self.window, QTableView, "studio_warnings")
            while self.hands.focused() is not table:
                self.hands.press("F6")
            while table.currentIndex().row() != place:
                self.hands.press("Down" if table.currentIndex().row() < place else "Up")
            self.hands.press("Space")
            self.until(self.is_covered, "reason")
            self.hands.type(ANSWER)
            self.hands.press("Return")
            self.back()
            self.wait_for_check()
        raise AssertionError(self.rows("studio_warnings"))

    # The way into force.

    def sheet(self, path: Path) -> None:
        """Look at the sheet for the wet signature and save it."""
        self.hands.press("Ctrl+P")
        dialog = self.dialog(SignDialog, "sign_sheet")
        self.until(child(dialog, QPushButton, "sign_pdf").isEnabled, "sheet")
        self.see("sheet")
        self.hands.press("Alt+S")
        self.until(lambda: self.focus() == "fileNameEdit", "file name")
        self.hands.press("Ctrl+A")
        self.hands.type(str(path))
        self.hands.press("Return")
        self.until(path.exists, "sheet saved")
        self.until(lambda: self.hands.front() is dialog, "sheet in front")
        self.see("sheet-saved")
        self.hands.press("Esc")
        self.back()

    def hand_over(self) -> None:
        self.hands.press("F9")
        self.dialog(HandOverDialog, "studio_hand_over")
        self.see("hand-over")
        self.hands.type(AUTHOR_SECRET)
        self.hands.press("Return")
        self.back()
        self.until(lambda: self.text("studio_stage") == "已交复核", "handed over")
        self.see("handed-over")

    def change_places(self, name: str) -> None:
        """Leave the desk and let another sit down."""
        self.hands.press("Ctrl+L")
        self.enter(name)

    def review_and_sign(self) -> None:
        self.hands.press("Ctrl+7")
        self.until(lambda: self.focus() == "studio_drafts", "drafts")
        self.see("drafts-of-the-reviewer")
        self.hands.press("Return")
        self.wait_for_check()
        self.hands.press("F9")
        self.dialog(ReviewDialog, "studio_review")
        self.see("review")
        self.hands.press("Alt+P")
        self.hands.type(REVIEWER_SECRET)
        self.hands.press("Return")
        self.back()
        self.until(lambda: self.text("studio_stage") == "已发布", "released")
        self.see("released")

    # At the counter.

    def notice(self, resident: Resident, path: Path, year: int) -> None:
        """Serve a resident by the new rules and save the notice."""
        self.hands.press("Ctrl+1")
        box = child(self.window, QComboBox, "benefit_year")
        if str(year) not in box.currentText():
            self.hands.press("Alt+Y")
            self.see("years")
            self.hands.type(str(year))
            self.hands.press("Return")
        assert str(year) in box.currentText()
        self.hands.press("F2")
        self.hands.type(resident.id_number)
        self.hands.press("Return")
        self.hands.type(resident.name)
        self.hands.press("Return")
        self.see("resident")
        self.hands.press("F9")
        if child(self.window, QWidget, "question_bar").isVisible():
            self.see("asked")
            self.hands.press("Ctrl+F9")
        dialog = self.dialog(PreviewDialog, "notice_preview")
        self.see("notice")
        self.hands.press("Alt+S")
        self.until(lambda: self.focus() == "fileNameEdit", "file name")
        self.hands.press("Ctrl+A")
        self.hands.type(str(path))
        self.hands.press("Return")
        self.until(path.exists, "notice saved")
        self.until(lambda: self.hands.front() in {dialog, self.shell}, "after saving")
        if self.hands.front() is dialog:
            self.hands.press("Esc")
        self.back()
        self.see("counter-after")
