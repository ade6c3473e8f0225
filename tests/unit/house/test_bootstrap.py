"""What the set-up tells a bare Debian machine to install."""

from pathlib import Path

import pytest

from tools import bootstrap
from tools.bootstrap import debian_package


# Expected: the packages that Debian 12 lists for these files.
@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libX11.so.6", "libx11-6"),
        ("libcups.so.2", "libcups2"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libwayland-cursor.so.0", "libwayland-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libz.so.1", "zlib1g"),
    ],
)
def test_a_missing_library_is_asked_for_by_its_debian_package(library: str, package: str) -> None:
    assert package == debian_package(library)


def test_while_one_set_up_installs_another_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text(f"#!/bin/sh\n! flock --nonblock '{bootstrap.__file__}' true\n", "utf-8")
    apt.chmod(0o755)
    monkeypatch.setattr(bootstrap, "apt_get", lambda: [str(apt)])
    bootstrap.install_system_packages(["libegl1"], reason="Qt lacks system libraries")
