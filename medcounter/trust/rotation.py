"""Replace old roots by new ones that both sides have signed.

Returns roots that may count from now on. As many of the old keys as the old
roots require must have signed, and as many of the new ones as the new roots
require, so that nobody is replaced unknowingly and no key is named that nobody
holds. Opens no file and remembers nothing.

Source: the root rotation of The Update Framework, 1.0.33, section 5.3.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from medcounter.trust import envelope, trust_errors
from medcounter.trust.keys import SigningKey
from medcounter.trust.roots import DEFAULT_THRESHOLD, Root, Roots, read_roots, write_roots

PAYLOAD_TYPE = "application/vnd.medcounter.roots+json"
_log = logging.getLogger(__name__)


def propose(old: Roots, keys: tuple[Root, ...], expires: date | None) -> Roots:
    """Name the roots that shall follow; keys that are left out are revoked.

    Raises:
        RootsUnreadableError: There are too few keys, one twice, or one that
            was revoked before.
    """
    kept = {key.id for key in keys}
    dropped = tuple(key.id for key in old.keys if key.id not in kept)
    threshold = max(old.threshold, DEFAULT_THRESHOLD)
    revoked = (*old.revoked, *dropped)
    return read_roots(write_roots(Roots(keys, threshold, old.version + 1, expires, revoked)))


def sign(roots: Roots, keys: tuple[SigningKey, ...]) -> bytes:
    """Write proposed roots as a signed file."""
    return envelope.sign(write_roots(roots), keys, PAYLOAD_TYPE)


def read_update(data: bytes) -> Roots:
    """Read what a signed file of roots says, without believing it.

    Raises:
        RootsUpdateRefusedError: It is no such file.
    """
    try:
        signed = envelope.take_apart(data)
        if signed.payload_type != PAYLOAD_TYPE:
            raise trust_errors.RootsUpdateRefusedError
        return read_roots(signed.payload)
    except (trust_errors.PackageRefusedError, trust_errors.RootsUnreadableError) as err:
        raise trust_errors.RootsUpdateRefusedError from err


def is_update(data: bytes) -> bool:
    """Return whether a file is signed roots and not signed rules."""
    try:
        return envelope.take_apart(data).payload_type == PAYLOAD_TYPE
    except trust_errors.PackageRefusedError:
        return False


def rotate(current: Roots, data: bytes) -> Roots:
    """Return the roots of a signed file, once old and new vouch for them.

    That the old ones have expired is no fault here: this is how they are
    replaced.

    Raises:
        RootsUpdateRefusedError: One subclass per cause.
    """
    new = read_update(data)
    if new.version <= current.version:
        raise trust_errors.RootsUpdateOlderError
    if new.version != current.version + 1:
        raise trust_errors.RootsUpdateGapError(
            f"公钥更新文件是第 {new.version} 版，本机现在是第 {current.version} 版，"
            "没有采用，原来的公钥继续有效；请先导入缺少的那一份。"
        )
    if not set(current.revoked) <= set(new.revoked):
        raise trust_errors.RootsUpdateRefusedError
    old_count, new_count = signers(data, current), signers(data, new)
    if old_count < current.threshold or new_count < new.threshold or not current.keys:
        raise trust_errors.RootsUpdateTooFewError(
            f"公钥更新文件上旧公钥的有效签名有 {old_count} 个（需要 {current.threshold} 个），"
            f"新公钥的有 {new_count} 个（需要 {new.threshold} 个），没有采用，"
            "原来的公钥继续有效；请向发布单位索取签名齐全的文件。"
        )
    return replace(new, before=current)


def signers(data: bytes, roots: Roots) -> int:
    """Count the different keys of these roots that signed a file."""
    states = envelope.signature_states(envelope.take_apart(data), roots)
    return len({state.key_id for state in states if state.valid})


def follow(current: Roots, updates: Iterable[bytes]) -> tuple[Roots, tuple[bytes, ...]]:
    """Follow as many updates as fit, in the order of their versions.

    Returns:
        The newest roots, and the updates that led there.
    """
    waiting: dict[int, bytes] = {}
    for data in updates:
        try:
            waiting.setdefault(read_update(data).version, data)
        except trust_errors.RootsUpdateRefusedError:
            _log.warning("a file of roots cannot be read")
    followed: list[bytes] = []
    while (data := waiting.get(current.version + 1, b"")) != b"":
        try:
            current = rotate(current, data)
        except trust_errors.RootsUpdateRefusedError:
            _log.warning("a file of roots is not vouched for")
            break
        followed.append(data)
    return current, tuple(followed)
