"""Roots: the public keys whose signatures a program accepts.

Says which keys, and how many of them are needed. A release gets the file
``roots.json`` when it is built; without keys in it only the bundle that
ships is used. Checks no signature and knows no private key.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust.trust_errors import RootsExpiredError, RootsUnreadableError

ALGORITHM = "ed25519"
DEFAULT_THRESHOLD = 2
# The private halves of these lie open in the tests: no program may trust them.
DEMO_KEYS = frozenset(
    {
        "d1b4bcbc07b792c7adf6dee7cd353895bca0e823bf1b1d4513909a19a82f1a97",
        "1691295af42f027142536216ca4fd3c6048a9d81d4230788a0487622736aafff",
        "b2a7bf7f8fd78f7318c98f11eb70999c1640290c618792a4fb274b8555665a1f",
    }
)
_PUBLIC = _ID = re.compile(r"[0-9a-f]{64}")


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
    """The keys that count and how many different ones must have signed.

    Attributes:
        keys: All of them.
        threshold: How many different ones must sign.
        version: Rises by one with each rotation.
        expires: Last day on which new rules are taken in under them; None
            for no such day.
        revoked: Ids of keys that counted once and never will again.
        before: The roots that vouched for these; None for a program's own.
    """

    keys: tuple[Root, ...] = ()
    threshold: int = DEFAULT_THRESHOLD
    version: int = 1
    expires: date | None = None
    revoked: tuple[str, ...] = ()
    before: Roots | None = None

    def require_current(self, on: date) -> None:
        """See that new rules may still be taken in under these roots.

        Raises:
            RootsExpiredError: Their last day is over.
        """
        if self.expires is not None and on > self.expires:
            raise RootsExpiredError(
                f"签发单位的公钥有效期到 {self.expires:%Y-%m-%d}，已经过了",
                "请先导入发布单位的公钥更新文件",
            )

    def versions(self) -> Iterator[Roots]:
        """Yield these and all that came before, newest first."""
        roots: Roots | None = self
        while roots is not None:
            yield roots
            roots = roots.before


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
            read = tuple(_read_root(key) for key in keys)
            roots = Roots(read, threshold, *_read_rotation(rest))
        case _:
            raise RootsUnreadableError
    if isinstance(threshold, bool) or threshold < DEFAULT_THRESHOLD:
        raise RootsUnreadableError
    if {key.id for key in roots.keys} & set(roots.revoked):
        raise RootsUnreadableError
    if len({key.id for key in roots.keys}) != len(roots.keys):
        raise RootsUnreadableError
    if roots.keys and len(roots.keys) < threshold:
        raise RootsUnreadableError
    return roots


def write_roots(roots: Roots) -> bytes:
    """Write the file that ``read_roots`` reads, in its one form."""
    content: dict[str, object] = {
        "algorithm": ALGORITHM,
        "keys": [{"id": key.id, "name": key.name, "public": key.public} for key in roots.keys],
        "threshold": roots.threshold,
    }
    if roots.version > 1 or roots.expires is not None or roots.revoked:
        content |= {
            "version": roots.version,
            "expires": None if roots.expires is None else roots.expires.isoformat(),
            "revoked": list(roots.revoked),
        }
    return canonical(content)


def _read_rotation(raw: Mapping[Any, object]) -> tuple[int, date | None, tuple[str, ...]]:
    if not raw:
        return 1, None, ()
    match raw:
        case {"version": int(version), "expires": expires, "revoked": list(revoked), **rest} if (
            not rest and version >= 1 and not isinstance(version, bool)
        ):
            named = tuple(id_ for id_ in revoked if isinstance(id_, str))
            if len(set(named)) == len(revoked) and all(map(_ID.fullmatch, named)):
                return version, _read_day(expires), named
    raise RootsUnreadableError


def _read_day(raw: object) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError as err:
        raise RootsUnreadableError from err


def _read_root(raw: object) -> Root:
    match raw:
        case {"id": str(id_), "name": str(name), "public": str(public), **rest} if not rest:
            if _PUBLIC.fullmatch(public):
                root = make_root(name, public)
                if root.id == id_:
                    return root
    raise RootsUnreadableError
