"""List for which systems the publishers of what ships give built packages.

Usage: ``python -m tools.wheel_tags pylock.toml requirements/wheels.txt``, run by
``make lock`` right after the lock is made. The list is looked at by the tests,
which ask nobody: every package must have one for each system that is promised.
"""

import argparse
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.tags import Tag
from packaging.utils import parse_wheel_filename

_PYTHON = 11
_PROMISED = re.compile(r"any|win_amd64|manylinux\w+_(x86_64|aarch64)")
_HEAD = "# Made by make lock: for which systems what ships is published built, for Python 3.11.\n"


def listed(lock: Mapping[str, Any]) -> str:
    """Return the list: a package and its version a line, and its tags.

    Args:
        lock: A lock as in PEP 751, with every wheel's address.
    """
    lines = [f"{one['name']}=={one['version']} {' '.join(tags(one))}" for one in lock["packages"]]
    return _HEAD + "".join(f"{line}\n" for line in sorted(lines))


def tags(package: Mapping[str, Any]) -> list[str]:
    """Return the tags of a package's wheels that Python 3.11 takes, in order."""
    return sorted(
        {str(tag) for wheel in package.get("wheels", ()) for tag in _of(wheel) if _fits(tag)}
    )


def _of(wheel: Mapping[str, Any]) -> Iterator[Tag]:
    name = wheel.get("name") or wheel["url"].rpartition("/")[2]
    yield from parse_wheel_filename(name)[3]


def _fits(tag: Tag) -> bool:
    if not _PROMISED.fullmatch(tag.platform):
        return False
    if tag.interpreter.startswith("py"):
        return tag.interpreter in {"py3", f"py3{_PYTHON}"}
    number = tag.interpreter.removeprefix("cp3")
    if tag.abi == "abi3":
        return number.isdigit() and int(number) <= _PYTHON
    return tag.interpreter == f"cp3{_PYTHON}"


def main() -> None:
    """Read a lock and write the list."""
    parser = argparse.ArgumentParser(description="List the systems that the lock has wheels for.")
    parser.add_argument("lock", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    lock = tomllib.loads(arguments.lock.read_text(encoding="utf-8"))
    arguments.out.write_text(listed(lock), encoding="utf-8")


if __name__ == "__main__":
    main()
