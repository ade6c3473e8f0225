"""The main job played by keys through the real window, for a first look.

Types as a clerk does; reads the answer off the screen, never from the core.
"""

from __future__ import annotations

import os
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
    from .play import play  # noqa: PLC0415 - see above

    return play(arguments.out)
