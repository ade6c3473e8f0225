"""Build the Debian package in a Debian 11 root, so that old systems run it.

Usage, as root on Debian: ``python -m tools.package.old_root build/debian11``;
with ``--architecture arm64`` for another processor than this machine's. A
binary asks for the C library of the system that it was built on; Debian 11's
is 2.31. Python 3.11 is built there from Debian's own source package, and what
ships is chosen by the root's own pip, so for its processor. The root is kept
and used again; the package comes to dist/old/, or to dist/arm64/ and dist/.
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
from tools.package.emulation import HOST, LENT, architecture_here, require_emulation
from tools.package.inventory import ROOT

_SUITE, _PYTHON_SUITE = "bullseye", "bookworm"
_LOCK = "requirements/build.txt"
_PIP_LOCK = "requirements/pip-newest.txt"
_SOURCES = "usr/src/medcounter"
_WHEELS = "usr/src/wheels"
_CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
# What leads to a package index from here leads there from the root.
_TO_INDEX = ("PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT", "HTTPS_PROXY", "https_proxy", "NO_PROXY")
_TOOLS = (
    "ca-certificates",
    "dpkg-dev",
    "libc6-dev",
    "libexpat1-dev",
    "libffi-dev",
    "libsqlite3-dev",
    "libssl-dev",
    "zlib1g-dev",
)
# What Qt loads to draw, and what ships beside it.
_LIBRARIES = """
libcups.so.2 libdbus-1.so.3 libEGL.so.1 libfontconfig.so.1 libfreetype.so.6 libGL.so.1
libglib-2.0.so.0 libwayland-client.so.0 libwayland-cursor.so.0 libX11-xcb.so.1 libxcb-cursor.so.0
libxcb-icccm.so.4 libxcb-image.so.0 libxcb-keysyms.so.1 libxcb-render-util.so.0 libxcb-util.so.1
libxkbcommon-x11.so.0
"""
_PREFIX = "/usr/local"
# Debian's build gives pyexpat this define through a file of its own.
_COMPILE = (
    "set -e; cd /usr/src; apt-get source -q python3.11; cd python3.11-*/; "
    "sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c; "
    f"./configure -q --prefix={_PREFIX} --enable-shared --without-ensurepip "
    "--disable-test-modules --with-system-expat CC={compiler}; "
    "make -s -j2; make -s install; ldconfig"
)
_BUILD = (
    "set -e; cd /{sources}; export PYTHONHASHSEED=0 PYINSTALLER_CONFIG_DIR=build/pyinstaller; "
    "python3.11 -m venv --clear --without-pip .venv-build; python=.venv-build/bin/python; "
    "pip=$(echo /{wheels}/pip-*.whl)/pip; "
    "$python $pip install -q --no-deps --require-hashes --only-binary=:all: -r {lock}; "
    "$python $pip check; "
    "$python $pip install -q --no-deps --no-build-isolation --editable .; "
    ".venv-build/bin/pyinstaller --noconfirm build.spec; "
    "$python -m tools.package.smoke dist/medcounter; "
    "$python -m tools.package.sbom dist/medcounter; "
    "$python -m tools.package.deb dist/medcounter dist"
)
_BUILD_AGAIN = (
    "set -e; cd /{sources}; export PYTHONHASHSEED=0 PYINSTALLER_CONFIG_DIR=build/pyinstaller; "
    ".venv-build/bin/pyinstaller --noconfirm --workpath build/again/work "
    "--distpath build/again/dist build.spec; "
    ".venv-build/bin/python -m tools.package.compare dist/medcounter build/again/dist/medcounter"
)


def make_root(root: Path, architecture: str) -> None:
    """Make the root with everything that a build needs, unless it is there."""
    if not (root / "etc/debian_version").exists():
        _run("debootstrap", f"--arch={architecture}", "--variant=minbase", _SUITE, root)
    if (root / "usr/local/bin/python3.11").exists():
        return
    sources = (root / "etc/apt/sources.list").read_text(encoding="utf-8")
    mirror = sources.split()[1]
    line = f"deb-src {mirror} {_PYTHON_SUITE} main\n"
    (root / "etc/apt/sources.list.d/python.list").write_text(line, encoding="utf-8")
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    lent = LENT.get(architecture) if architecture != architecture_here() else None
    tools = (*_TOOLS, *(() if lent else ("build-essential",)))
    packages = shlex.join([*tools, *map(debian_package, _LIBRARIES.split())])
    inside(root, f"apt-get update -q && apt-get install -qy --no-install-recommends {packages}")
    # Under emulation the compiler would take ten times as long; this machine's writes the same.
    compiler = f"{HOST}/usr/bin/{lent}" if lent else "gcc"
    inside(root, _COMPILE.format(compiler=compiler), lend=lent is not None)


def inside(root: Path, words: str, *, lend: bool = False) -> None:
    """Run a line of shell in the root, with nothing of this environment but the date.

    Args:
        root: The root.
        words: The line.
        lend: Whether this machine's programs are within reach, below ``HOST``.
    """
    clean = {"PATH": f"{_PREFIX}/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    clean |= {"HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    clean |= {"PIP_CERT": f"/{_CERTIFICATES}"}
    passed = ("SOURCE_DATE_EPOCH", *_TO_INDEX)
    clean |= {name: os.environ[name] for name in passed if name in os.environ}
    # The mounts live in a namespace of their own and go with the command.
    mounts = ['mount -t proc proc "$0/proc"']
    if lend:
        for here, there in lent_folders():
            (root / there).mkdir(parents=True, exist_ok=True)
            mounts.append(f'mount --bind {here} "$0/{there}"')
    line = " && ".join([*mounts, f'exec chroot "$0" sh -c {shlex.quote(words)}'])
    _run("unshare", "--mount", "sh", "-c", line, root, environment=clean)


def lent_folders() -> list[tuple[str, str]]:
    """Name what a root is lent, here and there: programs and their libraries."""
    libraries = f"/usr/lib/{os.uname().machine}-linux-gnu"
    return [("/usr", f"{HOST[1:]}/usr"), (libraries, libraries[1:]), ("/lib64", "lib64")]


def bring_sources(root: Path) -> None:
    """Put the checkout's files into the root, and the pip that begins there."""
    target = root / _SOURCES
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, told.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    # After the root's own were set up: a proxy or mirror may have an authority of its own.
    shutil.copyfile(f"/{_CERTIFICATES}", root / _CERTIFICATES)
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    shutil.rmtree(root / _WHEELS, ignore_errors=True)
    where = ["-r", str(ROOT / _PIP_LOCK), "--dest", str(root / _WHEELS)]
    _run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes", *where)


def bring_out(root: Path, architecture: str) -> Path:
    """Copy what was built into dist/; give where the package lies."""
    foreign = architecture != architecture_here()
    out = ROOT / "dist" / (architecture if foreign else "old")
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(root / _SOURCES / "dist", out, symlinks=True)
    package = next(out.glob("*.deb"))
    return Path(shutil.move(package, out.parent / package.name)) if foreign else package


def _run(*words: str | Path, environment: dict[str, str] | None = None) -> None:
    command: Sequence[str] = [str(word) for word in words]
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode:
        sys.exit(f"failed: {shlex.join(command)[:200]}")


def main() -> None:
    """Build the package in the root and bring it out."""
    parser = argparse.ArgumentParser(description="Build the Debian package in a Debian 11 root.")
    parser.add_argument("root", type=Path, help="the root's folder; made when it is not there")
    parser.add_argument(
        "--architecture", default=architecture_here(), help="amd64 or arm64; this machine's"
    )
    parser.add_argument("--twice", action="store_true", help="build it again and compare")
    arguments = parser.parse_args()
    root, architecture = arguments.root.absolute(), arguments.architecture
    require_emulation(architecture)
    make_root(root, architecture)
    names = {"sources": _SOURCES, "wheels": _WHEELS, "lock": _LOCK}
    if arguments.twice:
        inside(root, _BUILD_AGAIN.format(**names))
        return
    bring_sources(root)
    inside(root, _BUILD.format(**names))
    print(f"the package of the Debian 11 root is {bring_out(root, architecture).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
