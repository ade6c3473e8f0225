"""The data key of a hall and the file that holds it.

Answers with the random key everything in the data folder is encrypted
under. Until clerks sign in, the key lies in a clear slot: who has the disk
can read the ledger, and the file says so. Opens no database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust.errors import (
    KeySlotDamagedError,
    KeySlotMissingError,
    KeySlotNewerError,
)

FORMAT = 1
KEY_BYTES = 32
CIPHER = "sqlcipher-4 aes-256-cbc hmac-sha512"
_DERIVATION = "hmac-sha256"
_MAX_BYTES = 100_000
_WARNING = "钥匙未加密：拿到这台电脑的磁盘就能读出台账。启用登录后钥匙才受保护。"


@dataclass(frozen=True, slots=True)
class DataKey:
    """The one secret of a data folder; every other key comes from it."""

    secret: bytes

    def __repr__(self) -> str:
        return "DataKey(…)"

    def derive(self, purpose: str) -> bytes:
        """Give the 32-byte key for one purpose; the purpose is its name."""
        return hmac.new(self.secret, purpose.encode(), hashlib.sha256).digest()


def make_data_key() -> DataKey:
    """Make a new random key."""
    return DataKey(secrets.token_bytes(KEY_BYTES))


def write_clear_slot(key: DataKey, path: Path, copy: Path) -> None:
    """Keep a key readable by whoever can read the file, with a copy.

    Args:
        key: The data key.
        path: The key file.
        copy: Its copy, in a folder that exists.

    Raises:
        OSError: One of the two cannot be written.
    """
    slot = {"algorithm": "none", "key": key.secret.hex(), "kind": "clear", "warning": _WARNING}
    data = canonical(
        {"cipher": CIPHER, "derivation": _DERIVATION, "format": FORMAT, "slots": [slot]}
    )
    write_durably(copy, data)
    write_durably(path, data)


def read_data_keys(path: Path, copy: Path) -> tuple[DataKey, ...]:
    """Read the key from its file and from the copy.

    Returns:
        One key, or two when the files hold different ones; the first is the
        key file's where it could be read. Which one is right shows only when
        it opens the ledger.

    Raises:
        KeySlotMissingError: Neither file is there.
        KeySlotDamagedError: Neither can be read as key slots.
        KeySlotNewerError: A newer program wrote them.
        OSError: A file is there but cannot be opened.
    """
    found = [data for place in (path, copy) if (data := _bytes_of(place)) is not None]
    if not found:
        raise KeySlotMissingError
    keys = tuple(dict.fromkeys(key for data in found if (key := _read_slots(data)) is not None))
    if not keys:
        raise KeySlotDamagedError
    return keys


def heal(key: DataKey, path: Path, copy: Path) -> None:
    """Write key file and copy anew, if one of them does not hold the key.

    Args:
        key: The key that opened the ledger.
        path: The key file.
        copy: Its copy.

    Raises:
        OSError: One of the two cannot be written.
    """
    for place in (path, copy):
        data = _bytes_of(place)
        if data is None or _read_slots(data) != key:
            write_clear_slot(key, path, copy)
            return


def _bytes_of(path: Path) -> bytes | None:
    try:
        return read_bounded(path, _MAX_BYTES)
    except FileNotFoundError:
        return None
    except FileTooLargeError:
        return b""


def _read_slots(data: bytes) -> DataKey | None:
    try:
        raw = read_strict(data)
    except StrictJsonError:
        return None
    match raw:
        case {"format": int(format_)} if format_ > FORMAT:
            raise KeySlotNewerError
        case {
            "format": 1,
            "cipher": str(cipher),
            "derivation": "hmac-sha256",
            "slots": [{"kind": "clear", "algorithm": "none", "key": str(text)}],
        } if cipher == CIPHER:
            return _read_key(text)
    return None


def _read_key(text: str) -> DataKey | None:
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        return None
    return DataKey(secret) if len(secret) == KEY_BYTES else None
