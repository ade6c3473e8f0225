"""Make an environment of this checkout from its lock file, on a bare machine.

Usage: ``python3.11 tools/bootstrap.py NAME``. ``run`` makes ``.venv`` with what the
program needs, ``window`` lets it grow by what the checks need, ``oldest`` makes
``.venv-oldest``, in which the window is checked with arm64's Qt, ``core`` makes
``.venv-core``, in which no Qt is installed, ``build`` makes ``.venv-build`` with what
ships and what packs it, and nothing else that could get into the package, ``spark``
makes ``.venv-spark`` for the job on a cluster, ``audit`` makes ``.venv-audit`` with
what asks for known vulnerabilities.

Exactly the lock is installed: nothing is resolved, nothing is built that the lock
does not name, so that nobody's later release can break it. Only the standard
library is used here, and no Python is ever downloaded. What the system lacks is
installed through apt where that is allowed without a password; elsewhere the exact
names are printed, and the environment stays. One without its stamp is not whole and
is made anew; a second run finds the stamp and ends at once.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Environment(NamedTuple):
    """What an environment is made from.

    Attributes:
        folder: Where it lies in the checkout.
        lock: The name of its lock in requirements/.
        program: Whether the checkout itself is installed, with its metadata.
        window: Whether Qt is in it, which asks for libraries of the system.
        sources: What its publisher gives as source only; built with the lock ``builders``.
    """

    folder: str
    lock: str
    program: bool = False
    window: bool = False
    sources: tuple[str, ...] = ()

    @property
    def lock_file(self) -> Path:
        """The lock in this checkout."""
        return ROOT / "requirements" / f"{self.lock}.txt"


ENVIRONMENTS = {
    "run": Environment(".venv", "runtime", window=True),
    "window": Environment(".venv", "dev", program=True, window=True),
    "oldest": Environment(".venv-oldest", "oldest", window=True),
    "core": Environment(".venv-core", "core-tests"),
    "build": Environment(".venv-build", "build", program=True, window=True),
    "spark": Environment(".venv-spark", "spark", sources=("pyspark",)),
    "audit": Environment(".venv-audit", "audit"),
}
BUILDERS = ROOT / "requirements" / "builders.txt"
# These would lead pip out of the environment that is being made.
LEADING_ELSEWHERE = ("PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PIP_ROOT", "PIP_TARGET", "PIP_USER")
LITTLE_ROOM = 10_000_000  # bytes
# What went wrong, by the words of venv and of every pip; the first that fits is told.
CAUSES = (
    (
        r"Errno 28\b|Errno 122\b|WinError 112\b",
        "the disk is full. Free some space (a whole .venv takes up to 900 MB), then run this again",
    ),
    (
        r"Errno 1\b|Errno 13\b|Errno 30\b|WinError 5\b",
        (
            "this user may not write there. Make the folder this user's own, or work in a clone "
            "that is, then run this again"
        ),
    ),
    (
        r"DO NOT MATCH THE HASHES",
        (
            "a package that came is not the one the lock names: its hash is another. See whether a "
            "proxy or a mirror changes files or answers with a page of its own, and whether "
            "`git status` shows the lock as changed, then run this again"
        ),
    ),
    (
        (
            r"(?i)NewConnectionError|MaxRetryError|Timeout|ProxyError|SSLError|connection broken"
            r"|Failed to establish|getaddrinfo|Connection (?:refused|reset|aborted)"
        ),
        (
            "the package index was not reached. See to the network, or name a mirror or proxy that "
            "this machine reaches to pip (PIP_INDEX_URL, HTTPS_PROXY), then run this again"
        ),
    ),
    (
        r"No matching distribution|Could not find a version|not a zip|invalid wheel|Invalid wheel",
        (
            "what answers as the package index does not have what the lock names. A proxy may be "
            "answering with a page of its own, or a mirror may lag behind: open the index in a "
            "browser, or name another to pip (PIP_INDEX_URL), then run this again"
        ),
    ),
    (
        (
            r"must have their versions pinned|Hashes are required|Invalid requirement|"
            r"has requirement|which is not installed|is not supported on this platform"
        ),
        (
            "the lock is not whole. Take it back as git has it, or write it anew with `make lock`, "
            "then run this again"
        ),
    ),
)
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
    with in_turn():
        for step in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *names]):
            done = subprocess.run([*command, *step], env=environment, check=False)
            if done.returncode != 0:
                sys.exit(f"{shlex.join([*command, *step])} failed. Run by hand: {by_hand}")


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait while another set-up of this checkout installs; apt-get gives up at once."""
    import fcntl  # noqa: PLC0415 - Windows has neither it nor apt-get

    with Path(__file__).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def stamp_of(lock: Path) -> str:
    """Return what an environment made now from this lock is stamped with."""
    digest = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    return f"{lock.stem} {digest.hexdigest()} {_place()}\n"


def _place() -> str:
    """Return for which Python and in which folder an environment works."""
    return f"{sys.version_info[:3]} {os.path.realpath(sys.executable)} {ROOT}"


def read_stamp(folder: Path) -> str:
    """Return an environment's stamp; empty when it is not whole."""
    stamp = folder / "stamp"
    # Without its Python an environment can do nothing, whatever its stamp says.
    return stamp.read_text(encoding="utf-8") if stamp.exists() and _python(folder).exists() else ""


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def chosen(name: str) -> Environment:
    """Return the environment to make; one that has grown keeps what it has."""
    window = ENVIRONMENTS["window"]
    grown = read_stamp(ROOT / window.folder).startswith(f"{window.lock} ")
    return window if name == "run" and grown else ENVIRONMENTS[name]


def make_environment(environment: Environment) -> None:
    """Make an environment anew, or let that of the program grow, and stamp it.

    Raises:
        TroubleError: It could not be made; it has no stamp then.
    """
    folder, lock = ROOT / environment.folder, environment.lock_file
    grows = read_stamp(folder) == stamp_of(ENVIRONMENTS["run"].lock_file)
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        install_system_packages(["python3.11-venv"], reason="This Python cannot make a venv")
    (folder / "stamp").unlink(missing_ok=True)
    if not grows:
        _run(sys.executable, "-m", "venv", "--clear", folder)
    # Isolated, so that neither a user's packages nor PYTHONPATH count as installed.
    pip = (_python(folder), "-I", "-m", "pip")
    install = (*pip, "install", "--quiet", "--no-deps")
    locked: tuple[str | Path, ...] = (*install, "--require-hashes", "--only-binary=:all:")
    if environment.sources:
        _run(*locked, "--requirement", BUILDERS)
        locked = (*locked, "--no-build-isolation", "--no-binary", ",".join(environment.sources))
    _run(*locked, "--requirement", lock)
    if environment.program:
        _run(*install, "--no-build-isolation", "--editable", ROOT)
    _run(*pip, "check")
    (folder / "stamp").write_text(stamp_of(lock), encoding="utf-8")


class TroubleError(Exception):
    """A step of the set-up did not end well; with its words, and what it said."""


def _run(*words: str | Path) -> None:
    command = [str(word) for word in words]
    clean = {name: value for name, value in os.environ.items() if name not in LEADING_ELSEWHERE}
    clean |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    done = subprocess.run(
        command, env=clean, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        raise TroubleError(shlex.join(command), done.stdout)


def cause_of(said: str) -> str | None:
    """Return what went wrong and what to do now; None when nothing tells."""
    # venv keeps to itself what its own pip said, so the disk is asked too.
    full = "Errno 28" if shutil.disk_usage(ROOT).free < LITTLE_ROOM else ""
    return next((told for words, told in CAUSES if re.search(words, full or said)), None)


def explain(folder: str, command: str, said: str) -> str:
    """Return the sentence for a set-up that failed, or the tool's own words."""
    if cause := cause_of(said):
        return f"{folder} could not be made: {cause}."
    last = "\n".join(said.strip().splitlines()[-20:])
    return f"{last}\n{folder} could not be made: {command} said the above. Run this again."


def check_qt(folder: Path) -> None:
    """See once that every library Qt asks for is there, or install it.

    What the system lacks makes no environment half: it stays, and only this is
    looked at again by the next run.
    """
    seen = folder / "libraries"
    if seen.exists() or not sys.platform.startswith("linux"):
        return
    site_packages = next(folder.glob("lib/python*/site-packages"))
    if missing := missing_libraries(site_packages):
        install_system_packages(map(debian_package, missing), reason="Qt lacks system libraries")
    if missing := missing_libraries(site_packages):
        sys.exit(f"Qt still lacks these libraries: {shlex.join(missing)}")
    seen.touch()


def main(words: Sequence[str] | None = None) -> None:
    """Make the environment named on the command line unless it is there."""
    parser = argparse.ArgumentParser(description="Make an environment from its lock file.")
    parser.add_argument("environment", choices=ENVIRONMENTS)
    name = parser.parse_args(words).environment
    if sys.version_info[:2] != (3, 11):
        sys.exit(
            f"This needs Python 3.11, and {sys.executable} is {sys.version.split()[0]}. Install "
            "3.11 (on Debian 12: apt-get install python3 python3-venv), then run this with it."
        )
    try:
        environment = chosen(name)
        folder, lock = ROOT / environment.folder, environment.lock_file
        if read_stamp(folder) != stamp_of(lock):
            print(f"Making {folder.name} from {lock.relative_to(ROOT)} ...", flush=True)
            make_environment(environment)
        if environment.window:
            check_qt(folder)
    except TroubleError as trouble:
        sys.exit(explain(ENVIRONMENTS[name].folder, *trouble.args))
    except OSError as error:
        sys.exit(explain(ENVIRONMENTS[name].folder, str(error.filename), str(error)))
    except KeyboardInterrupt:
        sys.exit(f"{ENVIRONMENTS[name].folder} is not whole; run this again and it begins anew.")


if __name__ == "__main__":
    main()
