"""Print systems to print with: one that writes PDFs, one that never answers."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest

from ui.printing.print_jobs import Printers
from ui.printing.print_system import ASKING, PrintLimits, PrintSystem, print_system

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

PRINTER = "窗口 9"


@pytest.fixture
def system(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintSystem]:
    """The print system of this machine, which knows nothing yet."""
    assert qapp is not None
    system = print_system()
    system.close()
    monkeypatch.setattr(system, "known", Printers(silent=ASKING))
    # A loaded machine takes its time to start the process.
    monkeypatch.setattr(system, "_limits", PrintLimits(60_000, 60_000, 60_000))
    yield system
    system.close()


@pytest.fixture
def printed(system: PrintSystem, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder into which the system's one printer writes its prints."""
    folder = tmp_path / "printed"
    folder.mkdir()
    words = [sys.executable, "-m", "tests.support.paper.pdf_printer", str(folder), PRINTER]
    monkeypatch.setattr(system, "_command", words)
    return folder


@pytest.fixture
def silent(system: PrintSystem, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintSystem]:
    """A print system whose server takes every call and never answers, as CUPS waits for it."""
    monkeypatch.setattr(system, "_limits", PrintLimits(3_000, 3_000, 3_000))
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{server.getsockname()[1]}")
        yield system
