"""Entry point: open the window, or run the command in ``sys.argv``.

Qt is imported only where a screen or a page is drawn.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from medcounter.authoring.source_files import PICTURE_WORD
from medcounter.errors import MedCounterError
from medcounter.roster import READER_WORD
from ui.printing import PRINT_WORD

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

_FAILED = 1


class NoScreenError(MedCounterError):
    """这台机器没有图形界面，无法打开窗口；请用 --help 查看不需要窗口的命令。"""


class WindowMissingError(MedCounterError):
    """窗口部件没有装好，无法打开窗口；请按说明重新安装，或用 --help 查看不需要窗口的命令。"""


def main() -> int:
    """Run the program; the console script.

    Returns:
        The exit code: 0 done, 1 failed, 2 refused, 3 the ledger is in use.
    """
    leave_no_core()
    words = sys.argv[1:]
    if words[:1] == [READER_WORD]:
        from medcounter.roster.tables.book_reading import main as read_book  # noqa: PLC0415 - as below

        return read_book(words[1:])
    if words[:1] == [PICTURE_WORD]:
        from ui.work.picture_reading import main as read_picture  # noqa: PLC0415 - as below

        return read_picture(words[1:])
    if words[:1] == [PRINT_WORD]:
        from ui.printing.print_serving import main as serve_printing  # noqa: PLC0415 - as below

        return serve_printing()
    if not words:
        return _open_window(words)
    # A bare start opens the window and must not pay for the commands.
    from medcounter.cli.command_list import COMMANDS  # noqa: PLC0415 - see above
    from medcounter.cli.program import main as run_command  # noqa: PLC0415 - see above
    from ui.cli.screen_command_list import with_screen  # noqa: PLC0415 - see above

    return run_command(words, with_screen(COMMANDS), _open_window_by)


def leave_no_core() -> None:
    """Keep this process's memory, which holds personal data, out of core dumps."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _open_window_by(arguments: Namespace) -> int:
    folder = arguments.data_dir
    return _open_window([] if folder is None else ["--data-dir", str(folder)])


def _open_window(words: Sequence[str]) -> int:
    try:
        _require_screen()
        try:
            # Not at the top: a command must run where Qt is not installed.
            from ui.app import main as open_window  # noqa: PLC0415 - see above
        except ImportError as err:
            raise WindowMissingError(
                f"窗口部件没有装好（缺少 {err.name or err}），无法打开窗口；"
                "请按说明重新安装，或用 --help 查看不需要窗口的命令。"
            ) from err
        return open_window(words)
    except MedCounterError as err:
        from medcounter.cli.output import complain  # noqa: PLC0415 - only when nothing opens

        complain(err.text)
        return _FAILED


def _require_screen() -> None:
    """Require a screen; without one Qt would abort the process.

    Raises:
        NoScreenError: Linux without X11 or Wayland.
    """
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in named):
        raise NoScreenError


if __name__ == "__main__":
    sys.exit(main())
