"""The way to an open desk: opening it, and what is offered when it fails.

Opens the desk of one data folder behind the painted window. Calls the copy
of the program that has it open already; shows the trouble else.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from .front import FrontCall, FrontWatch

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.desk import Desk
    from medcounter.desk.trouble import Trouble
    from medcounter.trust.roots import Roots

    from .main_window import MainWindow
    from .rescue import Rescue


class Entrance(QObject):
    """Opens desks, one at a time.

    Attributes:
        folder: The data folder that is opened now.
        said: What the clerk should know once the desk is open.

    Signals:
        entered: An open Desk.
        refused: No desk was opened; the text says why.
        left_for_another: Another copy of the program has it, and was called.
        called: Another copy was started for what is open here.
    """

    entered = Signal(object)
    refused = Signal(str)
    left_for_another = Signal()
    called = Signal()

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime],
        roots: Roots | None,
        parent: QObject,
    ) -> None:
        """Remember what to open; opens nothing.

        Args:
            folder: Where ledger, rules and settings live.
            clock: Gives the present time with its zone.
            roots: Whose signatures count; those of the program when None.
            parent: Its owner.
        """
        super().__init__(parent)
        self._home = folder
        self._clock = clock
        self._roots = roots
        self._window: MainWindow | None = None
        self._rescue: Rescue | None = None
        self._call: FrontCall | None = None
        self._watch: FrontWatch | None = None
        self.folder = folder
        self.said = ""

    @property
    def is_emergency(self) -> bool:
        """Whether the emergency ledger is open instead of the counter's own."""
        return self.folder != self._home and self.folder.name == f"{self._home.name}-emergency"

    def serve(self, window: MainWindow) -> None:
        """Show what goes wrong in a window from now on."""
        self._window = window
        self._rescue = None
        window.retried.connect(self.enter)
        window.way_chosen.connect(self._on_window_way_chosen)

    def enter(self) -> None:
        """Open the desk, or offer what can be done."""
        # Rules, database and cryptography cost ten times what a frame may.
        from medcounter.desk.desk import Desk  # noqa: PLC0415 - see above

        try:
            desk = Desk.open(self.folder, self._clock(), roots=self._roots)
        except MedCounterError as err:
            self._refuse(err)
            return
        self._watch = FrontWatch(self.folder, self)
        self._watch.called.connect(self.called)
        self.entered.emit(desk)

    def go_home(self) -> None:
        """Try the counter's own ledger again from now on."""
        self.folder = self._home

    def offer_rescue(self, text: str) -> None:
        """Offer what can be done for a ledger that is closed again.

        Args:
            text: Why nothing could be issued in it.
        """
        from medcounter.desk.trouble import trouble_of_open  # noqa: PLC0415 - rarely needed

        self.go_home()
        self._show(trouble_of_open(self.folder, text))

    def leave(self) -> None:
        """End what watches over a desk that is closed now."""
        if self._watch is not None:
            self._watch.deleteLater()
            self._watch = None

    def close(self) -> None:
        """Wait for what must not be cut off."""
        self.leave()
        if self._rescue is not None:
            self._rescue.wait()

    def _refuse(self, err: MedCounterError) -> None:
        from medcounter.desk.trouble import trouble  # noqa: PLC0415 - rarely needed

        found = trouble(self.folder, err)
        if found.kind != "in_use":
            self._show(found)
            return
        self._call = FrontCall(self.folder, self)
        self._call.answered.connect(self.left_for_another)
        self._call.unanswered.connect(partial(self._show, found))
        self._call.start()

    def _show(self, found: Trouble) -> None:
        if self._window is None:
            return
        if self._rescue is None:
            from .rescue import Rescue  # noqa: PLC0415 - rarely needed

            self._rescue = Rescue(self._window, self.folder, self._clock, self._window)
            self._rescue.restored.connect(self._on_rescue_restored)
            self._rescue.looking_wanted.connect(self._on_rescue_looking_wanted)
            self._rescue.folder_chosen.connect(self._on_rescue_folder_chosen)
            self._rescue.emergency_chosen.connect(self._on_rescue_emergency_chosen)
        self._rescue.show(found)
        self.refused.emit(found.text)

    def _on_window_way_chosen(self, name: str) -> None:
        if self._rescue is not None and self._rescue.takes(name):
            self._rescue.act(name)

    def _on_rescue_restored(self, text: str) -> None:
        self.said = text
        self.enter()

    def _on_rescue_looking_wanted(self, copy: Path) -> None:
        from medcounter.desk.desk import Desk  # noqa: PLC0415 - loaded when the opening failed

        try:
            desk = Desk.look(self.folder, self._clock(), copy)
        except MedCounterError as err:
            self._refuse(err)
            return
        self.entered.emit(desk)

    def _on_rescue_folder_chosen(self, folder: Path) -> None:
        self.folder = folder
        self._rescue = None
        self.enter()

    def _on_rescue_emergency_chosen(self, folder: Path) -> None:
        self.folder = folder
        self.entered.connect(self._bring_rules)
        self.enter()
        self.entered.disconnect(self._bring_rules)

    def _bring_rules(self, desk: Desk) -> None:
        from medcounter.desk.emergency import bring_rules  # noqa: PLC0415 - rarely needed

        if bring_rules(desk, self._home, self._clock()):
            self.said = "已把原来的规则带到应急台账"
