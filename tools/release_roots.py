"""See that a file of root keys may go into a release, and put it there.

Usage: ``python -m tools.release_roots ROOTS GOAL``. The build calls
``checked`` with the file that MEDCOUNTER_ROOTS names; docs/keys.md tells
where that file comes from.
"""

import sys
from pathlib import Path

from medcounter.bundle.shipped import release_roots
from medcounter.errors import MedCounterError
from medcounter.trust.roots import DEFAULT_THRESHOLD, write_roots

LEAST_KEYS = DEFAULT_THRESHOLD + 1
ARGUMENTS = 2


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
