"""The core stands without a screen: nothing in medcounter/ needs Qt or the window."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# The only modules that may need what the packaged program never has.
EXTRAS = {
    "medcounter.gather.postgres",
    "medcounter.roster.arrow",
    "medcounter.roster.arrow_cells",
}
IMPORT_THE_CORE_WITHOUT_QT = f"""
import importlib, pkgutil, sys
for blocked in ("PySide6", "shiboken6", "ui", "pyarrow", "psycopg"):
    sys.modules[blocked] = None
import medcounter
for module in pkgutil.walk_packages(medcounter.__path__, "medcounter."):
    if module.name not in {EXTRAS}:
        print(importlib.import_module(module.name).__name__)
"""


def modules_on_disk() -> set[str]:
    """The dotted names of all files below medcounter/, but for its own __init__."""
    paths = [path.relative_to(ROOT).with_suffix("") for path in ROOT.glob("medcounter/**/*.py")]
    names = {".".join(path.parts).removesuffix(".__init__") for path in paths}
    return names - {"medcounter"}


def test_the_whole_core_is_imported_where_qt_and_the_window_are_blocked() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_THE_CORE_WITHOUT_QT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert set(done.stdout.split()) == modules_on_disk() - EXTRAS
