"""Take the pictures of every kind of paper anew, into ``tests/data/paper``.

``make paper`` runs it. Look at every picture before it is kept: the tests
hold all later drawing to it, to the pixel.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "paper"
_SMALLEST_FILE = 0


def main() -> int:
    """Draw each kind and write its pages; pictures of no kind are removed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Not at the top: the tests' samples are no part of the program.
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - after the platform is set

    from tests.paper_kinds import kinds, pictures  # noqa: PLC0415 - see above

    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    left = set(FOLDER.glob("*.png"))
    for name, make in kinds().items():
        for number, picture in enumerate(pictures(make()), start=1):
            path = FOLDER / f"{name}-{number}.png"
            if not picture.save(str(path), None, _SMALLEST_FILE):
                raise OSError(path)
            left.discard(path)
    for path in left:
        path.unlink()
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
