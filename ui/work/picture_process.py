"""Have a picture that somebody brought decoded by a process of its own.

Whatever happens to that process, this one survives and says that the picture
cannot be shown. Takes seconds for a large one: run it beside the window.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from medcounter.authoring.source_files import PICTURE_WORD
from medcounter.authoring.source_files.source_file_errors import PictureUnreadableError

from .picture_reading import HEAD

_MEMORY = 3 << 29
_SECONDS = 30.0
_DOT = 4
_SIDE = HEAD // 2
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "LANG", "LC_ALL")


def decoded_picture(
    data: bytes, most: QSize, *, memory: int = _MEMORY, seconds: float = _SECONDS
) -> QImage:
    """Decode a PNG or JPEG, turned as its camera was held.

    Args:
        data: The file.
        most: Width and height that it must fit, in dots; a smaller one stays
            as it is.
        memory: Most bytes the process may ask for.
        seconds: Longest wait.

    Raises:
        PictureUnreadableError: It cannot be decoded, within these limits.
    """
    words = [*_command(), str(most.width()), str(most.height()), str(memory)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program and three numbers
            words,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=_surroundings(),
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError) as err:
        raise PictureUnreadableError from err
    return _image(done.stdout, most)


def _image(written: bytes, most: QSize) -> QImage:
    """Take the dots; refuse what the process would never say.

    Raises:
        PictureUnreadableError: It is not a picture that fits.
    """
    width, height = int.from_bytes(written[:_SIDE]), int.from_bytes(written[_SIDE:HEAD])
    fits = 0 < width <= most.width() and 0 < height <= most.height()
    if not fits or len(written) != HEAD + width * height * _DOT:
        raise PictureUnreadableError
    image = QImage(written[HEAD:], width, height, width * _DOT, QImage.Format.Format_RGB32)
    # The bytes are Python's and go away.
    return image.copy()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, PICTURE_WORD]
    return [sys.executable, "-P", "-m", "ui.work.picture_reading"]


def _surroundings() -> dict[str, str]:
    """Return the environment the process needs to start, and nothing of the user's."""
    here = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**here, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONUTF8": "1"}
