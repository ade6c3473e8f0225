"""Private keys that sign rules: generated, read, written; never on a counter.

For the publishing office and for tests. A private key is a PEM file (PKCS 8,
Ed25519) without a passphrase; keeping it safe is up to the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from securesystemslib.signer import (  # type: ignore[attr-defined] # public, but not listed there
    CryptoSigner,
    SSlibKey,
)

from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.trust.roots import ALGORITHM, Root, make_root
from medcounter.trust.trust_errors import SigningKeyExistsError, SigningKeyUnreadableError

_MAX_PEM = 10_000


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its public half."""

    root: Root
    signer: CryptoSigner


def make_signing_key(name: str) -> tuple[SigningKey, bytes]:
    """Make a new random key.

    Returns:
        The key, and the PEM to keep it in.
    """
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return _signing_key(private, name), pem


def read_signing_key(path: Path) -> SigningKey:
    """Read a private key from its PEM file; named like the file.

    Raises:
        SigningKeyUnreadableError: It is no such file or another kind of key.
    """
    try:
        private = load_pem_private_key(read_bounded(path, _MAX_PEM), password=None)
    except (OSError, FileTooLargeError, ValueError, TypeError, UnsupportedAlgorithm) as err:
        raise SigningKeyUnreadableError from err
    if not isinstance(private, Ed25519PrivateKey):
        raise SigningKeyUnreadableError
    return _signing_key(private, path.stem)


def write_signing_keys(folder: Path, names: tuple[str, ...]) -> tuple[Root, ...]:
    """Make one key for each name and put each into a file of its own.

    Args:
        folder: Made if missing; a file that is there already stays.
        names: One key each; also the file names, without ``.pem``.

    Raises:
        SigningKeyExistsError: A key of that name exists.
        OSError: A file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        if (folder / f"{name}.pem").exists():
            raise SigningKeyExistsError(
                f"私钥文件“{name}.pem”已经存在，不会覆盖，没有生成任何私钥；请换一个文件夹。"
            )
    made = []
    for name in names:
        key, pem = make_signing_key(name)
        write_durably(folder / f"{name}.pem", pem)
        made.append(key.root)
    return tuple(made)


def _signing_key(private: Ed25519PrivateKey, name: str) -> SigningKey:
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    root = make_root(name, raw.hex())
    public = SSlibKey(root.id, ALGORITHM, ALGORITHM, {"public": root.public})
    return SigningKey(root, CryptoSigner(private, public))
