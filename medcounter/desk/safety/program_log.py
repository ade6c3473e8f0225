"""The program's log file, which never names a resident.

One function turns it on. There is one file a day, kept 400 days; digits that
could be an ID number are masked even if a message should contain them.
"""

from __future__ import annotations

import logging
import re
import traceback
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path
from types import TracebackType

from medcounter.files import keep_private

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)

KEPT_DAYS = 400
_FILE = "medcounter.log"
_LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LONG_NUMBER = re.compile(r"\d{6,17}[\dXx]")


class RedactingFormatter(logging.Formatter):
    """Masks every long number, and omits the message of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Override Formatter.format: star what could be an ID number."""
        return _LONG_NUMBER.sub("*******", super().format(record))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 -- logging's name
        """Override Formatter.formatException: say where and what class.

        The text of an exception may quote what a clerk typed.
        """
        error, lines = ei[1], []
        while error is not None:
            lines += traceback.format_tb(error.__traceback__)
            number = f" errno {error.errno}" if isinstance(error, OSError) else ""
            lines.append(f"{type(error).__qualname__}{number}\n")
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()


class JournalFile(TimedRotatingFileHandler):
    """One file a day; a disk that takes no message stops nobody from working."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's name
        """Override Handler.handleError: say nothing, there is nobody to say it to."""

    def _open(self) -> TextIOWrapper:
        """Override FileHandler._open: nobody else reads the file, nor an older one."""
        made = super()._open()
        keep_private(Path(self.baseFilename))
        return made

    def close(self) -> None:
        """Override Handler.close: what is left unwritten is given up."""
        with suppress(OSError):
            super().close()


def start_log(data_dir: Path) -> None:
    """Write this process's messages from level INFO on into the data folder.

    Called again it does nothing more. A folder that cannot be written is no
    reason to stop: then nothing is written.
    """
    root = logging.getLogger("medcounter")
    if any(isinstance(handler, JournalFile) for handler in root.handlers):
        return
    folder = data_dir / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = JournalFile(
            folder / _FILE, when="midnight", backupCount=KEPT_DAYS, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(RedactingFormatter(_LAYOUT))
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def stop_log() -> None:
    """Close the file, so that the folder can be moved or another be used."""
    root = logging.getLogger("medcounter")
    for handler in tuple(root.handlers):
        if isinstance(handler, JournalFile):
            root.removeHandler(handler)
            handler.close()
