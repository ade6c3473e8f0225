"""A small disk that fills up: a PDF on it, and a desk with too little space to begin.

Usage, on a disk of one megabyte: ``python -m tests.faults.disk.full_disk FOLDER``
saves a PDF with ever more space left and says what came of each.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from medcounter.errors import MedCounterError
from tests.faults.checking import read_said
from tests.faults.counter import say
from tests.faults.rows import Figures, note
from tests.support.system.destination_at import destination_at

ROOT = Path(__file__).resolve().parents[3]
STEP = 16_384
SIZE = 1_048_576
OLD = b"an older file"
MOUNT = f'mount -t tmpfs -o size={SIZE} none "$0" && exec "$@"'
BAD = ("silent successes", "older files lost", "issued with too little space")


def save_pdf() -> Figures:
    """Save a PDF on a disk with 0, 16, 32 … kB left."""
    told = _on_small_disk(["tests.faults.disk.full_disk"])
    figures = {f"PDFs {word}": told.count(word.upper()) for word in ("refused", "saved")}
    figures |= {BAD[0]: told.count("SILENT"), BAD[1]: told.count("LOST")}
    if not figures["PDFs refused"]:
        note("row 5: this machine lets nobody mount a small disk; PDFs were not saved on one")
    return figures


def too_little_space() -> Figures:
    """Open a desk on a disk that has less space than issuing asks for."""
    said = read_said(_on_small_disk(["tests.faults.counter", "day"], "small"))
    return {
        "refused for lack of space": sum(name == "DiskFullError" for _, name in said.refused),
        BAD[2]: len(said.acknowledged),
    }


def _on_small_disk(words: list[str], *more: str) -> str:
    with tempfile.TemporaryDirectory() as room:
        command = [sys.executable, "-m", *words, room, *more]
        done = subprocess.run(
            ["unshare", "-m", "sh", "-c", MOUNT, room, *command],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
    sys.stderr.write(done.stderr[-2000:])
    return done.stdout


def _save_with_ever_more_space(folder: Path) -> None:
    # Only this process draws; the forks of the others must not know Qt.
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - see above

    from medcounter.notice.content.notice import Sheet  # noqa: PLC0415 - see above
    from medcounter.notice.sheet.paper import A5_LANDSCAPE  # noqa: PLC0415 - see above
    from tests.support.paper.notice_samples import notice  # noqa: PLC0415 - see above
    from ui.look.fonts import load_fonts  # noqa: PLC0415 - see above
    from ui.printing.layout import lay_out  # noqa: PLC0415 - see above
    from ui.printing.pdf import write_pdf  # noqa: PLC0415 - see above

    application = QGuiApplication([])
    load_fonts()
    layout = lay_out(Sheet(notice()), A5_LANDSCAPE)
    destination, filler = folder / "notice.pdf", folder / "filler"
    for left in range(0, SIZE // 2, STEP):
        destination.write_bytes(OLD)
        _fill(filler)
        os.truncate(filler, max(filler.stat().st_size - left, 0))
        try:
            write_pdf(layout, destination_at(destination))
        except MedCounterError:
            say("REFUSED" if destination.read_bytes() == OLD else "LOST")
        else:
            data = destination.read_bytes()
            whole = data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
            say("SAVED" if whole else "SILENT")
        filler.unlink()
    application.quit()


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return


if __name__ == "__main__":
    _save_with_ever_more_space(Path(sys.argv[1]))
