"""The format of a key-slot file: who may open the data key, and with what.

Provides records and their one serialised form. Every slot names its algorithms.
Opens no slot and no file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from medcounter.strict_json import NotCanonicalError, StrictJsonError, canonical, read_strict
from medcounter.trust.data_key import KEY_BYTES, DataKey
from medcounter.trust.signer import SEED_BYTES
from medcounter.trust.trust_errors import KeySlotNewerError

FORMAT = 5
_FORMAT_NO_HALL = 4
_FORMAT_ONE_KEY = 3
_FORMAT_UNSIGNED = 2
CIPHER = "sqlcipher-4 aes-256-cbc hmac-sha512"
STRETCHING = "argon2id"
STRETCHING_VERSION = 19
WRAPPING = "aes-256-gcm"
AGREEMENT = "x25519"
AGREEMENT_DERIVATION = "hkdf-sha256"
SALT_BYTES = 16
AUDITORS_KEY = "auditors' copy"
NONCE_BYTES = 12
AUDITOR = "auditor"
ROLES = ("clerk", "supervisor", AUDITOR)
LONGEST_NAME = 60
_DERIVATION = "hmac-sha256"
_TAG_BYTES = 16
_WRAPPED_BYTES = KEY_BYTES + _TAG_BYTES
_SIGNING_BYTES = KEY_BYTES + SEED_BYTES + _TAG_BYTES
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
# Outside these a file was made by nobody of ours: too weak, or meant to use up the memory.
_MEMORY_KIB = range(65_536, 1_048_577)
_PASSES = range(1, 17)
_LANES = range(1, 9)
_WARNING = "钥匙未加密：拿到这台电脑的磁盘就能读出台账。启用登录后钥匙才受保护。"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A wrapped data key in a person's slot, with their signing key."""

    nonce: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Stretching:
    """How a secret becomes a key: Argon2id with these costs."""

    memory_kib: int
    passes: int
    lanes: int
    salt: bytes


@dataclass(frozen=True, slots=True)
class ClerkSlot:
    """Opens with a clerk's secret; the wrapping authenticates name and role.

    Attributes:
        name: The clerk's.
        role: One of ``ROLES``.
        stretching: How the secret becomes a key.
        wrapped: The data key, or the auditors' key, and the private half of
            what signs.
        public: The public half, hex; empty in an older slot.
        for_auditors: Whether the auditors' key lies in it; never the data key.
    """

    name: str
    role: str
    stretching: Stretching
    wrapped: Wrapped
    public: str = ""
    for_auditors: bool = False

    @property
    def opens_too_much(self) -> bool:
        """Whether it is an auditor's older slot, which still holds the data key."""
        return self.role == AUDITOR and not self.for_auditors


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """Opens with the private half of a recovery key."""

    public: bytes
    ephemeral: bytes
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class HallSlot:
    """The private half of the hall's own key; only the recovery key opens it.

    Attributes:
        public: Its public half, hex.
        recovery: Public half of the recovery key.
        ephemeral: The public half made for this wrap.
        wrapped: The private half.
    """

    public: str
    recovery: bytes
    ephemeral: bytes
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class ClearSlot:
    """The data key itself, readable by whoever has the disk.

    Attributes:
        key: The data key.
        chosen: Whether somebody decided so; else nobody was asked yet.
    """

    key: DataKey
    chosen: bool


Slot = ClerkSlot | RecoverySlot | HallSlot | ClearSlot


@dataclass(frozen=True, slots=True)
class Slots:
    """A file of key slots.

    Attributes:
        key_id: Tells the data key inside from others.
        revision: Rises with every change; 0 in a file of format 1.
        slots: In the file's order.
        code: Made under the data key over everything else.
        whole: Whether the file is to the last byte what was written.
    """

    key_id: str
    revision: int
    slots: tuple[Slot, ...]
    code: str = ""
    whole: bool = True

    @property
    def clear(self) -> ClearSlot | None:
        """The clear slot; None where sign-in is on."""
        return next((slot for slot in self.slots if isinstance(slot, ClearSlot)), None)

    @property
    def clerks(self) -> tuple[ClerkSlot, ...]:
        """All slots of clerks."""
        return tuple(slot for slot in self.slots if isinstance(slot, ClerkSlot))

    @property
    def recovery(self) -> RecoverySlot | None:
        """The recovery slot; None where sign-in is off."""
        return next((slot for slot in self.slots if isinstance(slot, RecoverySlot)), None)

    @property
    def hall(self) -> HallSlot | None:
        """The hall's own key; None where it has none."""
        return next((slot for slot in self.slots if isinstance(slot, HallSlot)), None)

    def vouched_by(self, key: DataKey) -> bool:
        """Return whether who has this data key wrote exactly these slots."""
        if not self.whole or self.key_id != key.id:
            return False
        return not self.revision or self.code == _code(self, key)


def authenticate(key: DataKey, revision: int, slots: tuple[Slot, ...]) -> Slots:
    """Put slots together under their data key."""
    made = Slots(key.id, revision, slots)
    return replace(made, code=_code(made, key))


def dump(slots: Slots) -> bytes:
    """Write slots in their one form; the check at its end finds any damage."""
    content = _body(slots) | {"code": slots.code}
    return canonical(content | {"check": _check(content)})


def load(data: bytes) -> Slots | None:
    """Read a file of slots; None when nothing in it can be used.

    A slot that cannot be read is left out, and the rest counts as not whole.

    Raises:
        KeySlotNewerError: A newer program wrote it.
    """
    try:
        raw = read_strict(data)
    except StrictJsonError:
        return None
    match raw:
        case {"format": int(format_)} if format_ > FORMAT:
            raise KeySlotNewerError
        case {
            "format": 1,
            "cipher": cipher,
            "derivation": derivation,
            "slots": [{"kind": "clear", "algorithm": "none", "key": str(text)}],
        }:
            return _first_format(cipher, derivation, text)
        case {
            "format": 2 | 3 | 4 | 5,
            "key_id": str(key_id),
            "revision": int(revision),
            "slots": list(listed),
            "code": str(code),
        } if revision > 0 and revision is not True:
            read = (_read_slot(one) for one in listed if isinstance(one, dict))
            known = tuple(slot for slot in read if slot is not None)
        case _:
            return None
    if not known:
        return None
    found = Slots(key_id, revision, known, code)
    try:
        return replace(found, whole=dump(found) == data)
    except (NotCanonicalError, ValueError):
        return replace(found, whole=False)


def is_sound(data: bytes) -> bool:
    """Return whether a file of any format is what was written.

    Every format ends with a check over the rest, so that a newer program's
    file can be told from a damaged one.
    """
    try:
        raw = read_strict(data)
    except StrictJsonError:
        return False
    if not isinstance(raw, dict) or "check" not in raw:
        return False
    check = raw.pop("check")
    return bool(check == _check(raw))


def _first_format(cipher: object, derivation: object, text: str) -> Slots | None:
    key = _read_key(text)
    if key is None or (cipher, derivation) != (CIPHER, _DERIVATION):
        return None
    return Slots(key.id, 0, (ClearSlot(key, chosen=False),))


def _body(slots: Slots) -> dict[str, object]:
    return {
        "cipher": CIPHER,
        "derivation": _DERIVATION,
        "format": _format_of(slots),
        "key_id": slots.key_id,
        "revision": slots.revision,
        "slots": [_say(slot) for slot in slots.slots],
    }


def _format_of(slots: Slots) -> int:
    if slots.hall is not None:
        return FORMAT
    if any(slot.for_auditors for slot in slots.clerks):
        return _FORMAT_NO_HALL
    return _FORMAT_ONE_KEY if any(slot.public for slot in slots.clerks) else _FORMAT_UNSIGNED


def _code(slots: Slots, key: DataKey) -> str:
    return key.code_slots(canonical(_body(slots)))


def _check(content: Mapping[str, object]) -> str:
    return f"sha256:{hashlib.sha256(canonical(dict(content))).hexdigest()}"


def _say(slot: Slot) -> dict[str, object]:
    if isinstance(slot, ClearSlot):
        key = slot.key.secret.hex()
        warning = {"chosen": slot.chosen, "warning": _WARNING}
        return {"kind": "clear", "algorithm": "none", "key": key} | warning
    wrapped = {
        "algorithm": WRAPPING,
        "data": slot.wrapped.data.hex(),
        "nonce": slot.wrapped.nonce.hex(),
    }
    agreed = {"agreement": AGREEMENT, "derivation": AGREEMENT_DERIVATION, "wrap": wrapped}
    if isinstance(slot, RecoverySlot):
        halves = {"public": slot.public.hex(), "ephemeral": slot.ephemeral.hex()}
        return {"kind": "recovery", **halves, **agreed}
    if isinstance(slot, HallSlot):
        halves = {"recovery": slot.recovery.hex(), "ephemeral": slot.ephemeral.hex()}
        return {"kind": "hall", "signs": "ed25519", "public": slot.public, **halves, **agreed}
    how = slot.stretching
    stretching = {
        "algorithm": STRETCHING,
        "version": STRETCHING_VERSION,
        "memory_kib": how.memory_kib,
        "passes": how.passes,
        "lanes": how.lanes,
        "salt": how.salt.hex(),
    }
    who: dict[str, object] = {"kind": "clerk", "name": slot.name, "role": slot.role}
    if slot.public:
        who |= {"signs": "ed25519", "public": slot.public}
    if slot.for_auditors:
        who["opens"] = AUDITORS_KEY
    return {**who, "stretching": stretching, "wrap": wrapped}


def _read_slot(raw: Mapping[str, object]) -> Slot | None:
    """Read what a slot says; what it leaves unsaid shows in ``whole``."""
    match raw:
        case {"kind": "clear", "algorithm": "none", "key": str(text), "chosen": bool(chosen)}:
            key = _read_key(text)
            return None if key is None else ClearSlot(key, chosen)
        case {"kind": "recovery", "public": public, "ephemeral": ephemeral, "wrap": wrap}:
            halves = _read_hex(public, KEY_BYTES), _read_hex(ephemeral, KEY_BYTES)
            wrapped = _read_wrapped(wrap)
            if halves[0] and halves[1] and wrapped:
                return RecoverySlot(halves[0], halves[1], wrapped)
        case {"kind": "hall", "public": public, "recovery": recovery, "wrap": wrap}:
            signs, wrapped = _read_hex(public, KEY_BYTES), _read_wrapped(wrap)
            halves = _read_hex(recovery, KEY_BYTES), _read_hex(raw.get("ephemeral"), KEY_BYTES)
            if signs and halves[0] and halves[1] and wrapped:
                return HallSlot(signs.hex(), halves[0], halves[1], wrapped)
        case {"kind": "clerk", "name": str(name), "role": str(role), "wrap": wrap} if (
            name and len(name) <= LONGEST_NAME and role in ROLES
        ):
            public = _read_hex(raw.get("public"), KEY_BYTES)
            length = _SIGNING_BYTES if public else _WRAPPED_BYTES
            stretching = _read_stretching(raw.get("stretching"))
            wrapped = _read_wrapped(wrap, length)
            if stretching and wrapped:
                shown = public.hex() if public else ""
                opens = raw.get("opens") == AUDITORS_KEY
                return ClerkSlot(name, role, stretching, wrapped, shown, opens)
    return None


def _read_stretching(raw: object) -> Stretching | None:
    match raw:
        case {"memory_kib": int(memory), "passes": int(passes), "lanes": int(lanes), "salt": salt}:
            read = _read_hex(salt, SALT_BYTES)
            if read and memory in _MEMORY_KIB and passes in _PASSES and lanes in _LANES:
                return Stretching(memory, passes, lanes, read)
    return None


def _read_wrapped(raw: object, length: int = _WRAPPED_BYTES) -> Wrapped | None:
    match raw:
        case {"nonce": nonce, "data": data}:
            read = _read_hex(nonce, NONCE_BYTES), _read_hex(data, length)
            if read[0] and read[1]:
                return Wrapped(read[0], read[1])
    return None


def _read_key(text: str) -> DataKey | None:
    secret = _read_hex(text, KEY_BYTES)
    return None if secret is None else DataKey(secret)


def _read_hex(raw: object, length: int) -> bytes | None:
    if not isinstance(raw, str) or len(raw) != 2 * length or not _HEX.fullmatch(raw):
        return None
    return bytes.fromhex(raw)
