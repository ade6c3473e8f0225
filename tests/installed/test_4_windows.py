"""What of the Windows installer can be seen without Windows: it compiles, and spares the data."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from tests.installed.laptop import ROOT
from tools.package import icons, windows_version

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = ROOT / "packaging" / "medcounter.nsi"


def test_the_installer_compiles_without_a_warning(tmp_path: Path) -> None:
    program, out = tmp_path / "medcounter", tmp_path / "medcounter-setup.exe"
    (program / "_internal").mkdir(parents=True)
    (program / "medcounter.exe").write_bytes(b"stands in")
    (program / "_internal" / "base_library.zip").write_bytes(b"stands in")
    named = {"VERSION": "0.1.0", "SOURCE": program, "OUT": out}
    named["ICON"] = icons.write_ico(tmp_path)
    words = [f"-D{name}={value}" for name, value in named.items()]
    done = subprocess.run(
        ["makensis", "-V2", "-WX", *words, SCRIPT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert out.read_bytes().startswith(b"MZ")


def test_taking_it_off_never_touches_the_folder_of_the_ledger() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    section = text[text.index('Section "Uninstall"') :]
    removed = re.findall(r"^\s*(?:RMDir|Delete)(?: /r)? \"(.*?)\"", section, re.MULTILINE)
    assert removed != []
    places = ("$INSTDIR", "$SMPROGRAMS", "$DESKTOP")
    assert [path for path in removed if not path.startswith(places)] == []
    assert 'RMDir /r "$INSTDIR"\n' not in section
    # Where Windows has the ledger, and where the program is put, are no parts of each other.
    assert "Programs" in re.findall(r'^InstallDir "(.*)"', text, re.MULTILINE)[0]


def test_the_version_of_the_file_is_four_numbers() -> None:
    assert windows_version.numbers("0.1.0") == (0, 1, 0, 0)
    assert windows_version.numbers("12.3.4") == (12, 3, 4, 0)
    assert windows_version.strings("0.1.0")["ProductVersion"] == "0.1.0"
