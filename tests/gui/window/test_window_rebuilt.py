"""A window built anew in another size: nothing of the one before is left."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent

from tests.gui.counter_window import RESIDENT
from ui.other_views import VIEWS

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow
    from ui.main_window import MainWindow

BESIDE = ("why", "help", "history", "view_counter", "preview")


def rebuild(window: CounterWindow) -> None:
    """Build the window anew as another font size does, and let the old one go."""
    window.counter._rebuild("view_settings")  # noqa: SLF001 - else each size must be saved
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_of_three_windows_built_anew_none_is_kept_by_anything(window: CounterWindow) -> None:
    window.press("F12")
    window.type(RESIDENT)
    before: WeakSet[MainWindow] = WeakSet()
    for _ in range(3):
        before.add(window.counter.window)
        for act in (*VIEWS, *BESIDE):
            window.counter.window.act(act)
        rebuild(window)
    gc.collect()
    assert len(before) == 0
