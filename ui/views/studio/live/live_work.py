"""Keeps a draft's meaning in step: the seen at once, the rest in slices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from medcounter.authoring.live.draft_strip import StretchKind
from medcounter.errors import MedCounterError

from ....work.background import Background
from ....work.slices import Slices, make_timer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from medcounter.authoring.live.draft_strip import PointedDay, YearStrip
    from medcounter.authoring.live.draft_warnings import DraftWarning
    from medcounter.authoring.live.sample_table import SampleRow
    from medcounter.authoring.live.ticks import TickMark
    from medcounter.desk.authoring.live_draft import LiveDraft
    from medcounter.desk.authoring.open_draft import OpenDraft

# What is not seen waits until the fingers rest.
_REST_MS = 250
# Showing the same slice of a long table again and again would cost more than making it.
_SHOW_EVERY = 40
_PAYABLE = {StretchKind.MAIN, StretchKind.EXTENDED, StretchKind.LATE}


class MeaningFailedError(MedCounterError):
    """草稿的意思没有算出来，右边暂时不更新；草稿照常可以编，已写的都在。请告诉技术支持。"""


class Meaning(NamedTuple):
    """What is shown of a draft's meaning.

    Attributes:
        strip: The payment days of the year.
        day: What paying on the day looked at comes to.
        rows: The sample residents.
        ticks: By the row's id, whether it was compared with the announcement.
        warnings: Those found so far.
        checked: Whether the warnings are all of the draft as it is.
    """

    strip: YearStrip
    day: PointedDay | None
    rows: tuple[SampleRow, ...]
    ticks: Mapping[str, TickMark]
    warnings: tuple[DraftWarning, ...]
    checked: bool


class LiveWork(QObject):
    """The meaning of the draft that is open.

    Signals:
        meant: The Meaning to show.
        failed: The sentence on why nothing can be shown.
    """

    meant = Signal(object)
    failed = Signal(str)

    def __init__(self, seen: Callable[[], frozenset[str]], parent: QObject) -> None:
        """Begin without a draft.

        Args:
            seen: Names the residents that are on the screen.
            parent: Its owner.
        """
        super().__init__(parent)
        self._seen = seen
        self._live: LiveDraft | None = None
        self._day: date | None = None
        self._ticks: Mapping[str, TickMark] = {}
        self._warnings: tuple[DraftWarning, ...] = ()
        self._given = 0
        self._examples: object = None
        self._work = Background(self, unforeseen=MeaningFailedError)
        self._work.done.connect(self._on_work_done)
        self._work.failed.connect(self.failed)
        self._others = False
        self._slices = Slices(self, unforeseen=MeaningFailedError)
        self._slices.given.connect(self._on_given)
        self._slices.ended.connect(self._on_ended)
        self._slices.failed.connect(self._on_slices_failed)
        self._rest = make_timer(self, _REST_MS, once=True)
        self._rest.timeout.connect(self._go_on)

    def begin(self, draft: OpenDraft) -> None:
        """Work on a draft; what it inherits is read in a thread."""
        self.leave()
        self._work.start(partial(_built, draft))

    def leave(self) -> None:
        """Work on no draft: it was closed."""
        self._work.drop()
        self._rest.stop()
        self._slices.stop()
        self._live = self._day = None
        self._ticks, self._warnings, self._examples = {}, (), None

    @property
    def held(self) -> str:
        """Nothing: it is all made anew from the draft."""
        return ""

    def stop(self) -> None:
        """Leave the draft, and wait for the thread that reads what it inherits."""
        self.leave()
        self._work.wait()

    def make_way(self, others: bool) -> None:  # noqa: FBT001 - a signal's value
        """Do nothing while others work out what somebody waits for."""
        self._others = others
        if others:
            self._slices.pause()
        else:
            self._slices.resume()

    def follow(self) -> None:
        """Show the effect of a change; the desk has computed it already."""
        live = self._live
        if live is not None:
            self._slices.stop()
            examples = live.rules.document.content.get("examples")
            if examples != self._examples:
                # A tick is seen at once, not only after the check.
                self._examples, self._ticks = examples, live.marks()
            self._show()
            self._rest.start()

    def point(self, day: date) -> None:
        """Look at another day of the strip."""
        self._day = day
        self._show()

    def is_ticked(self, row_id: str) -> bool:
        """Return whether a resident was ticked and still comes out so."""
        mark = None if self._live is None else self._live.marks().get(row_id)
        return mark is not None and mark.state == "ticked"

    def _on_work_done(self, draft: OpenDraft) -> None:
        self._live = draft.live
        self._show()
        self._go_on()

    def _go_on(self) -> None:
        self._rest.stop()
        if self._live is not None:
            self._given = 0
            self._slices.begin(self._live.slices())
            self.make_way(self._others)

    def _on_given(self) -> None:
        self._given += 1
        if self._given % _SHOW_EVERY == 0:
            self._show()

    def _on_slices_failed(self, error: MedCounterError) -> None:
        self.failed.emit(error.text)

    def _on_ended(self) -> None:
        if self._live is not None and self._live.is_checked:
            self._ticks, self._warnings = self._live.marks(), self._live.warnings
            self._examples = self._live.rules.document.content.get("examples")
        self._show()

    def _show(self) -> None:
        live = self._live
        if live is None:
            return
        strip = live.strip
        day = self._day
        if day is None and strip.stretches:
            payable = [one for one in strip.stretches if one.kind in _PAYABLE]
            day = (payable or [*strip.stretches])[0].first
        pointed = None if day is None else live.pointed(day)
        rows = tuple(sorted(live.table.rows, key=lambda row: row.now.pays == "—"))
        # Ticks and warnings stay as they were until they are worked out anew.
        self.meant.emit(Meaning(strip, pointed, rows, self._ticks, self._warnings, live.is_checked))
        live.seen = self._seen()


def _built(draft: OpenDraft) -> OpenDraft:
    draft.build_live()
    return draft
