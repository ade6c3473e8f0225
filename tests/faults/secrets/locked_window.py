"""A window that is worked in and locked; who searches its memory starts it.

What is typed comes in as numbers, a character each, so that nothing but the
program itself ever puts it together.
"""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TypeVar

from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from ui.counter import Counter
from ui.demo.typist import Typist
from ui.frame.shell import Shell
from ui.look.fonts import load_fonts
from ui.surroundings import Surroundings

Part = TypeVar("Part", bound=QWidget)
NOW = datetime(2025, 3, 5, 9, 0, tzinfo=timezone(timedelta(hours=8)))
_SWEPT_MS = 3_000


def play(folder: Path) -> None:
    """Type the secret, serve a resident, lock; after each say so and wait for a line."""
    secret, number, name = (sys.stdin.readline().split() for _ in range(3))
    application = QApplication(["medcounter"])
    load_fonts()
    shell = Shell()
    shell.show()
    counter = Counter(shell, folder, Surroundings(clock=lambda: NOW, printer=str))
    opened = QSignalSpy(counter.opened)
    counter.begin()
    while counter.window.covered_by != "sign_in_page":
        QTest.qWait(10)
    field, button = (
        _part(shell, QLineEdit, "sign_in_secret"),
        _part(shell, QPushButton, "sign_in_button"),
    )
    for code in secret:
        QTest.keyClicks(field, chr(int(code)))
    _say()
    sys.stdin.readline()
    button.click()
    while not opened.count():  # a spy's own waiting would keep the thread from Python
        QTest.qWait(10)
    shell.activateWindow()
    typist = Typist()
    for code in number:
        typist.type(chr(int(code)))
    typist.press("Return")
    for code in name:
        typist.type(chr(int(code)))
    application.processEvents()
    _say()
    sys.stdin.readline()
    typist.press("Ctrl+L")
    while counter.session.desk is not None or counter.window.covered_by != "sign_in_page":
        QTest.qWait(10)
    QTest.qWait(_SWEPT_MS)
    _say()
    sys.stdin.readline()


def _part(shell: Shell, kind: type[Part], name: str) -> Part:
    parts: list[Part] = list(shell.findChildren(kind, name))
    return parts[0]


def _say() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    play(Path(sys.argv[1]))
