"""A signed file: DSSE with Ed25519, enough signatures by roots or nothing.

Returns the payload's bytes only when enough different roots signed exactly
these bytes. Never looks into the payload, never opens a file. What signs and
verifies is loaded when first wanted: a start that has nothing signed spares its 20 ms.

Source: DSSE protocol 1.0 (secure-systems-lab/dsse).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from medcounter.strict_json import CutShortError, StrictJsonError, canonical, read_strict
from medcounter.trust import trust_errors
from medcounter.trust.roots import ALGORITHM, Root, Roots, make_root
from medcounter.trust.signer import Signer

if TYPE_CHECKING:
    from securesystemslib.dsse import Envelope

    from medcounter.trust.keys import SigningKey

PAYLOAD_TYPE = "application/vnd.medcounter.bundle+json"
_MAX_SIGNATURES = 64
_MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class SignatureState:
    """The status of one signature of a file under given roots.

    Attributes:
        key_id: The key it claims.
        name: Who holds that key; None when it is no root.
        valid: Whether the root's key verifies it over these bytes.
    """

    key_id: str
    name: str | None
    valid: bool


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A signed file, parsed but not yet verified.

    Attributes:
        payload_type: What the payload is said to be.
        payload: Its bytes.
        signatures: Pairs of key id and signature bytes.
    """

    payload_type: str
    payload: bytes
    signatures: tuple[tuple[str, bytes], ...]


def verify(data: bytes, roots: Roots) -> bytes:
    """Return the payload of a file that enough roots have signed.

    Args:
        data: The file, at most 20 MB.
        roots: Whose signatures count, and how many are needed.

    Raises:
        PackageRefusedError: One subclass per cause; nothing was changed.
    """
    signed = take_apart(data)
    if not roots.keys:
        raise trust_errors.NoRootsError
    if signed.payload_type != PAYLOAD_TYPE:
        raise trust_errors.WrongPayloadTypeError
    if not signed.signatures:
        raise trust_errors.PackageUnsignedError
    claimed = {key_id for key_id, _ in signed.signatures}
    if not {key.id for key in roots.keys} & claimed:
        raise (
            trust_errors.RevokedKeyError
            if claimed & set(roots.revoked)
            else trust_errors.UnknownKeyError
        )
    if _is_signed_by(signed, roots.keys, roots.threshold):
        return signed.payload
    valid = sum(state.valid for state in signature_states(signed, roots))
    if claimed & set(roots.revoked):
        raise trust_errors.RevokedKeyError
    if not valid:
        raise trust_errors.PackageTamperedError
    raise trust_errors.TooFewSignaturesError(
        f"规则包的有效签名有 {valid} 个，需要 {roots.threshold} 个",
        "请向发布单位索取签名齐全的规则包",
    )


def take_apart(data: bytes) -> SignedFile:
    """Parse a signed file without verifying it.

    Raises:
        PackageRefusedError: It is too large, cut short, unsigned JSON, or no
            signed file at all.
    """
    if len(data) > trust_errors.MAX_PACKAGE_BYTES:
        raise trust_errors.PackageTooLargeError
    try:
        raw = read_strict(data, max_depth=_MAX_DEPTH)
    except CutShortError as err:
        raise trust_errors.PackageTruncatedError from err
    except StrictJsonError as err:
        if data.lstrip().startswith(b"{") and b'"payloadType"' not in data:
            raise trust_errors.PackageUnsignedError from err
        raise trust_errors.PackageUnreadableError from err
    match raw:
        case {
            "payload": str(payload),
            "payloadType": str(payload_type),
            "signatures": list(signatures),
            **rest,
        } if not rest and len(signatures) <= _MAX_SIGNATURES:
            pairs = tuple(_read_signature(signature) for signature in signatures)
        case dict() if "payloadType" not in raw:
            raise trust_errors.PackageUnsignedError
        case _:
            raise trust_errors.PackageUnreadableError
    if len({key_id for key_id, _ in pairs}) != len(pairs):
        raise trust_errors.PackageUnreadableError
    return SignedFile(payload_type, _decode(payload), pairs)


def signature_states(signed: SignedFile, roots: Roots) -> tuple[SignatureState, ...]:
    """Return the owner and validity of each signature."""
    by_id = {key.id: key for key in roots.keys}
    return tuple(
        SignatureState(
            key_id,
            by_id[key_id].name if key_id in by_id else None,
            key_id in by_id and _holds(signed, key_id, by_id[key_id]),
        )
        for key_id, _ in signed.signatures
    )


def sign(payload: bytes, keys: tuple[SigningKey, ...], payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Make the signed file; for the publishing office and for tests.

    Raises:
        PackageTooLargeError: The file would be larger than a program reads.
    """
    made = _library_form(SignedFile(payload_type, payload, ()))
    for key in keys:
        made.sign(key.signer)
    data = canonical(made.to_dict())
    if len(data) > trust_errors.MAX_PACKAGE_BYTES:
        raise trust_errors.PackageTooLargeError
    return data


def countersign(data: bytes, keys: tuple[SigningKey, ...]) -> bytes:
    """Add signatures to a signed file, so that each holder signs in turn.

    Raises:
        PackageRefusedError: It is no signed file.
    """
    signed = take_apart(data)
    made = _library_form(signed)
    for key in keys:
        made.sign(key.signer)
    return canonical(made.to_dict())


def sign_as(payload: bytes, payload_type: str, *signers: Signer) -> bytes:
    """Make a signed file by keys of people and halls, which lie in slots."""
    signed = SignedFile(payload_type, payload, ())
    for signer in signers:
        signed = _signed_by(signed, signer)
    return canonical(_library_form(signed).to_dict())


def sign_too(data: bytes, signer: Signer) -> bytes:
    """Add the signature of such a key to a signed file.

    Raises:
        PackageRefusedError: It is no signed file.
    """
    return canonical(_library_form(_signed_by(take_apart(data), signer)).to_dict())


def has_signed(signed: SignedFile, public: str) -> bool:
    """Return whether the holder of a public key, hex, signed exactly these bytes."""
    root = make_root("", public)
    return any(one == root.id and _holds(signed, one, root) for one, _ in signed.signatures)


def _signed_by(signed: SignedFile, signer: Signer) -> SignedFile:
    pair = make_root("", signer.public).id, signer.sign_bytes(_library_form(signed).pae())
    return replace(signed, signatures=(*signed.signatures, pair))


def _holds(signed: SignedFile, key_id: str, root: Root) -> bool:
    pairs = tuple(pair for pair in signed.signatures if pair[0] == key_id)
    return _is_signed_by(replace(signed, signatures=pairs), (root,), 1)


def _is_signed_by(signed: SignedFile, roots: Sequence[Root], threshold: int) -> bool:
    from securesystemslib.exceptions import VerificationError  # noqa: PLC0415 - see the top
    from securesystemslib.signer import (  # type: ignore[attr-defined] # noqa: PLC0415 - see the top
        Key,
        SSlibKey,
    )

    keys: list[Key] = [
        SSlibKey(root.id, ALGORITHM, ALGORITHM, {"public": root.public}) for root in roots
    ]
    try:
        _library_form(signed).verify(keys, threshold)
    except VerificationError:
        return False
    return True


def _library_form(signed: SignedFile) -> Envelope:
    from securesystemslib.dsse import Envelope  # noqa: PLC0415 - see the top
    from securesystemslib.signer import (  # type: ignore[attr-defined] # noqa: PLC0415 - see the top
        Signature,
    )

    signatures = {key_id: Signature(key_id, sig.hex()) for key_id, sig in signed.signatures}
    return Envelope(signed.payload, signed.payload_type, signatures)


def _read_signature(raw: object) -> tuple[str, bytes]:
    match raw:
        case {"keyid": str(key_id), "sig": str(text), **rest} if not rest:
            return key_id, _decode(text)
    raise trust_errors.PackageUnreadableError


def _decode(text: str) -> bytes:
    """Read base64 in its one form, so that no two files say the same."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as err:
        raise trust_errors.PackageUnreadableError from err
    if base64.b64encode(data).decode() != text:
        raise trust_errors.PackageUnreadableError
    return data
