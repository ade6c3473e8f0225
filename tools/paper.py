"""Take the pictures of every kind of paper anew, into ``tests/data/paper``.

``make paper`` runs it. Look at every picture before it is kept: the tests
hold all later drawing to it, to the pixel.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support.paper.paper_kinds import Kind

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "paper"
_SMALLEST_FILE = 0


def main() -> int:
    """Take every picture into the repository's folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Not at the top: Qt reads the platform when it is first asked for.
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - see above

    from tests.support.paper.paper_kinds import kinds  # noqa: PLC0415 - see above

    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    take(kinds(), FOLDER)
    del application
    return 0


def take(kinds: Mapping[str, Callable[[], Kind]], folder: Path) -> None:
    """Draw each kind and write its pages; pictures of no kind are removed.

    Args:
        kinds: What makes each, by name.
        folder: Holds nothing but such pictures.

    Raises:
        OSError: A picture was not written.
    """
    from tests.support.paper.paper_kinds import pictures  # noqa: PLC0415 - as above

    folder.mkdir(parents=True, exist_ok=True)
    left = set(folder.glob("*.png"))
    for name, make in kinds.items():
        for number, picture in enumerate(pictures(make()), start=1):
            path = folder / f"{name}-{number}.png"
            if not picture.save(str(path), None, _SMALLEST_FILE):
                raise OSError(path)
            left.discard(path)
    for path in left:
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
