"""The demo plays the authority's own worked example and checks the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import redirect_stderr
from dataclasses import dataclass, replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from medcounter.destinations import DestinationInDataFolderError
from ui.demo.camera import picture_of
from ui.demo.play import EXPECTED, PDF, DemoFolderError, play

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
VIEWS = ("desk", "why", "ledger", "rules", "settings", "help")
# The offscreen platform says so for the list of files in Qt's own file dialog.
pytestmark = pytest.mark.usefixtures("qapp")
POPUPS = r"This plugin does not support (raise\(\)|grabbing the keyboard)"


@dataclass(frozen=True)
class Played:
    """What two plays of the demo into one folder left and said.

    Attributes:
        out: The folder.
        other_day: What the first gave back, which looked for another day.
        complaint: What it said of that.
        command: The second, by the command.
    """

    out: Path
    other_day: int
    complaint: str
    command: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play the demo into a folder, then once more by the command into the same one."""
    out = tmp_path_factory.mktemp("demo") / "demo"
    late = replace(EXPECTED, wait=("2025-03-05", "2025-06-05"))
    heard = BytesIO()
    with redirect_stderr(TextIOWrapper(heard, "utf-8")) as stream:
        other_day = play(out, late)
        stream.flush()
    complaint = heard.getvalue().decode()
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "ui", "demo", str(out)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Played(out, other_day, complaint, done)


# Source 000: paid 2025-03-05, wait to 06-04, covered from 06-05; fee 400.
@pytest.mark.qt_log_ignore(POPUPS, extend=True)
def test_the_demo_shows_the_days_of_the_worked_example_and_prints_them(played: Played) -> None:
    names = {path.stem[3:]: path for path in played.out.glob("*.png")}
    assert set(VIEWS) <= set(names)
    sizes = {QImage(str(path)).size().toTuple() for path in names.values()}
    assert sizes == {QSize(1366, 768).toTuple()}
    text = "".join(page.extract_text() for page in PdfReader(played.out / PDF).pages)
    for printed in ("2025-03-05", "2025-06-04", "2025-06-05", "2025-12-31", "肆佰元整", "居民"):
        assert printed in text
    assert "360103198807121237" not in text


@pytest.mark.qt_log_ignore(POPUPS, extend=True)
def test_the_demo_fails_where_the_screen_shows_another_day(played: Played) -> None:
    assert played.other_day == 1
    assert "不符" in played.complaint


def test_data_that_no_demo_left_is_never_touched(tmp_path: Path) -> None:
    kept = tmp_path / "data" / "ledger.db"
    kept.parent.mkdir()
    kept.write_text("a ledger")
    with pytest.raises(DemoFolderError, match="不是演示留下的数据"):
        play(tmp_path)
    assert kept.read_text() == "a ledger"


def test_files_that_no_demo_left_are_never_touched(tmp_path: Path) -> None:
    mine = tmp_path / PDF
    mine.write_text("somebody's notice")
    with pytest.raises(DemoFolderError, match="不是演示留下的文件"):
        play(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [PDF]
    assert mine.read_text() == "somebody's notice"


def test_no_demo_is_played_into_a_data_folder(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("a ledger")
    for out in (tmp_path, tmp_path / "deep"):
        with pytest.raises(DestinationInDataFolderError):
            play(out)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


@pytest.mark.qt_log_ignore(POPUPS, extend=True)
def test_the_command_plays_into_a_folder_of_an_earlier_demo(played: Played) -> None:
    assert (played.command.returncode, played.command.stderr) == (0, "")
    assert str(played.out) in played.command.stdout
    assert "2025-06-05至2025-12-31" in played.command.stdout


def test_a_picture_shows_new_words_with_the_room_they_need(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    outer, inner = QWidget(window), QWidget(window)
    label = QLabel("短", inner)
    for around, within in ((window, outer), (outer, inner), (inner, label)):
        row = QHBoxLayout(around)
        row.addWidget(within)
        row.addStretch()
    window.resize(600, 100)
    with qtbot.waitExposed(window):
        window.show()
    label.setText("一句比刚才长得多的话")
    picture_of(window)
    assert label.width() >= label.sizeHint().width()
