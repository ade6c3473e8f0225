"""See that a file of root keys may go into a release, and put it there.

Usage: ``python -m tools.release_roots ROOTS DESTINATION``, for a wheel. The build of
the program takes the file that MEDCOUNTER_ROOTS names; docs/keys.md tells
where that file comes from.
"""

import sys
from pathlib import Path

from medcounter.bundle.shipped import release_roots
from medcounter.errors import MedCounterError
from medcounter.trust.roots import DEFAULT_THRESHOLD, write_roots

LEAST_KEYS = DEFAULT_THRESHOLD + 1
ARGUMENTS = 2
ROOTS_VARIABLE = "MEDCOUNTER_ROOTS"
ROOTS_FILE = Path("medcounter", "resources", "roots.json")
Entry = tuple[str, str, str]


class NoReleaseRootsError(MedCounterError):
    """公钥文件不能用于正式版：至少要有三把公钥。"""


def checked(path: Path) -> bytes:
    """Give the bytes of a file of roots that a release may be built with.

    Raises:
        NoReleaseRootsError: It names fewer than three keys, so that one lost
            would leave no spare.
        DemoRootsError: A key for tests is among them.
        RootsUnreadableError: It is no file of roots.
    """
    roots = release_roots(path)
    if len(roots.keys) < LEAST_KEYS:
        raise NoReleaseRootsError
    return write_roots(roots)


def built_in(entries: list[Entry], named: str | None, work: Path) -> list[Entry]:
    """Let a build carry the roots that were named.

    Args:
        entries: What the build carries: name, source and kind of each file.
        named: The file of roots; None or nothing leaves those of the
            repository, which name nobody.
        work: Where the checked file may lie while building.

    Raises:
        MedCounterError: The named file may not go into a release.
    """
    if not named:
        return entries
    made = work / "roots.json"
    made.write_bytes(checked(Path(named)))
    found = [(name, str(made), kind) for name, _, kind in entries if Path(name) == ROOTS_FILE]
    if not found:
        raise NoReleaseRootsError("构建里没有公钥文件，没有构建。")
    return [entry for entry in entries if Path(entry[0]) != ROOTS_FILE] + found


def main(words: list[str]) -> int:
    """Check one file and write it where it is wanted."""
    if len(words) != ARGUMENTS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        Path(words[1]).write_bytes(checked(Path(words[0])))
    except MedCounterError as err:
        print(err.text, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
