"""What built binaries ask of the system: libraries, and how old its C may be.

Reads headers only; runs nothing of the folder. Usage: ``python -m
tools.package.elf dist/medcounter``.
"""

import argparse
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+?)\]")
_VERSION = re.compile(r"Name: (GLIBC|GLIBCXX|CXXABI)_(\d+(?:\.\d+)*)\b")
# All of these are the C library's own.
_GLIBC = re.compile(r"(?:lib(?:c|m|dl|rt|pthread|resolv|util)|ld-linux[\w-]*)\.so\.\d+")


@dataclass(frozen=True, slots=True)
class Binary:
    """One binary's demands.

    Attributes:
        path: Where it lies.
        needed: The libraries it names.
        versions: Newest version asked of each of GLIBC, GLIBCXX, CXXABI, as numbers.
    """

    path: Path
    needed: frozenset[str]
    versions: dict[str, tuple[int, ...]]


def binaries(folder: Path) -> list[Path]:
    """List every binary of a folder, links left out."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return [path for path in files if _starts_as_elf(path)]


def _starts_as_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def read(path: Path) -> Binary:
    """Read one binary's demands."""
    told = subprocess.run(
        ["readelf", "-W", "-d", "-V", path], capture_output=True, text=True, check=True
    ).stdout
    versions: dict[str, tuple[int, ...]] = {}
    for kind, text in _VERSION.findall(told):
        number = tuple(int(part) for part in text.split("."))
        versions[kind] = max(versions.get(kind, ()), number)
    return Binary(path, frozenset(_NEEDED.findall(told)), versions)


def floor(found: Iterable[Binary], kind: str = "GLIBC") -> tuple[int, ...]:
    """Return the oldest version of a system library on which all of these run."""
    return max((binary.versions.get(kind, ()) for binary in found), default=())


def wanted_from_system(folder: Path) -> set[str]:
    """Name the libraries the folder asks for and does not bring; C is expected."""
    paths = binaries(folder)
    brought = {path.name for path in folder.rglob("*.so*")}
    needed = {name for path in paths for name in read(path).needed}
    return {name for name in needed - brought if not _GLIBC.fullmatch(name)}


def floor_table(folder: Path) -> str:
    """Return a table of every binary by the C library it needs, the newest first."""
    found = sorted((read(path) for path in binaries(folder)), key=lambda one: one.path)
    found.sort(key=lambda one: one.versions.get("GLIBC", ()), reverse=True)
    return "\n".join(
        f"{'.'.join(map(str, one.versions.get('GLIBC', (0,)))):8}{one.path.relative_to(folder)}"
        for one in found
    )


def main() -> None:
    """Print the table of a built folder."""
    parser = argparse.ArgumentParser(description="Tell which C library a built folder needs.")
    parser.add_argument("folder", type=Path, help="the built program")
    print(floor_table(parser.parse_args().folder))


if __name__ == "__main__":
    main()
