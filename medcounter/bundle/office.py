"""The publishing office's side: make keys, sign a bundle, look into a file.

Used by the command line, never at a counter. Importing it loads the
cryptography.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from medcounter.errors import MedCounterError
from medcounter.files import write_durably
from medcounter.rules.bundle import Bundle
from medcounter.rules.load import read_bundle
from medcounter.trust import envelope
from medcounter.trust.envelope import SignatureState
from medcounter.trust.keys import read_signing_key, write_signing_keys
from medcounter.trust.roots import DEFAULT_THRESHOLD, Roots, write_roots


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a signed file says of itself, and what of that is true.

    Attributes:
        payload_type: What the payload is said to be.
        payload_bytes: Its length.
        sha256: Its hash, hex.
        signatures: Each signature, with its holder where a root made it.
        refusal: Why this program would refuse the signatures; empty when it
            would not.
        fault: Why the payload is no bundle; empty when it is one.
        bundle: The bundle in it; None when the payload is none.
    """

    payload_type: str
    payload_bytes: int
    sha256: str
    signatures: tuple[SignatureState, ...]
    refusal: str
    fault: str
    bundle: Bundle | None


def make_keys(folder: Path, names: tuple[str, ...]) -> Path:
    """Make root keys and the file of their public halves.

    Args:
        folder: Made if missing. Each key goes to ``NAME.pem``, the public
            halves to ``roots.json``, which a release is built with.
        names: One key each.

    Returns:
        The file of public keys.

    Raises:
        SigningKeyExistsError: A key of one of these names is there already.
        OSError: A file cannot be written.
    """
    made = write_signing_keys(folder, names)
    path = folder / "roots.json"
    write_durably(path, write_roots(Roots(made, DEFAULT_THRESHOLD)), private=False)
    return path


def sign_bundle(payload: bytes, keys: tuple[Path, ...]) -> bytes:
    """Sign a raw bundle, after reading it as a counter would.

    Args:
        payload: The bundle, joined into one document.
        keys: Files of private keys.

    Returns:
        The signed file's bytes.

    Raises:
        BundleUnreadableError: It is no bundle; nothing is signed.
        SigningKeyUnreadableError: A key cannot be read.
        PackageTooLargeError: The file would be larger than 20 MB.
    """
    read_bundle(payload)
    return envelope.sign(payload, tuple(read_signing_key(path) for path in keys))


def add_signatures(package: bytes, keys: tuple[Path, ...]) -> bytes:
    """Sign a signed file once more, so that the keys need never meet.

    Raises:
        PackageRefusedError: It is no signed file.
        BundleUnreadableError: What is in it is no bundle.
        SigningKeyUnreadableError: A key cannot be read.
    """
    signed = envelope.take_apart(package)
    read_bundle(signed.payload)
    return envelope.add_signatures(signed, tuple(read_signing_key(path) for path in keys))


def inspect(data: bytes, roots: Roots) -> Inspection:
    """Look into a signed file without using anything in it.

    Raises:
        PackageRefusedError: It is no signed file at all.
    """
    signed = envelope.take_apart(data)
    bundle, refusal, fault = None, "", ""
    try:
        envelope.verify(data, roots)
    except MedCounterError as err:
        refusal = err.text
    try:
        bundle = read_bundle(signed.payload)
    except MedCounterError as err:
        fault = err.text
    return Inspection(
        payload_type=signed.payload_type,
        payload_bytes=len(signed.payload),
        sha256=hashlib.sha256(signed.payload).hexdigest(),
        signatures=envelope.signature_states(signed, roots),
        refusal=refusal,
        fault=fault,
        bundle=bundle,
    )
