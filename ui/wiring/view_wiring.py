"""What the wiring of every view has in common: made late, closed with the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal

from ..dialogs.waiting_dialogs import DialogGate
from ..work.ends import end_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.desk import Desk

    from ..main_window import MainWindow
    from ..papers.notice_papers import NoticePapers
    from ..work.ends import Ending


@dataclass(frozen=True, slots=True)
class ViewContext:
    """What a view works with.

    Attributes:
        window: Takes the view and lies below its dialogs.
        desk: The counter's desk.
        clock: Gives the present time with its zone.
        folder: The data folder.
        printer: Gives the name of the usual printer, empty without one; asks
            the system when None.
        papers: Prints, saves and previews notices.
    """

    window: MainWindow
    desk: Desk
    clock: Callable[[], datetime]
    folder: Path
    printer: Callable[[], str] | None
    papers: NoticePapers


class ViewWiring(QObject):
    """One view of a window, connected with its session and its papers.

    Signals:
        draft_wanted: A Draft, to be served now.
        reported: A Message on what was done in the ledger.
        rules_taken: Newer rules are in use.
        settings_saved: Other settings are in use.
    """

    draft_wanted = Signal(object)
    reported = Signal(object)
    rules_taken = Signal()
    settings_saved = Signal()
    # The act that opens it.
    view: ClassVar[str]
    # Whether a rebuilt window takes it over; otherwise it is closed with the old window.
    outlives_window = False

    _begin: Callable[[], object]
    _focus: Callable[[], object]

    def __init__(self, context: ViewContext) -> None:
        """Remember what to work with."""
        super().__init__(context.window)
        self._context = context
        self._gate = self._make_gate()
        # All of its parts that hold something or go on by themselves.
        self._parts: tuple[Ending, ...] = ()

    def open(self) -> None:
        """Begin the view's work, and show it with the keys where it begins."""
        self._begin()
        self._bring_forward()

    @property
    def held(self) -> str:
        """What would be lost by closing now, in one clause; empty for nothing."""
        return "；".join(filter(None, (part.held for part in self._parts)))

    def close(self) -> None:
        """End what goes on, as the desk is given back."""
        end_all((self._gate.drop, *(part.stop for part in self._parts)))

    def serve(self, context: ViewContext) -> None:
        """Go on in a window that was built anew; for what outlives the one before."""
        self._context = context
        self.setParent(context.window)
        self._gate.serve(context.window.dialogs)

    def _open_when_seen(self, opens: Callable[[], object]) -> None:
        """Open a dialog now, or as soon as this view is seen."""
        self._gate.open(opens)

    def _make_gate(self) -> DialogGate:
        """Make a gate for what one part of this view opens by itself."""
        return DialogGate(self._context.window.dialogs, self.view)

    def _put(
        self,
        panel: QWidget,
        begin: Callable[[], object],
        focus: Callable[[], object],
        own: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        """Put the view into the window.

        Args:
            panel: The view.
            begin: Begins its work, before it is seen.
            focus: Puts the keys where its work begins.
            own: What it does itself for acts of the window, while it is in front.
        """
        self._begin, self._focus = begin, focus
        self._context.window.add_view(self.view, panel, own)

    def _bring_forward(self) -> None:
        self._context.window.open_view(self.view)
        self._focus()
