"""What Windows shows under Properties, Details of the program's file."""

import importlib.metadata
from typing import Any

_LANGUAGE, _CODE_PAGE = 0x0804, 1200


def numbers(version: str) -> tuple[int, int, int, int]:
    """Return a version as the four numbers Windows wants, such as (0, 1, 0, 0)."""
    major, minor, patch, *rest = (*(int(part) for part in version.split(".")), 0, 0, 0)
    return major, minor, patch, rest[0]


def strings(version: str) -> dict[str, str]:
    """Return what is shown, by Windows' own names."""
    return {
        "CompanyName": "the medcounter developers",
        "FileDescription": "医保缴费测算台",
        "FileVersion": version,
        "InternalName": "medcounter",
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": "medcounter.exe",
        "ProductName": "医保缴费测算台",
        "ProductVersion": version,
    }


def resource() -> Any:  # noqa: ANN401 - PyInstaller's record; its module loads on Windows only
    """Return the installed version as PyInstaller writes it into a program."""
    from PyInstaller.utils.win32 import versioninfo as win  # noqa: PLC0415 - see above

    version = importlib.metadata.version("medcounter")
    four = numbers(version)
    table = win.StringTable(
        f"{_LANGUAGE:04X}{_CODE_PAGE:04X}",
        [win.StringStruct(name, text) for name, text in strings(version).items()],
    )
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=four, prodvers=four),
        kids=[
            win.StringFileInfo([table]),
            win.VarFileInfo([win.VarStruct("Translation", [_LANGUAGE, _CODE_PAGE])]),
        ],
    )
