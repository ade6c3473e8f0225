"""The rules and roots that ship with the program.

The shipped bundle is accepted only if its bytes match the hash the program was
built with: it is trusted through the package, not by a signature.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from medcounter.bundle.bundle_errors import ShippedBundleDamagedError
from medcounter.bundle.shipped_hash import SHIPPED_SHA256
from medcounter.bundle.signed_package import OpenedBundle, open_payload
from medcounter.paths import MissingResourceError, resource
from medcounter.trust.roots import DEMO_KEYS, Roots, read_roots
from medcounter.trust.trust_errors import DemoRootsError, RootsUnreadableError


def open_shipped(path: Path | None = None, sha256: str = SHIPPED_SHA256) -> OpenedBundle:
    """Open the bundle that ships with the program.

    Args:
        path: The file; the program's own when None.
        sha256: Hash of its bytes, hex; built into the program.

    Raises:
        ShippedBundleDamagedError: It is missing, or not the one that was
            built in.
        BundleUnreadableError: The program was built with a bundle it does
            not know.
    """
    try:
        payload = (path or resource("bundle.json")).read_bytes()
    except (OSError, MissingResourceError) as err:
        raise ShippedBundleDamagedError from err
    if hashlib.sha256(payload).hexdigest() != sha256:
        raise ShippedBundleDamagedError
    return open_payload(payload)


def release_roots(path: Path | None = None) -> Roots:
    """Return the root keys the program was built with; none is a valid answer.

    Args:
        path: The file; the program's own when None.

    Raises:
        DemoRootsError: A key for tests is among them.
        RootsUnreadableError: The file is there but is not what it should be.
    """
    try:
        data = (path or resource("roots.json")).read_bytes()
    except (FileNotFoundError, MissingResourceError):
        return Roots()
    except OSError as err:
        raise RootsUnreadableError from err
    roots = read_roots(data)
    if any(key.id in DEMO_KEYS for key in roots.keys):
        raise DemoRootsError
    return roots
