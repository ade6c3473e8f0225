"""New roots count when old and new vouch for them; revoked keys never count again."""

from base64 import b64encode
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from medcounter.bundle.shipped import release_roots
from medcounter.bundle.signed_package import open_package
from medcounter.strict_json import canonical, read_strict
from medcounter.trust import envelope, rotation
from medcounter.trust.keys import SigningKey, make_signing_key
from medcounter.trust.roots import DEMO_KEYS, Roots, read_roots, write_roots
from medcounter.trust.trust_errors import (
    DemoRootsError,
    RevokedKeyError,
    RootsExpiredError,
    RootsUnreadableError,
    RootsUpdateGapError,
    RootsUpdateOlderError,
    RootsUpdateRefusedError,
    RootsUpdateTooFewError,
    TooFewSignaturesError,
    UnknownKeyError,
)
from tests.support.store.store_samples import KEYS, demo_keys, demo_roots, payload
from tools.release_roots import NoReleaseRootsError, built_in, checked

LAST_DAY = date(2031, 12, 31)


@pytest.fixture(scope="module")
def new_keys() -> tuple[SigningKey, ...]:
    """One of the three stays, two are new."""
    made = tuple(make_signing_key(name)[0] for name in ("new-1", "new-2"))
    return (demo_keys()[2], *made)


@pytest.fixture(scope="module")
def proposed(new_keys: tuple[SigningKey, ...]) -> Roots:
    return rotation.propose(demo_roots(), tuple(key.root for key in new_keys), LAST_DAY)


@pytest.fixture(scope="module")
def rotated(proposed: Roots, new_keys: tuple[SigningKey, ...]) -> Roots:
    return rotation.rotate(demo_roots(), rotation.sign(proposed, (demo_keys()[0], *new_keys[:2])))


def test_a_proposal_revokes_what_it_leaves_out_and_counts_on(proposed: Roots) -> None:
    assert proposed.version == 2
    assert proposed.expires == LAST_DAY
    assert set(proposed.revoked) == {key.root.id for key in demo_keys()[:2]}
    assert read_roots(write_roots(proposed)) == proposed


def test_two_of_the_old_and_two_of_the_new_suffice(rotated: Roots, proposed: Roots) -> None:
    assert rotated == replace(proposed, before=demo_roots())
    assert [roots.version for roots in rotated.versions()] == [2, 1]


@pytest.mark.parametrize(
    ("old", "new"), [((0,), ()), ((0, 1), ()), ((), (0, 1)), ((), (1, 2)), ((0, 1), (1,))]
)
def test_fewer_signatures_of_either_side_are_refused(
    proposed: Roots, new_keys: tuple[SigningKey, ...], old: tuple[int, ...], new: tuple[int, ...]
) -> None:
    signing = (*(demo_keys()[one] for one in old), *(new_keys[one] for one in new))
    with pytest.raises(RootsUpdateTooFewError):
        rotation.rotate(demo_roots(), rotation.sign(proposed, signing))


def test_holders_sign_in_turn_on_machines_of_their_own(
    proposed: Roots, new_keys: tuple[SigningKey, ...]
) -> None:
    data = rotation.sign(proposed, demo_keys()[:1])
    for key in (*demo_keys()[1:2], *new_keys):
        data = envelope.countersign(data, (key,))
    assert rotation.rotate(demo_roots(), data).version == 2


def test_a_file_changed_after_signing_is_refused(
    proposed: Roots, new_keys: tuple[SigningKey, ...]
) -> None:
    data = rotation.sign(proposed, (*demo_keys()[:2], *new_keys))
    signed = envelope.take_apart(data)
    other = rotation.sign(replace(proposed, expires=None), ())
    swapped = data.replace(
        b64encode(signed.payload),
        b64encode(envelope.take_apart(other).payload),
    )
    assert swapped != data
    with pytest.raises(RootsUpdateTooFewError):
        rotation.rotate(demo_roots(), swapped)


def test_signatures_over_rules_do_not_count_for_roots(
    proposed: Roots, new_keys: tuple[SigningKey, ...]
) -> None:
    rules = envelope.sign(write_roots(proposed), (*demo_keys(), *new_keys))
    with pytest.raises(RootsUpdateRefusedError):
        rotation.rotate(demo_roots(), rules)
    relabelled = rules.replace(envelope.PAYLOAD_TYPE.encode(), rotation.PAYLOAD_TYPE.encode())
    with pytest.raises(RootsUpdateTooFewError):
        rotation.rotate(demo_roots(), relabelled)


def test_versions_come_one_after_the_other_and_never_again(
    rotated: Roots, proposed: Roots, new_keys: tuple[SigningKey, ...]
) -> None:
    signing = (*demo_keys()[:2], *new_keys)
    with pytest.raises(RootsUpdateOlderError):
        rotation.rotate(rotated, rotation.sign(proposed, signing))
    with pytest.raises(RootsUpdateGapError, match="第 3 版"):
        rotation.rotate(demo_roots(), rotation.sign(replace(proposed, version=3), signing))


def test_a_key_once_revoked_does_not_come_back(rotated: Roots) -> None:
    with pytest.raises(RootsUnreadableError):
        rotation.propose(rotated, tuple(key.root for key in demo_keys()), None)
    forgetful = replace(rotated, version=3, revoked=(), before=None)
    with pytest.raises(RootsUpdateRefusedError):
        rotation.rotate(rotated, rotation.sign(forgetful, demo_keys()))


def test_a_chain_of_updates_is_followed_in_any_order_as_far_as_it_holds(
    rotated: Roots, proposed: Roots, new_keys: tuple[SigningKey, ...]
) -> None:
    second = rotation.sign(proposed, (demo_keys()[0], *new_keys[:2]))
    third = rotation.propose(rotated, tuple(key.root for key in new_keys), None)
    signed = rotation.sign(third, new_keys)
    newest, followed = rotation.follow(demo_roots(), (b"junk", signed, second))
    assert newest.version == 3
    assert followed == (second, signed)
    unsigned = rotation.sign(third, new_keys[:1])
    assert rotation.follow(demo_roots(), (unsigned, second))[0].version == 2


def test_rules_signed_by_revoked_keys_are_refused(
    rotated: Roots, new_keys: tuple[SigningKey, ...]
) -> None:
    for signing in (demo_keys()[:2], (demo_keys()[0], new_keys[0]), demo_keys()):
        with pytest.raises(RevokedKeyError):
            open_package(envelope.sign(payload(), signing), rotated, None)
    with pytest.raises(TooFewSignaturesError):
        open_package(envelope.sign(payload(), new_keys[:1]), rotated, None)
    assert open_package(envelope.sign(payload(), new_keys[1:]), rotated, None)
    with pytest.raises(UnknownKeyError):
        open_package(envelope.sign(payload(), new_keys[1:]), demo_roots(), None)


def test_expired_roots_take_no_rules_in_but_can_still_be_replaced(
    proposed: Roots, new_keys: tuple[SigningKey, ...]
) -> None:
    expired = replace(demo_roots(), expires=date(2026, 11, 20))
    expired.require_current(date(2026, 11, 20))
    with pytest.raises(RootsExpiredError, match="2026-11-20"):
        expired.require_current(date(2026, 11, 21))
    signed = rotation.sign(proposed, (*demo_keys()[:2], *new_keys))
    assert rotation.rotate(expired, signed).version == 2


@pytest.mark.parametrize(
    "more",
    [
        {"version": 0, "expires": None, "revoked": []},
        {"version": True, "expires": None, "revoked": []},
        {"version": 2, "expires": "31.12.2031", "revoked": []},
        {"version": 2, "expires": None, "revoked": ["x"]},
        {"version": 2, "expires": None, "revoked": ["0" * 64, "0" * 64]},
        {"version": 2, "expires": None, "revoked": [demo_keys()[0].root.id]},
        {"version": 2, "expires": None, "revoked": [], "more": 1},
        {"version": 2},
    ],
)
def test_a_file_that_says_its_rotation_wrongly_is_refused(more: dict[str, object]) -> None:
    said = read_strict(write_roots(demo_roots()))
    assert isinstance(said, dict)
    with pytest.raises(RootsUnreadableError):
        read_roots(canonical(said | more))


def test_no_program_takes_the_demo_keys_and_no_release_is_built_with_them(tmp_path: Path) -> None:
    assert {key.root.id for key in demo_keys()} == DEMO_KEYS
    for refused in (release_roots, checked):
        with pytest.raises(DemoRootsError):
            refused(KEYS / "demo-roots.json")
    one_demo = Roots((demo_keys()[0].root, *(make_signing_key(name)[0].root for name in "ab")))
    (tmp_path / "mixed.json").write_bytes(write_roots(one_demo))
    with pytest.raises(DemoRootsError):
        checked(tmp_path / "mixed.json")


def test_a_build_carries_the_roots_that_were_named_and_no_other(tmp_path: Path) -> None:
    named = tmp_path / "named.json"
    named.write_bytes(write_roots(Roots(tuple(make_signing_key(name)[0].root for name in "abc"))))
    other = ("medcounter/resources/app.qss", "resources/app.qss", "DATA")
    entries = [("medcounter/resources/roots.json", "resources/roots.json", "DATA"), other]
    assert built_in(entries, None, tmp_path) == built_in(entries, "", tmp_path) == entries
    (kept, (name, source, _)) = built_in(entries, str(named), tmp_path)
    assert (kept, name) == (other, "medcounter/resources/roots.json")
    assert Path(source).read_bytes() == named.read_bytes()
    with pytest.raises(DemoRootsError):
        built_in(entries, str(KEYS / "demo-roots.json"), tmp_path)
    with pytest.raises(NoReleaseRootsError):
        built_in([other], str(named), tmp_path)


def test_a_release_is_built_with_three_keys_or_more(tmp_path: Path) -> None:
    path = tmp_path / "roots.json"
    made = tuple(make_signing_key(name)[0].root for name in "abc")
    path.write_bytes(write_roots(Roots(made)))
    assert release_roots(path) == read_roots(checked(path)) == Roots(made)
    for too_few in (Roots(made[:2]), Roots()):
        path.write_bytes(write_roots(too_few))
        with pytest.raises(NoReleaseRootsError):
            checked(path)
