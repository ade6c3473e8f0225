"""Pack the built folder as a Debian package, for Debian and its kin.

Usage: ``python -m tools.package.deb dist/medcounter dist``. Runs no script on
install or removal: nothing is configured, and a user's data is never touched.
"""

import argparse
import gzip
import importlib.metadata
import os
import shutil
import subprocess
import textwrap
from collections.abc import Iterable
from pathlib import Path

from medcounter.cli.command_list import COMMANDS
from tools.bootstrap import debian_package
from tools.package import elf, icons
from tools.package.emulation import architecture_here
from tools.package.inventory import NOTICE, ROOT
from tools.package.man_page import man_page
from ui.cli.screen_command_list import with_screen

NAME = "medcounter"
PROGRAM = Path("usr/lib/medcounter")
# Keeps the system's list of fonts; without it each program makes one in its user's home.
_ALSO = "fontconfig"
# The C++ library's package asks for this one itself; its name differs by the system's age.
_COMES_ALONG = {"libgcc_s.so.1"}
_DESCRIPTION = """\
 Offline counter program for residents' basic medical insurance
 A clerk types a resident and sees at once what the resident pays for
 城乡居民医保, how long benefits are withheld (待遇等待期), from which day to
 which day the resident is covered, and why, clause by clause; then prints a
 numbered notice.
 .
 离线测算城乡居民医保应缴金额、待遇等待期和待遇起止日期，逐条说明依据，打印编号的
 通知单。不联网；卸载时保留用户数据。"""


def depends(folder: Path) -> list[str]:
    """Name the packages that the folder needs from the system, by its own headers."""
    libraries = elf.wanted_from_system(folder) - _COMES_ALONG
    floor = ".".join(map(str, elf.floor(elf.read(path) for path in elf.binaries(folder))))
    packages = {debian_package(name) for name in libraries} | {_ALSO}
    return [f"libc6 (>= {floor})", *sorted(packages)]


def control(version: str, architecture: str, needs: Iterable[str], size_kib: int) -> str:
    """Return the package's control file."""
    fields = {
        "Package": NAME,
        "Version": version,
        "Section": "misc",
        "Priority": "optional",
        "Architecture": architecture,
        "Installed-Size": str(size_kib),
        "Maintainer": "the medcounter developers <medcounter@localhost>",
        "Depends": ", ".join(needs),
        "Recommends": "cups-client",
        "Suggests": "fonts-hanazono, ibus-libpinyin | fcitx5-chinese-addons",
    }
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "\n".join(lines) + f"\nDescription:{_DESCRIPTION}\n"


def lay_out(folder: Path, root: Path, made_at: int) -> None:
    """Put everything where it will lie on the system.

    Args:
        folder: The built program.
        root: An empty folder that stands for ``/``.
        made_at: Seconds since 1970; the age of every file.
    """
    version = importlib.metadata.version(NAME)
    share, documents = root / "usr/share", root / "usr/share/doc/medcounter"
    shutil.copytree(folder, root / PROGRAM, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/medcounter").symlink_to("../lib/medcounter/medcounter")
    _write(share / "applications/medcounter.desktop", _packaging("medcounter.desktop"))
    for size in icons.SIZES:
        _write(share / f"icons/hicolor/{size}x{size}/apps/medcounter.png", icons.png(size))
    _write(share / "icons/hicolor/scalable/apps/medcounter.svg", icons.SOURCE.read_bytes())
    page = man_page(with_screen(COMMANDS), version, made_at).encode()
    _write(share / "man/man1/medcounter.1.gz", _packed(page))
    _write(share / "man/zh_CN/man1/medcounter.1.gz", _packed(page))
    _write(documents / "changelog.gz", _packed((ROOT / "CHANGELOG.md").read_bytes()))
    notice = (root / PROGRAM / "_internal/medcounter/resources" / NOTICE).read_bytes()
    _write(documents / "NOTICE.gz", _packed(notice))
    _write(documents / "copyright", _packaging("copyright"))
    bill = folder.with_suffix(".cdx.json")
    if bill.exists():
        _write(documents / "medcounter.cdx.json.gz", _packed(bill.read_bytes()))


def _packaging(name: str) -> bytes:
    return (ROOT / "packaging" / name).read_bytes()


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _finish(root: Path, made_at: int) -> int:
    """Give every file its mode and age; return the size in KiB."""
    size = 0
    for path in sorted(root.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or path == root / PROGRAM / NAME
            path.chmod(0o755 if runs else 0o644)
            size += 0 if path.is_dir() else -(-path.stat().st_size // 1024)
        os.utime(path, (made_at, made_at), follow_symlinks=False)
    return size


def build(folder: Path, out: Path, made_at: int) -> Path:
    """Build the package.

    Returns:
        Where it lies, under its Debian name.
    """
    root = out / "deb"
    shutil.rmtree(root, ignore_errors=True)
    lay_out(folder, root, made_at)
    size = _finish(root, made_at)
    version = importlib.metadata.version(NAME)
    architecture = architecture_here()
    _write(
        root / "DEBIAN/control",
        control(version, architecture, depends(folder), size).encode(),
    )
    sums = subprocess.run(
        ["find", "usr", "-type", "f", "-exec", "md5sum", "{}", "+"],
        cwd=root,
        capture_output=True,
        check=True,
    ).stdout
    _write(root / "DEBIAN/md5sums", b"".join(sorted(sums.splitlines(keepends=True))))
    _finish(root / "DEBIAN", made_at)
    package = out / f"{NAME}_{version}_{architecture}.deb"
    # The dpkg of the oldest systems that are meant reads xz, not zstd.
    words = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(made_at)}
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(root)
    return package


def main() -> None:
    """Build the package and say how large it is."""
    parser = argparse.ArgumentParser(description="Pack the built folder as a Debian package.")
    parser.add_argument("folder", type=Path, help="the built program")
    parser.add_argument("out", type=Path, help="where the package is put")
    arguments = parser.parse_args()
    made_at = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    package = build(arguments.folder, arguments.out, made_at)
    needs = textwrap.fill(", ".join(depends(arguments.folder)), 96)
    print(f"{package}: {package.stat().st_size / 1e6:.1f} MB\nneeds {needs}")


if __name__ == "__main__":
    main()
