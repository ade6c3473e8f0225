"""``python -m tools.gallery``: take every picture and write the index."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Take the pictures the words ask for.

    Returns:
        0 when every scene was reached, else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.gallery", description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", default=Path("build/gallery"))
    parser.add_argument("--scene", action="append", default=[], help="only these; may repeat")
    parser.add_argument("--look", action="append", default=[], help="only these; may repeat")
    parser.add_argument("--manual", action="store_true", help="the manual's pictures instead")
    words = parser.parse_args()
    # The same pictures on every machine, and nobody's screen is taken over.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Qt reads the platform when it is first asked for one.
    from PySide6.QtCore import qInstallMessageHandler  # noqa: PLC0415 - see above

    from tools.gallery.keys import write_keys  # noqa: PLC0415 - see above
    from tools.gallery.show import take_all, take_manual  # noqa: PLC0415 - see above
    from ui.demo import pass_on  # noqa: PLC0415 - see above

    qInstallMessageHandler(pass_on)

    with tempfile.TemporaryDirectory() as folder:
        # The self-check shows where the data lie: not where on this machine.
        os.environ["HOME"] = folder
        if words.manual:
            missed = take_manual(Path("docs/manual"), Path(folder))
            write_keys(Path("docs/manual.zh-CN.md"))
        else:
            missed = take_all(words.out, Path(folder), tuple(words.scene), tuple(words.look))
    for line in missed:
        sys.stderr.write(f"{line}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
