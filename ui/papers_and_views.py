"""What prints at an open desk, and its other views: made when first wanted.

A start or a first notice needs neither, and both cost more than it may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from .dialogs.waiting_dialogs import DialogGate
from .work.ends import end_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from medcounter.desk.desk import Desk

    from .acts import Acts
    from .main_window import MainWindow
    from .other_views import OtherViews
    from .papers.notice_papers import NoticePapers
    from .standing_window import StandingWindow
    from .surroundings import Surroundings

# Whoever comes may be served first.
_WARM_UP_MS = 3_000
# From where a notice is printed.
_COUNTER, _LEDGER = "view_counter", "view_ledger"


class PapersAndViews(QObject):
    """The papers and the other views of one desk at a time.

    Signals:
        rules_taken: Newer rules are in use.
        settings_saved: Other settings are in use.
        draft_wanted: A Draft, to be served now.
        ledger_reported: A Message on what was done in the ledger.
    """

    rules_taken = Signal()
    settings_saved = Signal()
    draft_wanted = Signal(object)
    ledger_reported = Signal(object)

    def __init__(
        self, surroundings: Surroundings, acts: Acts, standing: StandingWindow, parent: QObject
    ) -> None:
        """Make nothing yet; each window that is built anew is followed.

        Args:
            surroundings: The clock and the printer.
            acts: Is offered what the views can do.
            standing: The window they stand in.
            parent: Its owner.
        """
        super().__init__(parent)
        self._surroundings = surroundings
        self._acts = acts
        self._standing = standing
        self._desk: Desk | None = None
        self._folder: Path | None = None
        self._views: OtherViews | None = None
        self._papers: NoticePapers | None = None
        self._gates: dict[str, DialogGate] = {}
        self._warming = QTimer(self, singleShot=True, interval=_WARM_UP_MS)
        self._warming.timeout.connect(self._ask_printers)
        standing.follow(self.serve)

    def open(self, desk: Desk, folder: Path) -> None:
        """Work at a desk from now on."""
        self._desk, self._folder = desk, folder
        if self._surroundings.printer is None:
            self._warming.start()

    def close(self) -> None:
        """End what goes on in any view: the desk is given back."""
        views, papers, self._desk = self._views, self._papers, None
        parts = [part for part in (views and views.close, papers and papers.stop) if part]
        end_all((*parts, self._forget))

    def serve(self, _window: MainWindow) -> None:
        """Go on over a window built anew, as far as that can be."""
        before = self._views
        self._forget()
        if before is not None and (views := self.made_views()):
            views.take_over(before)

    @property
    def held(self) -> str:
        """What any view holds in memory only, in one clause; empty for nothing."""
        return "" if self._views is None else self._views.held

    @property
    def held_by_window(self) -> str:
        """What a window that is built anew would not go on with; empty for nothing."""
        return "" if self._views is None else self._views.held_by_window

    def made_papers(self) -> NoticePapers | None:
        """Return what prints notices; None without a desk."""
        if self._papers is None and self._desk is not None:
            from .papers.notice_papers import NoticePapers  # noqa: PLC0415 - see above

            clock, window = self._surroundings.clock, self._standing.now
            self._papers = NoticePapers(self._desk, clock, window, self._surroundings.printer)
            self._papers.reported.connect(window.show_message)
            self._papers.opens = self._open_when_seen
        return self._papers

    def made_views(self) -> OtherViews | None:
        """Return the other views; None without a desk."""
        papers = self.made_papers()
        if self._views is None and self._desk and self._folder and papers is not None:
            from .other_views import OtherViews  # noqa: PLC0415 - see above
            from .wiring.view_wiring import ViewContext  # noqa: PLC0415 - see above

            clock, window = self._surroundings.clock, self._standing.now
            printer = self._surroundings.printer
            context = ViewContext(window, self._desk, clock, self._folder, printer, papers)
            views = OtherViews(context)
            views.rules_taken.connect(self.rules_taken)
            views.settings_saved.connect(self.settings_saved)
            views.draft_wanted.connect(self.draft_wanted)
            views.ledger_reported.connect(self.ledger_reported)
            self._acts.offer(views.acts)
            self._views = views
        return self._views

    def _open_when_seen(self, opens: Callable[[], object]) -> None:
        """Open a notice over who asked for it, or once the counter is seen again."""
        window = self._standing.now
        act = _LEDGER if window.shows(_LEDGER) else _COUNTER
        self._gates.setdefault(act, DialogGate(window.dialogs, act)).open(opens)

    def _ask_printers(self) -> None:
        """Learn which printers there are, so that the first print need not wait for it."""
        from .printing.print_system import print_system  # noqa: PLC0415 - not needed for the first answer

        print_system().ask(lambda _printers: None)

    def _forget(self) -> None:
        if self._views is not None:
            self._acts.withdraw(self._views.acts)
        self._views = self._papers = None
        for gate in self._gates.values():
            gate.drop()
        self._gates.clear()
