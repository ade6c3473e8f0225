"""A signed file is believed only when enough roots signed exactly these bytes."""

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from medcounter.trust import trust_errors
from medcounter.trust.envelope import (
    PAYLOAD_TYPE,
    has_signed,
    sign,
    sign_as,
    sign_too,
    signature_states,
    take_apart,
    verify,
)
from medcounter.trust.keys import make_signing_key, read_signing_key
from medcounter.trust.roots import Roots
from medcounter.trust.signer import signer_of
from tests.support.store.store_samples import demo_keys, demo_roots, package

PAYLOAD = '{"rules":"居民医保 "}'.encode()
PACKAGE = package(PAYLOAD)
ROOTS = demo_roots()
STRANGERS = (make_signing_key("stranger 1")[0], make_signing_key("stranger 2")[0])


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The good package after a change to its JSON."""
    whole = json.loads(PACKAGE)
    change(whole)
    return json.dumps(whole).encode()


def other_payload(whole: dict[str, Any]) -> None:
    whole["payload"] = base64.b64encode(PAYLOAD.replace("居".encode(), "农".encode())).decode()


def claimed_by_roots(whole: dict[str, Any]) -> None:
    """Strangers' signatures under the roots' names."""
    forged = json.loads(sign(PAYLOAD, STRANGERS))["signatures"]
    for mine, theirs in zip(whole["signatures"], forged, strict=True):
        mine["sig"] = theirs["sig"]


def unpadded(whole: dict[str, Any]) -> None:
    whole["payload"] = whole["payload"].rstrip("=")


# Each expected class is the row of trust.md's table on bad bundles that the case belongs to.
BAD_PACKAGES = {
    "empty file": (b"", trust_errors.PackageTruncatedError),
    "cut in the middle": (PACKAGE[: len(PACKAGE) // 2], trust_errors.PackageTruncatedError),
    "cut before the last mark": (PACKAGE[:-1], trust_errors.PackageTruncatedError),
    "larger than 20 MB": (
        b" " * (trust_errors.MAX_PACKAGE_BYTES + 1),
        trust_errors.PackageTooLargeError,
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n", trust_errors.PackageUnreadableError),
    "a list": (b"[]", trust_errors.PackageUnreadableError),
    "two documents": (PACKAGE + PACKAGE, trust_errors.PackageUnreadableError),
    "raw rules": (PAYLOAD, trust_errors.PackageUnsignedError),
    "raw rules with a fraction": (b'{"rules":[1.5]}', trust_errors.PackageUnsignedError),
    "no signature": (
        changed(lambda whole: whole["signatures"].clear()),
        trust_errors.PackageUnsignedError,
    ),
    "payload changed": (changed(other_payload), trust_errors.PackageTamperedError),
    "type changed": (
        changed(lambda whole: whole.update(payloadType="text/plain")),
        trust_errors.WrongPayloadTypeError,
    ),
    "signed as another type": (
        sign(PAYLOAD, demo_keys(), "application/vnd.in-toto+json"),
        trust_errors.WrongPayloadTypeError,
    ),
    "signed by strangers": (sign(PAYLOAD, STRANGERS), trust_errors.UnknownKeyError),
    "strangers under the roots' names": (
        changed(claimed_by_roots),
        trust_errors.PackageTamperedError,
    ),
    "one root": (sign(PAYLOAD, demo_keys()[:1]), trust_errors.TooFewSignaturesError),
    "one root and strangers": (
        sign(PAYLOAD, (*STRANGERS, demo_keys()[0])),
        trust_errors.TooFewSignaturesError,
    ),
    "one root twice": (
        changed(lambda whole: whole["signatures"].__setitem__(1, whole["signatures"][0])),
        trust_errors.PackageUnreadableError,
    ),
    "a signature of no length": (
        changed(lambda whole: [s.update(sig="") for s in whole["signatures"]]),
        trust_errors.PackageTamperedError,
    ),
    "payload written twice": (
        PACKAGE.replace(b'{"payload"', b'{"payload":"","payload"', 1),
        trust_errors.PackageUnreadableError,
    ),
    "a key more": (
        changed(lambda whole: whole.update(more=1)),
        trust_errors.PackageUnreadableError,
    ),
    "base64 without padding": (changed(unpadded), trust_errors.PackageUnreadableError),
    "a number as payload": (
        changed(lambda whole: whole.update(payload=1)),
        trust_errors.PackageUnreadableError,
    ),
    "NaN among the signatures": (
        PACKAGE.replace(b'"signatures":[', b'"signatures":[NaN,', 1),
        trust_errors.PackageUnreadableError,
    ),
    "nested without end": (
        b'{"payloadType":' + b"[" * 100_000,
        trust_errors.PackageUnreadableError,
    ),
}


def test_a_package_that_two_of_three_roots_signed_gives_its_payload() -> None:
    assert verify(PACKAGE, ROOTS) == PAYLOAD


def test_a_signature_of_a_stranger_does_no_harm_beside_two_roots() -> None:
    assert verify(sign(PAYLOAD, (*demo_keys()[1:], *STRANGERS)), ROOTS) == PAYLOAD


@pytest.mark.parametrize("verdict", BAD_PACKAGES)
def test_a_bad_package_is_refused_with_its_own_reason(verdict: str) -> None:
    data, refusal = BAD_PACKAGES[verdict]
    with pytest.raises(trust_errors.PackageRefusedError) as caught:
        verify(data, ROOTS)
    assert refusal is type(caught.value)
    assert "没有导入，旧规则继续有效；" in caught.value.text


def test_a_program_without_roots_says_that_it_takes_only_the_shipped_rules() -> None:
    with pytest.raises(trust_errors.NoRootsError, match="只能使用随程序带来的规则"):
        verify(PACKAGE, Roots())


def test_too_few_signatures_are_counted_for_the_clerk() -> None:
    with pytest.raises(trust_errors.TooFewSignaturesError, match="有效签名有 1 个，需要 2 个"):
        verify(sign(PAYLOAD, demo_keys()[:1]), ROOTS)


def test_each_signature_is_told_with_its_holder_and_whether_it_holds() -> None:
    whole = json.loads(sign(PAYLOAD, (*demo_keys()[:2], STRANGERS[0])))
    whole["signatures"][1]["sig"] = whole["signatures"][0]["sig"]
    signed = take_apart(json.dumps(whole).encode())
    told = [(state.name, state.valid) for state in signature_states(signed, ROOTS)]
    assert told == [("demo-root-1", True), ("demo-root-2", False), (None, False)]


# Source: DSSE protocol, "PAE": the signature covers type and payload with their lengths.
def test_the_signature_covers_the_type_and_the_payload_as_dsse_says() -> None:
    signed = take_apart(PACKAGE)
    covered = b"DSSEv1 %d %s %d %s" % (
        len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(PAYLOAD), PAYLOAD,
    )  # fmt: skip
    for (key_id, signature), key in zip(signed.signatures, demo_keys(), strict=False):
        assert key_id == key.root.id
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.root.public))
        public.verify(signature, covered)


@given(st.integers(min_value=0, max_value=len(PACKAGE) - 1), st.integers(1, 255))
def test_no_changed_byte_changes_what_is_believed(index: int, change: int) -> None:
    data = bytearray(PACKAGE)
    data[index] ^= change
    with suppress(trust_errors.PackageRefusedError):
        assert verify(bytes(data), ROOTS) == PAYLOAD


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_our_own_error(data: bytes) -> None:
    with pytest.raises(trust_errors.PackageRefusedError):
        verify(data, ROOTS)


def test_a_key_in_a_slot_signs_the_same_bytes_as_one_in_a_file(tmp_path: Path) -> None:
    seed = bytes(range(32))
    private = Ed25519PrivateKey.from_private_bytes(seed)
    file = tmp_path / "wang.pem"
    file.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    by_file = sign(b"{}", (read_signing_key(file),), "application/x")
    assert sign_as(b"{}", "application/x", signer_of(seed)) == by_file
    other = signer_of(bytes(32))
    both = sign_too(by_file, other)
    assert both == sign_as(b"{}", "application/x", signer_of(seed), other)
    assert [has_signed(take_apart(data), other.public) for data in (by_file, both)] == [False, True]
