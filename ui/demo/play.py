"""The worked example of the authority's notice, from the first key to the PDF.

Source: bundle source ``jiangxi-2025``, its first worked example: paid on 5 March 2025, benefits
are withheld from that day to 4 June, and covered from 5 June to 31 December.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from medcounter.cli.output import complain, write
from medcounter.desk.access import sign_in
from medcounter.destinations import require_outside
from medcounter.errors import MedCounterError
from medcounter.paths import data_dir

from ..counter import Counter
from ..frame.shell import Shell
from ..look.fonts import load_fonts
from ..look.theme import apply_theme
from ..surroundings import Surroundings
from .camera import Camera
from .typist import FocusLostError, Typist

if TYPE_CHECKING:
    from pathlib import Path


NOW = datetime(2025, 3, 5, 14, 32, tzinfo=timezone(timedelta(hours=8)))
PDF = "notice.pdf"
_WIDTH, _HEIGHT = 1366, 768
_PLACE = "江西省"
_ID_NUMBER = "360103198807121237"
_MARKER = "medcounter-demo"
_MOST_PLACES = 60
_PATIENCE_MS = 20_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class DemoFolderError(MedCounterError):
    """演示用的文件夹不能用，演示没有开始；请另选一个空的、能写入的文件夹。"""


class DemoStalledError(MedCounterError):
    """窗口没有按时作出反应，演示停在这里；请关闭其他程序后重试。"""


@dataclass(frozen=True, slots=True)
class Shown:
    """The values on the screen: the amount, and days as written there."""

    amount: str
    wait: tuple[str, ...]
    cover: tuple[str, ...]


EXPECTED = Shown("¥400.00", ("2025-03-05", "2025-06-04"), ("2025-06-05", "2025-12-31"))


class Demo:
    """One run of the demo on an empty counter of its own."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._shell = Shell()
        self._shell.resize(_WIDTH, _HEIGHT)
        self._camera = Camera(self._shell, out)
        self._typist = Typist()
        self._counter: Counter | None = None

    def play(self) -> tuple[Shown, Shown]:
        """Play it all.

        Returns:
            What the desk showed, and what the ledger showed afterwards.
        """
        self._start()
        self._set_up()
        self._type_resident()
        shown = self._read(
            "amount_value", ("wait_value", "wait_detail"), ("cover_value", "cover_detail")
        )
        self._issue()
        kept = self._look_around()
        self.close()
        return shown, kept

    def close(self) -> None:
        """Close the counter; may be called twice."""
        self._shell.close()
        self._shell.deleteLater()

    def _start(self) -> None:
        painted = QSignalSpy(self._shell.first_painted)
        self._shell.show()
        _await(painted)
        surroundings = Surroundings(clock=_now, printer=str)
        sign_in.choose_open(self._out / "data", _now())
        self._counter = Counter(self._shell, self._out / "data", surroundings)
        opened = QSignalSpy(self._counter.opened)
        self._counter.begin()
        _await(opened)

    def _set_up(self) -> None:
        """Set hall, desk and clerk; choose the place at the top."""
        typist = self._typist
        typist.press("Ctrl+5")
        for name, text in (("hall", "抚州市临川区政务服务中心"), ("desk", "03"), ("clerk", "王丽")):
            typist.tab_to(f"setting_{name}")
            typist.press("Ctrl+A")
            typist.type(text)
        self._choose("setting_region", _PLACE)
        typist.press("Ctrl+S")
        self._camera.take("settings")
        typist.press("Ctrl+1")
        self._choose("region", _PLACE)
        typist.press("F2")

    def _choose(self, name: str, text: str) -> None:
        """Walk a list of choices down to the one with this text."""
        self._typist.tab_to(name)
        box = self._typist.focused()
        if not isinstance(box, QComboBox):
            raise FocusLostError
        self._typist.press("Home")
        for _ in range(box.count()):
            if box.currentText() != text:
                self._typist.press("Down")

    def _type_resident(self) -> None:
        typist = self._typist
        typist.type(_ID_NUMBER)
        typist.tab_to("name")
        typist.type("吴建国")
        typist.tab_to("payment_date")
        typist.type("2025-3-5")
        self._camera.take("desk")
        typist.press("F4")
        self._camera.take("why")
        typist.press("F4", "Ctrl+P")
        self._camera.take("preview")
        typist.press("Esc")

    def _issue(self) -> None:
        """Issue; without a printer the notice is shown, and saved from there."""
        self._typist.press("F9")
        self._camera.take("issued")
        self._typist.press("Alt+S")
        self._typist.press("Ctrl+A")
        self._typist.type(str(self._out / PDF))
        self._typist.press("Return", "Esc")

    def _look_around(self) -> Shown:
        self._typist.press("F3")
        self._camera.take("ledger")
        kept = self._read("detail_total", ("detail_wait",), ("detail_cover",))
        self._typist.press("Ctrl+Delete", "Alt+3")
        self._camera.take("void")
        self._typist.press("Esc", "Ctrl+4")
        for _ in range(_MOST_PLACES):
            if not self._text("rules_heading").startswith(f"{_PLACE} · {NOW.year} "):
                self._typist.press("Down")
        self._camera.take("rules")
        self._typist.press("Ctrl+U")
        self._camera.take("sync")
        self._typist.press("Esc", "F1")
        self._camera.take("help")
        return kept

    def _read(self, amount: str, wait: tuple[str, ...], cover: tuple[str, ...]) -> Shown:
        return Shown(self._text(amount), self._days(wait), self._days(cover))

    def _days(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_DAY.findall(" ".join(self._text(name) for name in names)))

    def _text(self, name: str) -> str:
        labels: list[QLabel] = list(self._shell.findChildren(QLabel, name))
        return labels[0].text() if labels else ""


def play(out: Path, expected: Shown = EXPECTED) -> int:
    """Play the worked example into a folder and say what lies there.

    Args:
        out: For pictures, the PDF and ``data``, which is made anew.
        expected: What desk and ledger must show.

    Returns:
        0 when desk and ledger showed what is expected, else 1.

    Raises:
        DemoFolderError: The folder cannot be used.
        MedCounterError: The play could not go on; the text says why.
    """
    folder = _prepare(out.expanduser().absolute())
    application = QApplication.instance() or QApplication(["medcounter"])
    if isinstance(application, QApplication):
        application.setStyle("Fusion")
        load_fonts()
        apply_theme(application, "light")
    demo = Demo(folder)
    try:
        shown, kept = demo.play()
    finally:
        demo.close()
    write(f"截图、通知单 {PDF} 和演示数据在 {folder}")
    for path in sorted(folder.glob("*.p*")):
        write(f"  {path.name}")
    if (shown, kept) == (expected, expected) and (folder / PDF).is_file():
        write(f"应缴 {shown.amount}；等待期 {'至'.join(shown.wait)}；待遇 {'至'.join(shown.cover)}")
        return 0
    complain(f"屏幕上的结果与算例不符：应为 {expected}，办理页是 {shown}，台账是 {kept}")
    return 1


def _prepare(out: Path) -> Path:
    data = out / "data"
    marker = data / _MARKER
    require_outside(out, data_dir())
    if data.exists() and not marker.exists():
        raise DemoFolderError(
            f"“{data}”里有不是演示留下的数据，演示没有开始；请另选一个空的文件夹。"
        )
    try:
        # Only a folder that an earlier demo marked may be written anew.
        if not data.exists() and out.exists() and any(out.iterdir()):
            raise DemoFolderError(
                f"“{out}”里有不是演示留下的文件，演示没有开始；请另选一个空的文件夹。"
            )
        if data.exists():
            shutil.rmtree(data)
        (out / PDF).unlink(missing_ok=True)
        data.mkdir(parents=True)
        marker.touch()
    except OSError as err:
        raise DemoFolderError(
            f"“{out}”不能写入（{err.strerror}），演示没有开始；请另选一个文件夹。"
        ) from err
    return out


def _now() -> datetime:
    return NOW


def _await(spy: QSignalSpy) -> None:
    if not spy.count() and not spy.wait(_PATIENCE_MS):
        raise DemoStalledError
