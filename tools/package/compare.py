"""Compare two built folders or packages, file by file.

Usage: ``python -m tools.package.compare ONE OTHER``. Ends with 1 when they
differ, and lists every difference.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path


def contents(folder: Path) -> dict[str, str]:
    """Return what each file is: a digest with its mode, or where a link leads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found[name] = f"{path.stat().st_mode:o} {digest}"
    return found


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return a line for each file that is missing on a side or differs."""
    lines = [f"only in the first: {name}" for name in sorted(one.keys() - other.keys())]
    lines += [f"only in the second: {name}" for name in sorted(other.keys() - one.keys())]
    both = sorted(one.keys() & other.keys())
    return lines + [f"differs: {name}" for name in both if one[name] != other[name]]


def unpacked(path: Path, into: Path) -> Path:
    """Return a folder as it is, a package unpacked."""
    if path.is_dir():
        return path
    subprocess.run(["dpkg-deb", "--raw-extract", path, into], check=True)
    return into


def main() -> int:
    """Compare and say what differs.

    Returns:
        0 when nothing differs, else 1.
    """
    parser = argparse.ArgumentParser(description="Compare two built folders or packages.")
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        one = contents(unpacked(arguments.one, Path(folder, "one")))
        other = contents(unpacked(arguments.other, Path(folder, "other")))
    lines = differences(one, other)
    print("\n".join(lines) if lines else f"{len(one)} files, no difference")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
