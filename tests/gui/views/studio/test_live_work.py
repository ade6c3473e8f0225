"""A draft's meaning is worked out beside everything else, and says when it is not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest

from medcounter.authoring.live.draft_strip import YearStrip
from medcounter.store.store_errors import DiskFaultError
from ui.views.studio.live.live_work import LiveWork, MeaningFailedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from medcounter.desk.authoring.open_draft import OpenDraft

_REST_MS = 600


class _Live:
    """The meaning of a draft without rules, and what was asked of it."""

    strip = YearStrip(2026, ())
    table = SimpleNamespace(rows=())
    warnings = ()
    is_checked = False
    seen: frozenset[str] = frozenset()
    rules = SimpleNamespace(document=SimpleNamespace(content={}))

    def __init__(self, error: Exception | None = None) -> None:
        self.steps = 0
        self._error = error

    def slices(self) -> Iterator[None]:
        for _ in range(100_000):
            self.steps += 1
            if self._error is not None:
                raise self._error
            yield

    def marks(self) -> dict[str, object]:
        return {}


class _Draft:
    def __init__(self, live: _Live) -> None:
        self.live = live

    def build_live(self) -> None:
        """There already."""


def begun(qtbot: QtBot, live: _Live, parent: QObject) -> LiveWork:
    """Work on a draft of this meaning, begun."""
    work = LiveWork(frozenset, parent)
    with qtbot.waitSignal(work.meant):
        work.begin(cast("OpenDraft", _Draft(live)))
    return work


def test_a_key_typed_meanwhile_does_not_take_back_the_time_that_others_were_given(
    qtbot: QtBot,
) -> None:
    parent, live = QObject(), _Live()
    work = begun(qtbot, live, parent)
    work.make_way(True)
    work.follow()
    before = live.steps
    QTest.qWait(_REST_MS)
    assert live.steps == before
    work.make_way(False)
    qtbot.waitUntil(lambda: live.steps > before)
    work.stop()


@pytest.mark.parametrize(
    ("error", "said"),
    [(DiskFaultError(), DiskFaultError().text), (KeyError(1), MeaningFailedError().text)],
)
def test_a_check_that_ends_early_says_so(qtbot: QtBot, error: Exception, said: str) -> None:
    parent = QObject()
    work = LiveWork(frozenset, parent)
    told: list[str] = []
    work.failed.connect(told.append)
    with qtbot.captureExceptions():
        work.begin(cast("OpenDraft", _Draft(_Live(error))))
        qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told == [said]
    work.stop()
