"""Build the Debian package in a Debian 11 root, so that old systems run it.

Usage, as root on Debian: ``python -m tools.package.old_root build/debian11``.
A binary asks for the C library of the system that it was built on; Debian
11's is 2.31. Python 3.11 is built there from Debian's own source package. The
root is kept and used again; the package comes to dist/old/.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.bootstrap import debian_package
from tools.package.inventory import ROOT

_SUITE, _PYTHON_SUITE = "bullseye", "bookworm"
_GLIBC = 31
_LOCK = "requirements/build.txt"
_SOURCES = "usr/src/medcounter"
_WHEELS = "usr/src/wheels"
_TOOLS = (
    "build-essential",
    "dpkg-dev",
    "libexpat1-dev",
    "libffi-dev",
    "libsqlite3-dev",
    "zlib1g-dev",
)
# What Qt loads to draw, and what ships beside it.
_LIBRARIES = """
libcups.so.2 libdbus-1.so.3 libEGL.so.1 libfontconfig.so.1 libfreetype.so.6 libGL.so.1
libglib-2.0.so.0 libwayland-client.so.0 libwayland-cursor.so.0 libX11-xcb.so.1 libxcb-cursor.so.0
libxcb-icccm.so.4 libxcb-image.so.0 libxcb-keysyms.so.1 libxcb-render-util.so.0 libxcb-util.so.1
libxkbcommon-x11.so.0
"""
# Debian's build gives pyexpat this define through a file of its own.
_PREFIX = "/usr/local"
_COMPILE = (
    "cd /usr/src && apt-get source -q python3.11 && cd python3.11-*/ && "
    "sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c && "
    f"./configure -q --prefix={_PREFIX} --enable-shared --without-ensurepip "
    "--with-system-expat && "
    "make -s -j2 && make -s install && ldconfig"
)
_BUILD = (
    "set -e; cd /{sources}; export PYTHONHASHSEED=0 PYINSTALLER_CONFIG_DIR=build/pyinstaller; "
    "python3.11 -m venv --clear --without-pip .venv-build; python=.venv-build/bin/python; "
    "pip=$(echo /{wheels}/pip-*.whl)/pip; "
    "$python $pip install -q --no-index --find-links /{wheels} --no-deps --require-hashes "
    "-r {lock}; $python $pip check; "
    "$python $pip install -q --no-deps --no-build-isolation --editable .; "
    ".venv-build/bin/pyinstaller --noconfirm build.spec; "
    "$python -m tools.package.smoke dist/medcounter; "
    "$python -m tools.package.sbom dist/medcounter; "
    "$python -m tools.package.deb dist/medcounter dist"
)


def make_root(root: Path) -> None:
    """Make the root with everything that a build needs, unless it is there."""
    if not (root / "etc/debian_version").exists():
        _run("debootstrap", "--variant=minbase", _SUITE, root)
    if (root / "usr/local/bin/python3.11").exists():
        return
    sources = (root / "etc/apt/sources.list").read_text(encoding="utf-8")
    mirror = sources.split()[1]
    line = f"deb-src {mirror} {_PYTHON_SUITE} main\n"
    (root / "etc/apt/sources.list.d/python.list").write_text(line, encoding="utf-8")
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    packages = shlex.join([*_TOOLS, *map(debian_package, _LIBRARIES.split())])
    inside(root, f"apt-get update -q && apt-get install -qy --no-install-recommends {packages}")
    inside(root, _COMPILE)


def inside(root: Path, words: str) -> None:
    """Run a line of shell in the root, with nothing of this environment but the date."""
    clean = {"PATH": f"{_PREFIX}/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    clean |= {"HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    if "SOURCE_DATE_EPOCH" in os.environ:
        clean["SOURCE_DATE_EPOCH"] = os.environ["SOURCE_DATE_EPOCH"]
    # The mount lives in a namespace of its own and goes with the command.
    line = f'mount -t proc proc "$0/proc" && exec chroot "$0" sh -c {shlex.quote(words)}'
    _run("unshare", "--mount", "sh", "-c", line, root, environment=clean)


def bring_sources(root: Path) -> None:
    """Put the checkout's own files and the wheels of the lock into the root."""
    target = root / _SOURCES
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, told.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    platforms = [f"manylinux_2_{minor}_x86_64" for minor in range(_GLIBC, 4, -1)]
    platforms += ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"]
    wanted = [word for name in platforms for word in ("--platform", name)]
    wanted += ["--only-binary=:all:", "--python-version", "3.11", "--implementation", "cp"]
    wanted += ["--abi", "cp311", "--abi", "abi3", "--abi", "none"]
    wanted += ["--no-deps", "--require-hashes"]
    where = ["-r", str(ROOT / _LOCK), "--dest", str(root / _WHEELS)]
    _run(sys.executable, "-m", "pip", "download", "--quiet", *wanted, *where)


def _run(*words: str | Path, environment: dict[str, str] | None = None) -> None:
    command: Sequence[str] = [str(word) for word in words]
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode:
        sys.exit(f"failed: {shlex.join(command)[:200]}")


def main() -> None:
    """Build the package in the root and bring it out."""
    parser = argparse.ArgumentParser(description="Build the Debian package in a Debian 11 root.")
    parser.add_argument("root", type=Path, help="the root's folder; made when it is not there")
    root = parser.parse_args().root.absolute()
    make_root(root)
    bring_sources(root)
    inside(root, _BUILD.format(sources=_SOURCES, wheels=_WHEELS, lock=_LOCK))
    out = ROOT / "dist" / "old"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(root / _SOURCES / "dist", out, symlinks=True)
    print(f"the package of the Debian 11 root is in {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
