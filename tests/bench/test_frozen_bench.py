"""What the built program costs: its size, and how long a clerk waits for it.

Seen from outside, on a screen in memory: a picture is there when it is in the
screen's own memory. A bare window of the unfrozen toolkit is started in turn
with it. Prints what was measured; a slow machine fails no test.
"""

from __future__ import annotations

import mmap
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from tests.bench.report import tell
from tests.gui.counter_window import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "dist" / "medcounter"
WIDTH, HEIGHT, DEPTH = 1366, 768, 4
DISPLAY = ":79"
RUNS = 7
RESULT = 610
PATIENCE_S = 30
BARE_WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
application.exec()
"""


@dataclass(frozen=True, slots=True)
class Screen:
    """An X server's picture, read from the file in which it keeps it."""

    memory: mmap.mmap
    begin: int

    def part(self, left: int, right: int) -> bytes:
        """Give the blue of every eighth line between two columns; nothing of ours lacks blue."""
        rows = range(self.begin, self.begin + WIDTH * HEIGHT * DEPTH, 8 * WIDTH * DEPTH)
        return b"".join(
            self.memory[row + left * DEPTH : row + right * DEPTH : DEPTH] for row in rows
        )


def waited(what: Callable[[], object]) -> float:
    """Look every 2 ms until it is so; give the time when it was."""
    end = perf_counter() + PATIENCE_S
    while not what():
        assert perf_counter() < end, "waited in vain"
        Event().wait(0.002)
    return perf_counter()


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A screen in memory."""
    if not (FOLDER / "medcounter").exists() or not all(map(shutil.which, ("Xvfb", "xdotool"))):
        pytest.skip("needs dist/medcounter (make dist), Xvfb and xdotool")
    folder = tmp_path_factory.mktemp("screen")
    size = f"{WIDTH}x{HEIGHT}x24"
    words = ["Xvfb", DISPLAY, "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp"]
    with subprocess.Popen([*words, "-noreset", "-nocursor"], stderr=subprocess.DEVNULL) as server:
        picture, socket = folder / "Xvfb_screen0", Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}")  # noqa: S108 - X11's own
        waited(lambda: socket.exists() and picture.exists() and picture.stat().st_size > 0)
        with picture.open("rb") as file:
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            # The picture lies at the end, behind a header and a table of colours.
            yield Screen(memory, len(memory) - WIDTH * HEIGHT * DEPTH)
            memory.close()
        server.terminate()


@contextmanager
def running(*words: str, **more: str) -> Iterator[tuple[float, int]]:
    """Run a program on the screen; give the moment before its start and its number."""
    wanted = {"DISPLAY": DISPLAY, "QT_QPA_PLATFORM": "xcb"}
    begun = perf_counter()
    with subprocess.Popen(
        words, env={**os.environ, **wanted, **more}, stderr=subprocess.DEVNULL
    ) as program:
        try:
            yield begun, program.pid
        finally:
            program.kill()


def first_paint(screen: Screen, *words: str, **more: str) -> float:
    """Seconds from the start until something stands on the empty screen."""
    waited(lambda: not any(screen.part(0, WIDTH)))
    with running(*words, **more) as (begun, _):
        seconds = waited(lambda: any(screen.part(600, 700))) - begun
    waited(lambda: not any(screen.part(0, WIDTH)))
    return seconds


def computed(process: int) -> float:
    """Seconds for which a process had a core to itself, whoever else wanted it."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def first_answer(screen: Screen, folder: Path) -> tuple[float, float]:
    """Measure a first start without sign-in until a key changed the picture.

    Returns:
        Seconds on the clock, and seconds of them that the program computed.
    """
    folder.mkdir()
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    log = folder / "logs" / "medcounter.log"
    own = {**os.environ, "MEDCOUNTER_DATA_DIR": str(folder)}
    subprocess.run([FOLDER / "medcounter", "access", "set-up", "--open"], env=own, check=True)
    log.unlink(missing_ok=True)  # the command opened the desk too
    with running(str(FOLDER / "medcounter"), MEDCOUNTER_DATA_DIR=str(folder)) as (begun, program):
        waited(lambda: log.exists() and "desk opened" in log.read_text("utf-8"))
        key("search", "--sync", "--onlyvisible", "--name", "医保", "windowfocus", "--sync")
        # Right of the form, where no cursor blinks.
        before = screen.part(RESULT, WIDTH)
        key("key", "3")
        seconds = waited(lambda: screen.part(RESULT, WIDTH) != before) - begun
        busy = computed(program)
    waited(lambda: not any(screen.part(0, WIDTH)))
    return seconds, busy


def key(*words: str) -> None:
    subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": DISPLAY}, check=True)


def test_the_size_of_the_built_folder(request: pytest.FixtureRequest) -> None:
    if not FOLDER.exists():
        pytest.skip("needs dist/medcounter (make dist)")
    sizes = [path.lstat().st_size for path in FOLDER.rglob("*") if not path.is_dir()]
    assert len(sizes) > 100
    packages = sorted((ROOT / "dist").glob("*.deb"))
    packed = "".join(f"; {path.name} {path.stat().st_size / 1e6:.1f} MB" for path in packages)
    tell(request, f"built folder (budget 165 MB, package 65 MB): {sum(sizes) / 1e6:.1f} MB{packed}")


def test_the_first_frame_of_the_built_program_beside_a_bare_unfrozen_window(
    request: pytest.FixtureRequest, screen: Screen, tmp_path: Path
) -> None:
    bare, ours = [], []
    for _ in range(RUNS):
        bare.append(first_paint(screen, sys.executable, "-c", BARE_WINDOW))
        ours.append(
            first_paint(screen, str(FOLDER / "medcounter"), MEDCOUNTER_DATA_DIR=str(tmp_path))
        )
    tell(
        request,
        f"built program's first paint (budget 1.5 × a bare unfrozen window): {median(ours):.3f} s "
        f"against {median(bare):.3f} s, {median(ours) / median(bare):.2f} ×; "
        f"fastest {min(ours) / min(bare):.2f} ×",
    )
    assert median(ours) <= 1.5 * median(bare)


def test_the_first_key_of_the_built_program(
    request: pytest.FixtureRequest, screen: Screen, tmp_path: Path
) -> None:
    costs = [first_answer(screen, tmp_path / str(run)) for run in range(RUNS)]
    clock, busy = zip(*costs, strict=True)
    tell(
        request,
        "built program's first key answered on a first start, with xdotool's own time "
        f"(budget 1.0 s): {median(clock):.2f} s, worst {max(clock):.2f} s; "
        f"of these it computed {median(busy):.2f} s",
    )
    assert median(clock) <= 1.0
