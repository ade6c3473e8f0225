"""A counter that closes on a Saturday and opens on the Monday after it, by keys alone.

The clock is the machine's own, as libfaketime sets it; it is moved while the window is open.
The right values are of the rules of Jiangxi for 2026: the window ends on Saturday 2026-02-28; who
pays on Monday waits from 03-02 to 06-01 and is covered from 06-02. Everybody is invented.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import CLERK, SUPERVISOR
from medcounter.desk.access.sign_in import NewClerk
from medcounter.desk.desk import Desk
from tests.e2e.hall_before import BOSS, BOSS_SECRET, CLERK_NAME, CLERK_SECRET, Resident
from tests.e2e.whole_day import WholeDay
from tests.gui.counter_window import SETTINGS
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import BEIJING, Clock
from tests.support.roster.roster_samples import people, write_xlsx
from tests.support.store.store_samples import demo_roots
from ui.dialogs.preview_dialog import PreviewDialog
from ui.surroundings import local_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FRIDAY = datetime(2026, 2, 27, 9, 0, tzinfo=BEIJING)
SATURDAY = datetime(2026, 2, 28, 16, 50, tzinfo=BEIJING)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
WAIT = (date(2026, 3, 2), date(2026, 6, 1))
COVER = (date(2026, 6, 2), date(2026, 12, 31))


class HallClock(Clock):
    """The machine's clock, moved by the file that libfaketime reads."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def __call__(self) -> datetime:
        """Override Clock.__call__: as the program reads it."""
        return local_now()

    def move(self, minutes: int) -> None:
        """Override Clock.move: time passes by itself here."""

    def turn_to(self, at: datetime) -> None:
        """Let it be so late from now on."""
        self._file.write_text(f"@{at:%Y-%m-%d %H:%M:%S}\n", encoding="ascii")
        assert self().date() == at.date(), "make weekend sets the clock by libfaketime"


def hall(folder: Path) -> None:
    """A hall in Jiangxi with sign-in that has served nobody yet."""
    folder.mkdir()
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    set_up = sign_in.begin(folder)
    clerks = (
        NewClerk(BOSS, SUPERVISOR, BOSS_SECRET),
        NewClerk(CLERK_NAME, CLERK, CLERK_SECRET),
    )
    set_up.finish(clerks, set_up.recovery_text, FRIDAY)


class Weekend(WholeDay):
    """The last minutes of a Saturday, and the first of a Monday."""

    clock: HallClock

    # What is seen.

    def figures(self) -> tuple[str, str, str]:
        return (self.text("amount_value"), self.text("wait_value"), self.text("cover_value"))

    def resident_sees(self, name: str) -> str:
        screen = child(self.shell, QWidget, "resident_screen")
        return child(screen, QLabel, f"resident_{name}").text()

    def told(self) -> str:
        return self.text("message_strip")

    def see(self, name: str) -> None:
        """Override WholeDay.see: the resident's screen lies behind where there is one screen."""
        if self.pictures is not None:
            self.pictures.mkdir(exist_ok=True)
        super().see(name)
        screen = shown(self.shell, QWidget, "resident_screen")
        if screen is not None and self.pictures is not None:
            screen.grab().save(str(self.pictures / f"{self._taken:02d}-{name}-resident.png"))

    def until(self, what: Callable[[], object], name: str) -> None:
        """Override WholeDay.until: a picture shows what stood there when it was never so."""
        try:
            super().until(what, name)
        except AssertionError:
            self.see(f"never-{name}")
            raise

    # What a clerk does.

    def fill(self, who: Resident) -> None:
        self.hands.type(who.id_number)
        self.hands.press("Return")
        assert self.focus() == "name"
        self.hands.type(who.name)
        self.hands.press("Return")

    def household(self, who: list[Resident]) -> None:
        for place, resident in enumerate(who):
            if place:
                self.hands.press("Ctrl+N")
            self.fill(resident)

    def bring_list(self, path: Path, count: int) -> None:
        write_xlsx(path, people(count))
        self.hands.press("Ctrl+3", "Ctrl+I")
        self.save(path, "list-which")
        self.list_is_read()
        self.hands.press("Ctrl+Y")

    def list_is_read(self) -> None:
        self.until(lambda: child(self.window, QWidget, "roster_agree_button").isEnabled(), "read")

    def show_resident(self) -> None:
        self.hands.press("F12")
        screen = child(self.shell, QWidget, "resident_screen")
        self.until(screen.isVisible, "resident's screen")
        self.until(lambda: self.hands.front() is self.shell, "the clerk's window stays in front")

    def preview(self, name: str) -> None:
        self.hands.press("Ctrl+P")
        self.dialog(PreviewDialog, "notice_preview")
        self.see(name)
        self.hands.press("Esc")
        self.back()

    def unlock(self) -> None:
        self.until(lambda: self.counter.window.covered_by == "sign_in_page", "locked")
        self.see("monday-locked")
        self.hands.type(CLERK_SECRET)
        self.hands.press("Return")
        self.until(lambda: self.counter.window.covered_by == "", "unlocked")

    def monday(self) -> None:
        self.clock.turn_to(MONDAY)

    def preview_is_open(self) -> bool:
        return shown(self.shell, PreviewDialog, "notice_preview") is not None


def issued(folder: Path, at: datetime) -> Desk:
    """Open what was written, to be read."""
    who = sign_in.sign_in(folder, CLERK_NAME, CLERK_SECRET)
    return Desk.open(folder, at, roots=demo_roots(), who=who)
