"""Where the program's own files are, and where it keeps what it writes.

Returns paths only. Reads no file, creates no folder.
"""

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from medcounter.errors import MedCounterError

DATA_DIR_VARIABLE = "MEDCOUNTER_DATA_DIR"
CACHE_DIR_VARIABLE = "MEDCOUNTER_CACHE_DIR"
_PACKAGE = Path(__file__).resolve().parent


class MissingResourceError(MedCounterError):
    """程序自带的文件缺失，程序不完整，无法继续；请重新安装本程序。"""


def resource(*parts: str) -> Path:
    """Return a read-only file or folder that ships with the program.

    A wheel and a frozen build carry resources inside the package; a checkout
    and an editable install have them beside it.

    Args:
        *parts: Names below the resources folder, such as ``"fonts"``.

    Raises:
        MissingResourceError: The program does not carry it.
    """
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = folder.joinpath(*parts)
        if path.exists():
            return path
    name = "/".join(parts)
    raise MissingResourceError(
        f"程序自带的文件“{name}”缺失，程序不完整，无法继续；请重新安装本程序。"
    )


def document(*parts: str) -> Path:
    """Return a page of the documents that ship with the program.

    A wheel and a frozen build carry them among the resources; a checkout and
    an editable install have them in ``docs``.

    Args:
        *parts: Names below the documents folder, such as ``"manual.zh-CN.md"``.

    Raises:
        MissingResourceError: The program does not carry it.
    """
    beside = _PACKAGE.parent.joinpath("docs", *parts)
    return beside if beside.exists() else resource("docs", *parts)


def cache_dir() -> Path:
    """Return the folder for what can be made again at any time.

    The environment variable MEDCOUNTER_CACHE_DIR decides, and without it the system's
    place for a user's caches.
    """
    if named := os.environ.get(CACHE_DIR_VARIABLE):
        return Path(named).expanduser().absolute()
    return user_cache_path("medcounter", appauthor=False)


def data_dir(override: Path | None = None) -> Path:
    """Return the folder in which rules, ledger and settings are kept.

    Args:
        override: What the user named by ``--data-dir``; when None, the
            environment variable MEDCOUNTER_DATA_DIR decides, and without it
            the system's place for a user's data.
    """
    if override is not None:
        return override.expanduser().absolute()
    if named := os.environ.get(DATA_DIR_VARIABLE):
        return Path(named).expanduser().absolute()
    return user_data_path("medcounter", appauthor=False)
