"""Make an environment of this checkout from its lock file, on a bare machine.

Usage: ``python3.11 tools/bootstrap.py window|core|build|spark``. ``window`` makes
``.venv`` with everything, ``core`` makes ``.venv-core``, in which no Qt is
installed, ``build`` makes ``.venv-build`` with what ships and what packs it,
and nothing else that could get into the package, ``spark`` makes ``.venv-spark``
for the job on a cluster. Only the standard library is
used here, and no Python is ever downloaded. What the system lacks is installed
through apt where that is allowed without a password; elsewhere the exact names
are printed. A second run finds its stamp and ends at once.
"""

import argparse
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = {
    "window": (".venv", "requirements/dev.txt"),
    "core": (".venv-core", "requirements/core-tests.txt"),
    "build": (".venv-build", "requirements/build.txt"),
    "spark": (".venv-spark", "requirements/spark.txt"),
}
# Tests run from the checkout there, and no window is installed.
WITHOUT_PROGRAM = frozenset({"core", "spark"})
QT_FILES = (
    "QtPrintSupport.abi3.so",
    "QtSvg.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqwayland-generic.so",
    "Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "Qt/plugins/printsupport/libcupsprintersupport.so",
)
PACKAGES_NAMED_OTHERWISE = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}


def debian_package(library: str) -> str:
    """Return the Debian package that holds a shared library.

    Source: Debian Policy 8.1, the package is named for the SONAME.

    Args:
        library: A SONAME such as ``libxcb-icccm.so.4``.
    """
    if library in PACKAGES_NAMED_OTHERWISE:
        return PACKAGES_NAMED_OTHERWISE[library]
    name, _, version = library.lower().partition(".so.")
    hyphen = "-" if name[-1:].isdigit() else ""
    return f"{name}{hyphen}{version}"


def missing_libraries(site_packages: Path) -> list[str]:
    """Return the SONAMEs that Qt asks for and this Linux does not have."""
    files = [str(site_packages / "PySide6" / name) for name in QT_FILES]
    told = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout
    return sorted(set(re.findall(r"^\s*(\S+) => not found$", told, flags=re.MULTILINE)))


def apt_get() -> list[str] | None:
    """Return the words that start apt-get without a password, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = ["sudo", "-n"]
    if not shutil.which("sudo"):
        return None
    allowed = subprocess.run([*sudo, "true"], stderr=subprocess.DEVNULL, check=False)
    return [*sudo, "apt-get"] if allowed.returncode == 0 else None


def install_system_packages(packages: Iterable[str], *, reason: str) -> None:
    """Install Debian packages, or end and say exactly what to install."""
    names = sorted(set(packages))
    by_hand = shlex.join(["apt-get", "install", *names])
    command = apt_get()
    if command is None:
        sys.exit(
            f"{reason}, and this may not install them. Have these Debian packages installed,\n"
            f"or what holds the same files on this system, then run this again:\n  {by_hand}"
        )
    print(f"{reason}: installing {shlex.join(names)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *names]):
        done = subprocess.run([*command, *step], env=environment, check=False)
        if done.returncode != 0:
            sys.exit(f"{shlex.join([*command, *step])} failed. Run by hand: {by_hand}")


def stamp_of(lock: Path) -> str:
    """Return what an environment made now from this lock is stamped with."""
    digest = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    return f"{digest.hexdigest()} {sys.version_info[:3]} {ROOT}\n"


def make_environment(folder: Path, lock: Path, *, with_program: bool) -> Path:
    """Make or renew a virtual environment and return its Python."""
    if importlib.util.find_spec("ensurepip") is None:
        install_system_packages(["python3.11-venv"], reason="This Python cannot make a venv")
    begun = folder / "begun"
    finished_once = folder.exists() and not begun.exists()
    subprocess.run(
        [sys.executable, "-m", "venv", *([] if finished_once else ["--clear"]), folder], check=True
    )
    begun.touch()
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "--no-deps", "--require-hashes", "--requirement", lock], check=True)
    if with_program:
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)
    begun.unlink()
    return python


def check_qt(folder: Path) -> None:
    """See that every library Qt asks for is there, or install it."""
    if not sys.platform.startswith("linux"):
        return
    site_packages = next(folder.glob("lib/python*/site-packages"))
    if missing := missing_libraries(site_packages):
        install_system_packages(map(debian_package, missing), reason="Qt lacks system libraries")
    if missing := missing_libraries(site_packages):
        sys.exit(f"Qt still lacks these libraries: {shlex.join(missing)}")


def main() -> None:
    """Make the environment named on the command line unless it is there."""
    parser = argparse.ArgumentParser(description="Make an environment from its lock file.")
    parser.add_argument("environment", choices=ENVIRONMENTS)
    name = parser.parse_args().environment
    if sys.version_info[:2] != (3, 11):
        sys.exit(f"This needs Python 3.11; {sys.executable} is {sys.version.split()[0]}.")
    folder, lock = (ROOT / part for part in ENVIRONMENTS[name])
    stamp = folder / "stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == stamp_of(lock):
        return
    print(f"Making {folder.name} from {lock.relative_to(ROOT)} ...", flush=True)
    try:
        make_environment(folder, lock, with_program=name not in WITHOUT_PROGRAM)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{folder.name} could not be made: {shlex.join(map(str, error.cmd))}")
    if name not in WITHOUT_PROGRAM:
        check_qt(folder)
    stamp.write_text(stamp_of(lock), encoding="utf-8")


if __name__ == "__main__":
    main()
