"""The application with a screen: a first frame, the window, then the desk.

Starts in three steps, each painted before the next: the field a clerk may type
into at once, the whole window, the open desk. Any error reaches the clerk only
as a sentence.
"""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

import medcounter
from medcounter.desk.folder_kinds import SETTINGS_FILE
from medcounter.errors import MedCounterError
from medcounter.paths import data_dir

from .frame.shell import Shell
from .look.fonts import load_fonts
from .look.theme import apply_theme
from .qt_translations import install_translations
from .window_place import keep_place, show_in_place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from .counter import Counter

IN_USE = 3
_FOLDER_WORD = "--data-dir"


class TornApartError(MedCounterError):
    """程序的两部分不在同一个文件夹，可能混装了不同版本，不能打开；请重新安装本程序。"""


def check_side_by_side() -> None:
    """Require that window and core belong to one installation.

    ``ui`` is a name another distribution may install over; then the core
    would be driven by a stranger.

    Raises:
        TornApartError: They lie in different places.
    """
    core = Path(medcounter.__file__).resolve()
    if core.parents[1] != Path(__file__).resolve().parents[1]:
        raise TornApartError


def dress(application: QApplication, folder: Path) -> None:
    """Give the application the theme and font scale that are set, if any."""
    path = folder / SETTINGS_FILE
    if not path.is_file():
        apply_theme(application, "system")
        return
    # A desk that never saved settings need not pay for reading them.
    from medcounter.settings import load_settings  # noqa: PLC0415 - see above

    settings, _problems = load_settings(path)
    apply_theme(application, settings.theme, settings.scale)


def named_folder(argv: Sequence[str]) -> Path | None:
    """Return the data folder named by the arguments; None when there is none."""
    words = list(argv)
    place = words.index(_FOLDER_WORD) + 1 if _FOLDER_WORD in words else len(words)
    return Path(words[place]) if place < len(words) else None


def keep_loaded() -> None:
    """Look for garbage again, but never among what was loaded until now.

    It stays to the end anyway, and looking through it was a sixth of a start and the
    longest pause of a key. Nothing of a desk is in it, so that what is forgotten later
    is found.
    """
    gc.freeze()
    gc.enable()


class Start:
    """The steps from the first frame to an open counter, run once."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        self._shell = shell
        self._folder = folder
        self.counter: Counter | None = None

    def tell_calmly(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an unexpected error and show the clerk a sentence.

        Stands in for sys.excepthook from before the window is built. The log's
        formatter leaves out what the error said, since it may quote what was typed.
        """
        import logging  # noqa: PLC0415 - a start without faults needs none

        if self.counter is None:
            # The log begins with the desk, which is not open yet.
            from medcounter.desk.safety.program_log import start_log  # noqa: PLC0415 - see above

            start_log(self._folder)
        logging.getLogger("medcounter.window").error("unforeseen", exc_info=(kind, error, trace))
        if self.counter is None:
            from .unforeseen import tell_unbuilt  # noqa: PLC0415 - see above

            tell_unbuilt(self._shell, self._folder, error)
        else:
            self.counter.tell_unforeseen(error)

    def go_on(self) -> None:
        """Build the window behind the first frame and open the desk."""
        # The window costs more than the first frame may.
        from .counter import Counter  # noqa: PLC0415 - see above

        self.counter = Counter(self._shell, self._folder)
        keep_loaded()
        self.counter.left_for_another.connect(partial(QApplication.exit, IN_USE))
        self.counter.begin()


def main(argv: Sequence[str]) -> int:
    """Open the window and serve until it is closed.

    Args:
        argv: The words behind the program's name: ``--data-dir DIR`` or none.

    Returns:
        The exit code: 0 after an ordinary end, 3 when another copy of the
        program has the ledger and came to the front.

    Raises:
        MedCounterError: The program itself is not whole.
    """
    check_side_by_side()
    gc.disable()
    # Set before there is an application, the style is made once, not twice.
    QApplication.setStyle("Fusion")
    application = QApplication([sys.argv[0]])
    application.setApplicationName("medcounter")
    # By this name a Wayland desktop finds the menu entry, and with it the icon.
    application.setDesktopFileName("medcounter")
    folder = data_dir(named_folder(argv))
    load_fonts()
    install_translations(application)
    dress(application, folder)
    shell = Shell()
    start = Start(shell, folder)
    sys.excepthook = start.tell_calmly
    shell.first_painted.connect(start.go_on)
    show_in_place(shell, folder)
    code = application.exec()
    if start.counter is not None:
        start.counter.close()
        if code != IN_USE:
            keep_place(shell, folder)
    sys.excepthook = sys.__excepthook__
    return code
