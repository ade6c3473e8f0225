"""Which public keys count is read without mercy too."""

import json
from pathlib import Path

import pytest

from medcounter.paths import resource
from medcounter.trust.keys import make_signing_key, read_signing_key, write_signing_keys
from medcounter.trust.roots import Roots, read_roots, write_roots
from medcounter.trust.trust_errors import (
    RootsUnreadableError,
    SigningKeyExistsError,
    SigningKeyUnreadableError,
)
from tests.support.store.store_samples import KEYS, demo_roots

DEMO = (KEYS / "demo-roots.json").read_text()


def changed(**changes: object) -> bytes:
    return json.dumps({**json.loads(DEMO), **changes}).encode()


def first_key(**changes: object) -> bytes:
    keys = json.loads(DEMO)["keys"]
    return changed(keys=[{**keys[0], **changes}, *keys[1:]])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        changed(threshold=1),
        changed(threshold=True),
        changed(threshold=4),
        changed(algorithm="rsa"),
        changed(more=1),
        changed(keys=[*json.loads(DEMO)["keys"], json.loads(DEMO)["keys"][0]]),
        first_key(public="00" * 32),
        first_key(public="xy"),
        first_key(name=1),
        first_key(more=1),
    ],
)
def test_a_file_that_is_no_list_of_roots_is_refused(data: bytes) -> None:
    with pytest.raises(RootsUnreadableError):
        read_roots(data)


def test_one_key_under_two_names_counts_as_a_fault_and_not_as_two() -> None:
    keys = json.loads(DEMO)["keys"]
    with pytest.raises(RootsUnreadableError):
        read_roots(changed(keys=[keys[0], {**keys[0], "name": "another"}]))


def test_roots_are_read_back_as_written() -> None:
    assert demo_roots() == read_roots(write_roots(demo_roots()))
    assert Roots() == read_roots(write_roots(Roots()))


def test_no_demo_root_is_built_into_the_program() -> None:
    built_in = {key.id for key in read_roots(resource("roots.json").read_bytes()).keys}
    assert built_in & {key.id for key in demo_roots().keys} == set()


def test_keys_are_written_and_read_under_their_names(tmp_path: Path) -> None:
    roots = write_signing_keys(tmp_path / "office", ("first", "second"))
    read = [read_signing_key(tmp_path / "office" / f"{name}.pem") for name in ("first", "second")]
    assert roots == tuple(key.root for key in read)


def test_a_key_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (kept,) = write_signing_keys(tmp_path, ("first",))
    with pytest.raises(SigningKeyExistsError):
        write_signing_keys(tmp_path, ("second", "first"))
    assert kept == read_signing_key(tmp_path / "first.pem").root
    assert not (tmp_path / "second.pem").exists()


def test_what_is_no_private_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    with pytest.raises(SigningKeyUnreadableError):
        read_signing_key(path)
    path.write_bytes(make_signing_key("x")[1].replace(b"PRIVATE", b"PUBLIC"))
    with pytest.raises(SigningKeyUnreadableError):
        read_signing_key(path)
