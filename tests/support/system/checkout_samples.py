"""A small checkout with a lock, the index it was made from, and Pythons that bring a given pip."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]
BOOTSTRAP = ROOT / "tools" / "bootstrap.py"
# Puts the same files in place as Python's own ensurepip, which reads pip from a zip file for this.
ENSUREPIP = """
import shutil, sysconfig
from pathlib import Path
shutil.copytree(Path(__file__).parent / "pip", sysconfig.get_path("purelib"), dirs_exist_ok=True)
"""
# A backend that installs the checkout in place, without asking for any package.
BACKEND = """
import zipfile
from pathlib import Path

def build_editable(folder, settings=None, metadata=None):
    name = "medcounter-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder, name), "w") as wheel:
        wheel.writestr("medcounter.pth", str(Path.cwd()))
        facts = "medcounter-0.1.0.dist-info/"
        told = "Metadata-Version: 2.1\\nName: medcounter\\nVersion: 0.1.0"
        wheel.writestr(facts + "METADATA", told)
        wheel.writestr(facts + "WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any")
        wheel.writestr(facts + "RECORD", "")
    return name
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "medcounter"
version = "0.1.0"
"""
LISTED = """
from importlib.metadata import distributions
for found in distributions(): print(found.metadata["Name"], found.version)
"""


class Release(NamedTuple):
    """One release of a package, as its wheel says."""

    name: str
    version: str
    needs: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    bytes: int = 0


# As coverage and pytest-cov are to each other: one asks for the other with an extra.
LOCKED = (
    Release("outer", "1.0", ("inner[fast]>=1",)),
    Release("inner", "1.0", ('quick>=1; extra == "fast"',), ("fast",)),
    Release("quick", "1.0"),
)
HEAVY = Release("heavy", "1.0", bytes=30_000_000)
CHECKS = Release("checker", "1.0", ("outer",))
# What others published after the lock was made.
LATER = (
    Release("outer", "2.0", ("inner[fast]>=2", "nowhere")),
    Release("inner", "1.0.1", ('quick>=2; extra == "fast"', "nowhere>=1"), ("fast",)),
    Release("inner", "2.0", ('stowaway; extra == "fast"',), ("fast",)),
    Release("quick", "2.0", ("stowaway",)),
    Release("stowaway", "1.0"),
    Release("checker", "2.0", ("stowaway",)),
)


def build_wheel(release: Release, folder: Path) -> Path:
    """Write the wheel of a release; its weight is what a disk must hold."""
    label = f"{release.name}-{release.version}"
    facts = ["Metadata-Version: 2.1", f"Name: {release.name}", f"Version: {release.version}"]
    facts += [f"Requires-Dist: {need}" for need in release.needs]
    facts += [f"Provides-Extra: {extra}" for extra in release.extras]
    files = {
        f"{release.name}.py": b"",
        f"{release.name}.dat": bytes(release.bytes),
        f"{label}.dist-info/METADATA": "\n".join(facts).encode(),
        f"{label}.dist-info/WHEEL": b"Wheel-Version: 1.0\nTag: py3-none-any\n",
    }
    record = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode()[:-1]},"
        f"{len(data)}"
        for name, data in files.items()
    ]
    files[f"{label}.dist-info/RECORD"] = "\n".join(record).encode()
    file = folder / f"{label}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in files.items():
            wheel.writestr(name, data)
    return file


def build_index(folder: Path, releases: Sequence[Release]) -> str:
    """Lay out an index of these releases and return its address."""
    for name in {release.name for release in releases}:
        (folder / name).mkdir(parents=True)
    for release in releases:
        page = folder / release.name / "index.html"
        wheel = build_wheel(release, folder / release.name)
        with page.open("a", encoding="utf-8") as links:
            links.write(f'<a href="{wheel.name}">{wheel.name}</a>\n')
    return folder.as_uri()


def lock_of(releases: Sequence[Release], index: Path) -> str:
    """Return the lock that pins exactly these releases of an index."""
    lines = []
    for release in releases:
        wheel = index / release.name / f"{release.name}-{release.version}-py3-none-any.whl"
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lines.append(f"{release.name}=={release.version} --hash=sha256:{digest}\n")
    return "".join(lines)


class Checkout(NamedTuple):
    """A checkout with the real set-up script, and the Python that it is run with."""

    folder: Path
    python: Path
    address: str

    def set_up(self, name: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the set-up of one environment."""
        return subprocess.run(
            self.words(name), env=self.environment(settings), capture_output=True,
            text=True, check=False, timeout=600,
        )  # fmt: skip

    def words(self, name: str) -> list[str]:
        """Return the words that set one environment up."""
        return [str(self.python), str(self.folder / "tools" / "bootstrap.py"), name]

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        """Return what pip is told: this index and no other, whatever the machine has."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        ours = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": self.address, "PIP_RETRIES": "0"}
        return {**clean, **ours, "PIP_NO_CACHE_DIR": "1", "PIP_NO_COMPILE": "1", **settings}

    def installed(self, folder: str) -> set[str]:
        """Return what an environment has beside pip, as name and version."""
        python = self.folder / folder / "bin" / "python"
        told = subprocess.run(
            [python, "-I", "-c", LISTED], capture_output=True, text=True, check=True
        ).stdout
        return {line for line in told.splitlines() if not line.startswith("pip ")}

    def write_lock(self, name: str, text: str) -> None:
        """Put another lock in place."""
        (self.folder / "requirements" / f"{name}.txt").write_text(text, encoding="utf-8")


def make_checkout(folder: Path, python: Path, bootstrap: Path = BOOTSTRAP) -> Checkout:
    """Make a checkout whose lock is older than much that its index has."""
    for name in ("tools", "requirements"):
        (folder / name).mkdir(parents=True)
    shutil.copy(bootstrap, folder / "tools" / "bootstrap.py")
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    packages = folder.with_name("index")
    checkout = Checkout(folder, python, build_index(packages, (*LOCKED, CHECKS, HEAVY, *LATER)))
    for name in ("runtime", "core-tests"):
        checkout.write_lock(name, lock_of(LOCKED, packages))
    checkout.write_lock("dev", lock_of((*LOCKED, CHECKS), packages))
    return checkout


def download_pip(lock: str, folder: Path) -> Path:
    """Bring and unpack the pip that a lock pins, unless it was brought before."""
    pinned = ROOT / "requirements" / f"{lock}.txt"
    kept = ROOT / "build" / "pips" / hashlib.sha256(pinned.read_bytes()).hexdigest()[:16]
    if kept.is_dir():
        return kept
    where = ["-r", str(pinned), "--dest", str(folder)]
    bring = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes"]
    subprocess.run([*bring, *where], check=True)
    (brought,) = folder.glob("pip-*.whl")
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(f"{kept.name}-{os.getpid()}.part")
    with zipfile.ZipFile(brought) as wheel:
        wheel.extractall(part)
    # What an installation imports is compiled here once, not in every environment.
    imported = [sys.executable, "-c", "import pip._internal.commands.install as used; used"]
    subprocess.run(imported, env={"PYTHONPATH": str(part)}, check=True)
    # Another worker may do the same; whoever moves first puts the same files there.
    try:
        part.rename(kept)
    except OSError:
        shutil.rmtree(part)
    return kept


def make_python(folder: Path, pip: Path | None) -> Path:
    """Make a Python that brings a given pip, or that can make no environment with one.

    The interpreter and its library are those of this test; only what it was
    published with differs, as it does from one Python 3.11 to the next.
    """
    base = Path(sys.base_prefix, "bin", "python3.11").resolve()
    library = folder / "lib" / "python3.11"
    library.mkdir(parents=True)
    (folder / "bin").mkdir()
    python = folder / "bin" / "python3.11"
    shutil.copy(base, python)
    for entry in Path(sysconfig.get_path("stdlib")).iterdir():
        if entry.name not in {"ensurepip", "site-packages", "dist-packages"}:
            (library / entry.name).symlink_to(entry)
    (library / "site-packages").mkdir()
    if pip:
        (library / "ensurepip").mkdir()
        (library / "ensurepip" / "pip").symlink_to(pip)
        for name in ("__init__", "__main__"):
            text = ENSUREPIP if name == "__main__" else ""
            (library / "ensurepip" / f"{name}.py").write_text(text, encoding="utf-8")
    return python
