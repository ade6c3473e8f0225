"""Whose signatures count: the public root keys a program was built with.

Answers which keys and how many of them are needed. A release gets the file
``roots.json`` when it is built; without keys in it only the bundle that
ships is used. Checks no signature and knows no private key.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust.errors import RootsUnreadableError

ALGORITHM = "ed25519"
DEFAULT_THRESHOLD = 2
_PUBLIC = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Root:
    """One public key that may sign rules.

    Attributes:
        id: SHA-256 of the raw public key, hex.
        name: Who holds it, for people.
        public: The raw key, 64 hex digits.
    """

    id: str
    name: str
    public: str


@dataclass(frozen=True, slots=True)
class Roots:
    """The keys that count and how many different ones must have signed."""

    keys: tuple[Root, ...] = ()
    threshold: int = DEFAULT_THRESHOLD


def make_root(name: str, public: str) -> Root:
    """Give a raw public key (hex) its id."""
    return Root(hashlib.sha256(bytes.fromhex(public)).hexdigest(), name, public)


def read_roots(data: bytes) -> Roots:
    """Read the file of root keys.

    An empty list of keys is a program without roots. One key under two
    names would count twice and is refused, as is a threshold below 2.

    Raises:
        RootsUnreadableError: It is anything but such a file.
    """
    try:
        raw = read_strict(data)
    except StrictJsonError as err:
        raise RootsUnreadableError from err
    match raw:
        case {"algorithm": "ed25519", "keys": list(keys), "threshold": int(threshold), **rest}:
            roots = Roots(tuple(_read_root(key) for key in keys), threshold)
        case _:
            raise RootsUnreadableError
    if rest or isinstance(threshold, bool) or threshold < DEFAULT_THRESHOLD:
        raise RootsUnreadableError
    if len({key.id for key in roots.keys}) != len(roots.keys):
        raise RootsUnreadableError
    if roots.keys and len(roots.keys) < threshold:
        raise RootsUnreadableError
    return roots


def write_roots(roots: Roots) -> bytes:
    """Write the file that ``read_roots`` reads, in its one form."""
    return canonical(
        {
            "algorithm": ALGORITHM,
            "keys": [{"id": key.id, "name": key.name, "public": key.public} for key in roots.keys],
            "threshold": roots.threshold,
        }
    )


def _read_root(raw: object) -> Root:
    match raw:
        case {"id": str(id_), "name": str(name), "public": str(public), **rest} if not rest:
            if _PUBLIC.fullmatch(public):
                root = make_root(name, public)
                if root.id == id_:
                    return root
    raise RootsUnreadableError
