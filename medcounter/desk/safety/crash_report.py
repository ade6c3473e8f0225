"""Report an unexpected error in a file that a clerk may pass on.

Names classes, places in the program, versions and sizes; never an error's
message, anything typed, a name, an ID number or a path of this machine.
"""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath

from medcounter.desk.safety.program_log import KEPT_DAYS
from medcounter.files import write_durably
from medcounter.settings import Settings

_FOLDER = "logs"
_MOST = 50
# Settings that say nothing of a person and nothing of a machine's folders.
_TOLD = (
    "region", "scheme", "benefit_year", "paper", "theme", "scale", "large_print", "whole_id",
    "lock_minutes", "card_reader",
)  # fmt: skip
_SIZED = ("ledger.db", "ledger.db-journal", "rules.db", "logs/medcounter.log")
_OURS = ("medcounter", "ui")


class Reports:
    """The reports of one run of the program."""

    def __init__(self, folder: Path) -> None:
        """Take the data folder; writes nothing yet."""
        self._folder = folder
        self._reported: set[tuple[str, str, int]] = set()

    def write(
        self,
        error: BaseException,
        at: datetime,
        settings: Settings | None,
        facts: Mapping[str, str],
    ) -> Path | None:
        """Write a report, once for each place that fails.

        Args:
            error: What nobody foresaw.
            at: When, with its zone.
            settings: What the hall has set; None when no desk was open.
            facts: More to say, such as the version of the rules.

        Returns:
            The file; None when this failure was reported before, or the disk
            does not let us.
        """
        line = _line(error)
        if line in self._reported:
            return None
        self._reported.add(line)
        lines = [
            f"医保缴费测算台 故障报告 {at.isoformat(timespec='seconds')}",
            "本文件不含居民信息和经办人姓名，可以交给技术支持。",
            "",
            *_versions(),
            *(f"{name}: {value}" for name, value in facts.items()),
            *_sizes(self._folder),
            *_settings(settings),
            "",
            *_chain(error),
        ]
        folder = self._folder / _FOLDER
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = _free_name(folder, at)
            write_durably(path, ("\n".join(lines) + "\n").encode())
        except OSError:
            return None
        prune_reports(folder, at)
        return path


def prune_reports(folder: Path, at: datetime) -> None:
    """Delete reports older than logs are kept, and all but the newest fifty."""
    oldest = f"report-{at - timedelta(days=KEPT_DAYS):%Y%m%d}"
    listed = sorted(folder.glob("report-*.txt"), reverse=True)
    for index, path in enumerate(listed):
        if index >= _MOST or path.name < oldest:
            with suppress(OSError):
                path.unlink()


def _line(error: BaseException) -> tuple[str, str, int]:
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return (type(error).__qualname__, "", 0)
    return (type(error).__qualname__, _file(frames[-1].filename), frames[-1].lineno or 0)


def _versions() -> Iterator[str]:
    yield f"python: {platform.python_version()}"
    yield f"system: {platform.system()} {platform.release()} {platform.machine()}"
    for name in ("medcounter", "PySide6-Essentials", "sqlcipher3", "cryptography", "sqlite-utils"):
        with suppress(PackageNotFoundError):
            yield f"{name}: {version(name)}"
    yield f"frozen: {bool(getattr(sys, 'frozen', False))}"


def _sizes(folder: Path) -> Iterator[str]:
    for name in _SIZED:
        with suppress(OSError):
            yield f"{name}: {(folder / name).stat().st_size} bytes"


def _settings(settings: Settings | None) -> Iterator[str]:
    if settings is not None:
        for name in _TOLD:
            yield f"setting {name}: {getattr(settings, name)}"


def _chain(error: BaseException | None) -> Iterator[str]:
    """List class and place of each cause; never its text, which may quote a person."""
    while error is not None:
        number = f" errno {error.errno}" if isinstance(error, OSError) else ""
        yield f"{type(error).__module__}.{type(error).__qualname__}{number}"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {_file(frame.filename)}:{frame.lineno} {frame.name}"
        error = error.__cause__ or error.__context__


def _file(name: str) -> str:
    """Name a file from its package on: what lies above may name a person."""
    parts = PurePath(name).parts
    for mark in ("site-packages", *_OURS):
        if mark in parts:
            index = len(parts) - 1 - parts[::-1].index(mark)
            return "/".join(parts[index + (mark == "site-packages") :])
    return parts[-1] if parts else "?"


def _free_name(folder: Path, at: datetime) -> Path:
    base = folder / f"report-{at:%Y%m%d-%H%M%S}.txt"
    path, more = base, 1
    while path.exists():
        more += 1
        path = base.with_name(f"{base.stem}-{more}.txt")
    return path
