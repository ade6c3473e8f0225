"""What somebody reads out of a data folder with one secret and without our program.

Uses the cipher library, SQLCipher and what ``docs/keys.md`` and
``docs/store.md`` tell everybody. Tries the secret on every slot of every key
file, every key that comes out of it on every file, and writes all it could
read into one file.

    python auditor_alone.py FOLDER SECRET DESTINATION
"""

import hmac
import json
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import sqlcipher3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

# Every label in the program's data_key.py; the tests hold them equal.
PURPOSES = (
    "medcounter key id 1",
    "medcounter ledger.db 1",
    "medcounter rules.db 1",
    "medcounter drafts.db 1",
    "medcounter draft codes 1",
    "medcounter chain 1",
    "medcounter salts 1",
    "medcounter seal 1",
    "medcounter desk signature 1",
    "medcounter anchor 1",
    "medcounter walked 1",
    "medcounter second place 1",
    "medcounter second place note 1",
    "medcounter auditors 1",
    "medcounter key slots 2",
    "medcounter auditors' copy 1",
)


def slots(folder: Path) -> Iterator[dict[str, object]]:
    """Give every slot of every file that has any, as it stands there."""
    for path in folder.rglob("*"):
        try:
            said = json.loads(path.read_bytes()) if path.is_file() else {}
        except ValueError:
            continue
        yield from said.get("slots", []) if isinstance(said, dict) else []


@cache
def stretched(secret: str, salt: str, memory: int, passes: int, lanes: int) -> bytes:
    """Make a key of a secret, once for each salt: a slot lies in more than one file."""
    how = Argon2id(
        salt=bytes.fromhex(salt), length=32, iterations=passes, lanes=lanes, memory_cost=memory
    )
    return how.derive(secret.encode())


def opened(slot: dict[str, object], secret: str) -> bytes | None:
    """Open a slot by the algorithms that it names."""
    if slot.get("kind") != "clerk":
        return None
    how, wrap = slot["stretching"], slot["wrap"]
    assert isinstance(how, dict)
    assert isinstance(wrap, dict)
    numbers = [how["memory_kib"], how["passes"], how["lanes"]]
    key = stretched(secret, how["salt"], *numbers)
    bound = ["clerk", slot["name"], slot["role"], "argon2id", 19, *numbers, how["salt"]]
    bound += ["aes-256-gcm", *(["ed25519", slot["public"]] if "public" in slot else [])]
    bound += [slot["opens"]] if "opens" in slot else []
    form = json.dumps(bound, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return AESGCM(key).decrypt(
            bytes.fromhex(wrap["nonce"]), bytes.fromhex(wrap["data"]), form.encode()
        )
    except InvalidTag:
        return None


def keys_from(held: bytes) -> set[bytes]:
    """Give every key that comes out of what lay in a slot, by each label."""
    parts = {held[at : at + 32] for at in range(0, len(held) - 31, 32)}
    parts |= {hmac.digest(key, b"medcounter auditors 1", "sha256") for key in parts}
    found = {hmac.digest(key, name.encode(), "sha256") for key in parts for name in PURPOSES}
    return parts | found


def database(path: Path, key: bytes) -> list[bytes] | None:
    """Give every value of a database, packed ones unpacked; None where the key is not its."""
    connection = sqlcipher3.dbapi2.connect(str(path))
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        ).fetchall()
    except sqlcipher3.dbapi2.Error:
        return None
    values = [
        value
        for (table,) in tables
        for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the file's own name
        for value in row
    ]
    connection.close()
    return [plain(value) for value in values]


def plain(value: object) -> bytes:
    """Give the bytes of a value, unpacked where it is packed."""
    if not isinstance(value, bytes):
        return str(value).encode()
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value


def main(folder: Path, secret: str, destination: Path) -> None:
    """Read all that can be read, and say which files were opened."""
    held = [found for slot in slots(folder) if (found := opened(slot, secret)) is not None]
    keys = {key for each in held for key in keys_from(each)}
    names, read = [], []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        read.append(path.read_bytes())
        if path.stat().st_size < 4096:
            continue
        for key in keys:
            with tempfile.TemporaryDirectory() as room:
                values = database(Path(shutil.copy(path, room)), key)
            if values is not None:
                names.append(path.name)
                read += values
                break
    destination.write_bytes(b"\n".join(read))
    sys.stdout.write(json.dumps({"slots": len(held), "keys": len(keys), "opened": names}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
