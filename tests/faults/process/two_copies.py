"""Two copies of the program for one folder."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from medcounter.desk.access import sign_in
from tests.faults.checking import read_said
from tests.faults.counter import AT
from tests.faults.judging import judge
from tests.faults.process.forking import Fork
from tests.faults.rows import Figures, note
from tests.faults.scenes import lay_out, memory_disk

ROOT = Path(__file__).resolve().parents[3]
IN_USE = 3
PATIENCE = 30.0
BAD = ("doubled", "corrupt", "let in beside a window")


def race(rounds: int) -> Figures:
    """Start three counters at once, again and again."""
    figures = dict.fromkeys(("races", "opened", "told that it is in use", *BAD), 0)
    for run in range(rounds):
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            home = lay_out("day", Path(room) / "home")
            forks = [Fork.counter("day", home, f"{run}-{one}", held=True) for one in range(3)]
            for fork in forks:
                fork.go()
            told = [fork.end().said for fork in forks]
            numbers = [number for each in told for number in read_said(each).acknowledged]
            figures["races"] += 1
            figures["opened"] += sum("TRY" in each for each in told)
            figures["told that it is in use"] += sum("StoreInUseError" in each for each in told)
            figures["doubled"] += len(numbers) - len(set(numbers))
            for each in told:
                if judge("day", home, read_said(each)) is not None:
                    figures["corrupt"] += 1
    return figures


def beside_a_window() -> Figures:
    """Open the window, then a command and a second window beside it."""
    figures = dict.fromkeys(("windows", "told that it is in use", BAD[-1]), 0)
    with tempfile.TemporaryDirectory() as room:
        # A folder for which nobody chose yet is not opened by the window.
        sign_in.choose_open(Path(room), AT)
        surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MEDCOUNTER_DATA_DIR": room}
        window = [sys.executable, "-m", "ui"]
        command = [*window, "ledger", "list"]
        with subprocess.Popen(
            window, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as first:
            try:
                figures["windows"] += _until_in_use(command, surroundings)
                for words in (command, window) if figures["windows"] else ():
                    code = _ended(words, surroundings)
                    figures["told that it is in use"] += code == IN_USE
                    figures[BAD[-1]] += code != IN_USE
            finally:
                first.terminate()
        if not figures["windows"]:
            note("row 11: the window did not open here")
    return figures


def _until_in_use(command: list[str], surroundings: dict[str, str]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if _ended(command, surroundings) == IN_USE:
            return True
    return False


def _ended(words: list[str], surroundings: dict[str, str]) -> int | None:
    try:
        return subprocess.run(
            words, cwd=ROOT, env=surroundings, capture_output=True, check=False, timeout=PATIENCE
        ).returncode
    except subprocess.TimeoutExpired:
        return None
