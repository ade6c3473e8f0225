"""Which of Qt's plug-ins the package keeps: held by name, on Linux and on Windows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import PySide6
import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = Path(PySide6.__file__).parent / "Qt" / "plugins"
# Ours are SVG, and PNG, which Qt reads without a plug-in; the icon of a window may be ICO; a
# photograph of a notice is a JPEG, which a process of its own decodes.
PICTURES = {"svg", "ico", "jpeg"}
ICONS = {"svgicon"}


def left_out() -> re.Pattern[str]:
    """The pattern of what is left out, as the build has it."""
    for node in ast.parse((ROOT / "build.spec").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LEFT_OUT_FILES":
            parts = [one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
            return re.compile("|".join(str(part) for part in parts if part != "|"))
    raise AssertionError


def kept(kind: str, form: str) -> set[str]:
    """The plug-ins of a kind that stay in the folder, by their bare names."""
    bare = {path.stem.removeprefix("libq") for path in (PLUGINS / kind).glob("*.so")}
    pattern = left_out()
    return {
        name
        for name in bare
        if not pattern.search(f"PySide6/Qt/plugins/{kind}/{form.format(name)}")
    }


@pytest.mark.skipif(not PLUGINS.is_dir(), reason="Qt's plug-ins lie elsewhere here")
@pytest.mark.parametrize("form", ["libq{}.so", "q{}.dll"])
def test_no_plugin_reads_pictures_that_nobody_brings(form: str) -> None:
    assert kept("imageformats", form) == PICTURES
    assert kept("iconengines", form) == ICONS


@pytest.mark.skipif(not PLUGINS.is_dir(), reason="Qt's plug-ins lie elsewhere here")
@pytest.mark.parametrize("kind", ["tls", "networkinformation", "generic", "egldeviceintegrations"])
def test_nothing_that_networks_or_drives_devices_is_kept(kind: str) -> None:
    assert kept(kind, "libq{}.so") == set()
