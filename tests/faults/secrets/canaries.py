"""What the program writes of its own failures, with people in everything that fails."""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from medcounter.desk.safety.crash_report import Reports
from medcounter.desk.safety.program_log import start_log, stop_log
from medcounter.settings import Settings
from tests.faults.checking import canaries_in
from tests.faults.counter import AT, ID_NUMBER, NAME
from tests.faults.rows import Figures

ROOT = Path(__file__).resolve().parents[3]
BAD = ("canaries", "a core may be written")
PERSON = f"{NAME} {ID_NUMBER}"


def fail_with_people() -> Figures:
    """Let exceptions that quote a person into the log and into the crash report."""
    figures = {"exceptions": 0, "reports": 0, "canaries": 0}
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        start_log(folder)
        for error in _errors():
            figures["exceptions"] += 1
            logging.getLogger("medcounter.faults").error("failed", exc_info=error)
            settings = Settings(clerk=NAME)
            figures["reports"] += Reports(folder).write(error, AT, settings, {}) is not None
        stop_log()
        written = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        assert written > 1000, "nothing was written, so nothing was looked at"
        figures["canaries"] += len(canaries_in(folder, (NAME, ID_NUMBER)))
    return figures


def _errors() -> Iterator[Exception]:
    """Exceptions of many classes, each with a person in it and one before it."""
    quoting = (
        ValueError(PERSON),
        KeyError(PERSON),
        OSError(5, PERSON, f"/home/{NAME}/{ID_NUMBER}.pdf"),
        UnicodeDecodeError("utf-8", PERSON.encode(), 0, 1, PERSON),
        TypeError(PERSON, {PERSON: PERSON}),
        RuntimeError(ExceptionGroup(PERSON, [ValueError(PERSON)])),
    )
    for inner in quoting:
        for outer in quoting:
            try:
                _raise(type(outer)(*outer.args), inner)
            except Exception as err:  # noqa: BLE001 - any class is handed on as it is
                yield err


def _raise(error: Exception, before: Exception) -> NoReturn:
    raise error from before


def leave_no_core() -> Figures:
    """Ask the program, when it runs, whether the system may write its memory to a file."""
    asking = (
        "import resource, ui.__main__ as program, medcounter.cli.program as commands;"
        "commands.main = lambda *_: print(resource.getrlimit(resource.RLIMIT_CORE)[0]);"
        "import sys; sys.argv = ['medcounter', 'backups']; program.main()"
    )
    limits = f'ulimit -c unlimited; exec {sys.executable} -c "$0"'
    told = subprocess.run(
        ["sh", "-c", limits, asking],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    return {"programs asked": 1, "a core may be written": int(told.stdout.strip() != "0")}
