"""Find the accepted roots and rules of a data folder without its ledger.

Roots are verified starting from the program's own; rules count when they were
taken in under any of them. Writes nothing.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from medcounter.bundle.signed_package import OpenedBundle, open_package
from medcounter.files import FileTooLargeError, read_bounded
from medcounter.trust.roots import Roots
from medcounter.trust.trust_errors import MAX_PACKAGE_BYTES, PackageRefusedError

UPDATES = "roots-*.json"
_MOST = 1000


def roots_in(folder: Path, release: Roots) -> Roots:
    """Follow the updates kept in a folder, from the program's roots on."""
    kept = updates_in(folder)
    if not kept:
        return release
    # Loaded only here, as in package: a hall that never saw a rotation spares it.
    from medcounter.trust.rotation import follow  # noqa: PLC0415 - see above

    return follow(release, kept)[0]


def updates_in(folder: Path) -> tuple[bytes, ...]:
    """Read every file in a folder that is named like an update of the roots."""
    found = []
    for path in sorted(folder.glob(UPDATES))[:_MOST] if folder.is_dir() else ():
        with suppress(OSError, FileTooLargeError):
            found.append(read_bounded(path, MAX_PACKAGE_BYTES))
    return tuple(found)


def opened_by_any(package: bytes, roots: Roots) -> OpenedBundle:
    """Open rules that were installed under these roots or earlier ones.

    A rotation says who may sign from now on; what was taken in before it
    stays, since the ledger vouches for its bytes.

    Raises:
        PackageRefusedError: None of them vouches for it.
        BundleUnreadableError: What is in it is no bundle we know.
    """
    *newer, first = roots.versions()
    for one in newer:
        with suppress(PackageRefusedError):
            return open_package(package, one, None)
    return open_package(package, first, None)
