"""Wrap a data key under a clerk's secret or for a recovery key.

Returns a slot that only the right secret opens. A wrong secret and an altered
slot look the same, and both are refused. Opens no file and counts no attempts.

Source: Argon2id, RFC 9106 (second recommended option: 64 MiB, three passes,
four lanes); X25519, RFC 7748; HKDF, RFC 5869; AES-256-GCM, NIST SP 800-38D.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from medcounter.strict_json import canonical
from medcounter.trust.data_key import KEY_BYTES, DataKey
from medcounter.trust.export_seal import ALGORITHM
from medcounter.trust.forgetting import sweep_own
from medcounter.trust.signer import Signer, make_seed, recovery_signer, signer_of
from medcounter.trust.slot_format import (
    AGREEMENT,
    AGREEMENT_DERIVATION,
    AUDITOR,
    AUDITORS_KEY,
    NONCE_BYTES,
    SALT_BYTES,
    STRETCHING,
    STRETCHING_VERSION,
    WRAPPING,
    ClerkSlot,
    HallSlot,
    RecoverySlot,
    Stretching,
    Wrapped,
)

MEMORY_KIB = 65_536
PASSES = 3
LANES = 4
_INFO = b"medcounter recovery slot 1"
_HALL_INFO = b"medcounter hall slot 1"


def lock_for_clerk(key: DataKey, who: tuple[str, str], secret: str, seed: bytes = b"") -> ClerkSlot:
    """Lock a data key, and what signs for the clerk, under the clerk's secret.

    Into an auditor's slot goes the auditors' key, whoever makes it.

    Args:
        key: The data key.
        who: Name and role.
        secret: In its normal form.
        seed: What signs; a new one when empty.
    """
    stretching = Stretching(MEMORY_KIB, PASSES, LANES, secrets.token_bytes(SALT_BYTES))
    seed = seed or make_seed()
    is_auditor = who[1] == AUDITOR
    held = key.auditors if is_auditor else key
    empty = ClerkSlot(*who, stretching, Wrapped(b"", b""), signer_of(seed).public, is_auditor)
    wrapped = _wrap(_stretch(secret, stretching), held.secret + seed, _bound_to_clerk(empty))
    return replace(empty, wrapped=wrapped)


def open_for_clerk(slot: ClerkSlot, secret: str) -> DataKey | None:
    """Open a clerk's slot; None when secret and slot do not belong together.

    Returns:
        The data key, in an auditor's slot the auditors' key, with what signs
        for the clerk; an older slot holds no signing key.
    """
    opened = _open(slot, secret)
    if opened is None:
        return None
    seed = opened[KEY_BYTES:]
    signer = signer_of(seed) if seed else None
    if signer is not None and signer.public != slot.public:
        return None
    key = DataKey(opened[:KEY_BYTES], signer)
    return key.auditors if slot.opens_too_much else key


def older_data_key(slot: ClerkSlot, secret: str) -> DataKey | None:
    """Return the data key out of a slot that must be locked anew.

    Only for that: who opened it with an auditor's secret is given less.
    """
    opened = _open(slot, secret)
    return None if opened is None else DataKey(opened[:KEY_BYTES])


def lock_anew(slot: ClerkSlot, old: str, new: str) -> ClerkSlot | None:
    """Lock a slot under another secret of the same clerk, who signs as before.

    An older slot gets a signing key, which it lacked; the data key leaves an
    auditor's older slot.

    Args:
        slot: The slot.
        old: The secret that opens it.
        new: The secret that shall.

    Returns:
        The new slot; None when the old secret is wrong, or no data key lies
        in it.
    """
    opened = None if slot.for_auditors else _open(slot, old)
    if opened is None:
        return None
    key = DataKey(opened[:KEY_BYTES])
    return lock_for_clerk(key, (slot.name, slot.role), new, opened[KEY_BYTES:])


def _open(slot: ClerkSlot, secret: str) -> bytes | None:
    return _unwrap(_stretch(secret, slot.stretching), slot.wrapped, _bound_to_clerk(slot))


def make_recovery_key() -> bytes:
    """Make the private half that is printed and kept nowhere else."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_half(private: bytes) -> bytes:
    """Return the half of a recovery key that the program keeps."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def lock_hall(seed: bytes, recovery: bytes) -> HallSlot:
    """Lock the hall's own key so that only a recovery key opens it.

    Args:
        seed: What signs for the hall.
        recovery: Public half of the recovery key.
    """
    passing = X25519PrivateKey.generate()
    shared = passing.exchange(X25519PublicKey.from_public_bytes(recovery))
    ephemeral = passing.public_key().public_bytes_raw()
    public = signer_of(seed).public
    wrapping = _agree(shared, recovery, ephemeral, _HALL_INFO)
    wrapped = _wrap(wrapping, seed, _bound_to_hall(public, recovery, ephemeral))
    return HallSlot(public, recovery, ephemeral, wrapped)


def open_hall(slot: HallSlot, private: bytes) -> tuple[Signer, bytes] | None:
    """Open the hall's own key by the recovery key; None when it is another's.

    Returns:
        What signs for the hall, and its seed.
    """
    try:
        other = X25519PublicKey.from_public_bytes(slot.ephemeral)
        shared = X25519PrivateKey.from_private_bytes(private).exchange(other)
    except ValueError:  # as for the recovery slot
        return None
    bound = _bound_to_hall(slot.public, slot.recovery, slot.ephemeral)
    wrapping = _agree(shared, slot.recovery, slot.ephemeral, _HALL_INFO)
    seed = _unwrap(wrapping, slot.wrapped, bound)
    if seed is None:
        return None
    signer = signer_of(seed)
    return (signer, seed) if signer.public == slot.public else None


def lock_for_recovery(key: DataKey, public: bytes) -> RecoverySlot:
    """Lock a data key so that only the private half opens it."""
    passing = X25519PrivateKey.generate()
    shared = passing.exchange(X25519PublicKey.from_public_bytes(public))
    ephemeral = passing.public_key().public_bytes_raw()
    wrapping = _agree(shared, public, ephemeral)
    wrapped = _wrap(wrapping, key.secret, _bound_to_recovery(public, ephemeral))
    return RecoverySlot(public, ephemeral, wrapped)


def open_for_recovery(slot: RecoverySlot, private: bytes) -> DataKey | None:
    """Open the recovery slot; None when the two do not belong together.

    Returns:
        The data key; what is derived from the recovery key signs.
    """
    try:
        other = X25519PublicKey.from_public_bytes(slot.ephemeral)
        shared = X25519PrivateKey.from_private_bytes(private).exchange(other)
    except ValueError:  # a changed slot may hold a point that agrees with everybody
        return None
    bound = _bound_to_recovery(slot.public, slot.ephemeral)
    secret = _unwrap(_agree(shared, slot.public, slot.ephemeral), slot.wrapped, bound)
    return None if secret is None else DataKey(secret, recovery_signer(private))


def _stretch(secret: str, how: Stretching) -> bytes:
    try:
        return Argon2id(
            salt=how.salt,
            length=KEY_BYTES,
            iterations=how.passes,
            lanes=how.lanes,
            memory_cost=how.memory_kib,
        ).derive(secret.encode())
    finally:
        # The library leaves the secret in memory that it frees.
        sweep_own()


def _agree(shared: bytes, public: bytes, ephemeral: bytes, what: bytes = _INFO) -> bytes:
    info = what + ephemeral + public
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(shared)


def _wrap(wrapping: bytes, secret: bytes, bound: bytes) -> Wrapped:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return Wrapped(nonce, AESGCM(wrapping).encrypt(nonce, secret, bound))


def _unwrap(wrapping: bytes, wrapped: Wrapped, bound: bytes) -> bytes | None:
    try:
        return AESGCM(wrapping).decrypt(wrapped.nonce, wrapped.data, bound)
    except InvalidTag:
        return None


def _bound_to_clerk(slot: ClerkSlot) -> bytes:
    """Name what the wrap vouches for beside the key, algorithms included."""
    how, who = slot.stretching, (slot.name, slot.role)
    stretched = [STRETCHING, STRETCHING_VERSION, how.memory_kib, how.passes, how.lanes]
    signs = [ALGORITHM, slot.public] if slot.public else []
    opens = [AUDITORS_KEY] if slot.for_auditors else []
    return canonical(["clerk", *who, *stretched, how.salt.hex(), WRAPPING, *signs, *opens])


def _bound_to_recovery(public: bytes, ephemeral: bytes) -> bytes:
    halves = [public.hex(), ephemeral.hex()]
    return canonical(["recovery", AGREEMENT, AGREEMENT_DERIVATION, *halves, WRAPPING])


def _bound_to_hall(public: str, recovery: bytes, ephemeral: bytes) -> bytes:
    halves = [recovery.hex(), ephemeral.hex()]
    return canonical(["hall", AGREEMENT, AGREEMENT_DERIVATION, public, *halves, WRAPPING])
