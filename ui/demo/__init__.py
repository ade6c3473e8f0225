"""The main job, played by key events in the real window.

Types as a clerk does; reads the result off the screen, never from the core.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def run_demo(arguments: Namespace) -> int:
    """Play the main job into the folder the words name; ``medcounter demo``.

    Returns:
        0 when the screen showed what the worked example expects, else 1.
    """
    # The same picture on every machine, and nobody's screen is taken over.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Qt reads the platform when it is first asked for one.
    from PySide6.QtCore import qInstallMessageHandler  # noqa: PLC0415 - see above

    from .play import play  # noqa: PLC0415 - see above

    qInstallMessageHandler(pass_on)
    return play(arguments.out)


def pass_on(_kind: object, _context: object, text: str) -> None:
    """Pass Qt's messages on, but for what the offscreen platform cannot do."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")
