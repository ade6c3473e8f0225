"""Count what a keystroke and an issued notice touch: files, functions and calls.

Counts the product alone, by the interpreter's own profile hook, so that the
figures compare from one machine and year to the next.
Everybody in it is invented. Prints a table:

    QT_QPA_PLATFORM=offscreen python -m tools.count_walks
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medcounter.assess.engine.decision import decide
from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from tools.gallery.halls import NOW
from tools.gallery.looks import LOOKS
from tools.gallery.stage import staged

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType

_ROOT = Path(__file__).resolve().parents[1]
_PRODUCT = (f"{_ROOT / 'medcounter'}/", f"{_ROOT / 'ui'}/")
_SETTINGS = {"version": 1, "hall": "示例大厅", "desk": "03", "clerk": "王丽", "region": "360000"}
# Invented; long enough that the search, the painting and the saving of the draft are done.
_ID_NUMBER, _NAME = "360103198807121237", "陈丽丽"
_SETTLED_MS = 1000


def walked(name: str, do: Callable[[], object]) -> str:
    """Do something, let the window come to rest, and tell what it touched.

    Args:
        name: What is done.
        do: Does it.

    Returns:
        A row: files, functions and calls, and how many of these decided a case.
    """
    calls: Counter[CodeType] = Counter()

    def note(frame: FrameType, event: str, _given: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(_PRODUCT):
            calls[frame.f_code] += 1

    sys.setprofile(note)
    try:
        do()
        QTest.qWait(_SETTLED_MS)
    finally:
        sys.setprofile(None)
    files = len({code.co_filename for code in calls})
    return f"| {name} | {files} | {len(calls)} | {calls.total()} | {calls[decide.__code__]} |"


def main() -> None:
    """Play the walks at a counter of its own, and print the table."""
    QApplication.setStyle("Fusion")
    application = QApplication.instance() or QApplication(["medcounter"])
    rows = ["| walk | files | functions | calls | decisions |", "| --- | --- | --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "settings.json").write_text(json.dumps(_SETTINGS), encoding="utf-8")
        sign_in.choose_open(folder, NOW)
        Desk.open(folder, NOW).close(with_backup=False)
        with staged(folder, LOOKS[0]) as stage:
            stage.open()
            stage.type(_ID_NUMBER[:-1])
            QTest.qWait(_SETTLED_MS)
            rows.append(walked("last digit of the ID number", lambda: stage.type(_ID_NUMBER[-1])))
            stage.press("Return")
            stage.type(_NAME)
            QTest.qWait(_SETTLED_MS)
            rows.append(walked("F9: issued and shown", lambda: stage.press("F9")))
    application.processEvents()
    print("\n".join(rows))


if __name__ == "__main__":
    main()
