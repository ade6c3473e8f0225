"""A hall follows its office to new keys, keeps them, and notices when they are gone."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.cli.rules_in_use import rules_in_use
from medcounter.desk.desk import Desk
from medcounter.store.folder.data_folder import DataFolder
from medcounter.trust import envelope, rotation
from medcounter.trust.keys import SigningKey, make_signing_key
from medcounter.trust.roots import Roots
from medcounter.trust.trust_errors import (
    RevokedKeyError,
    RootsExpiredError,
    RootsLostError,
    RootsUpdateOlderError,
    UnknownKeyError,
)
from tests.support.desk.counter_samples import faults_of
from tests.support.desk.desk_samples import newer_rules
from tests.support.store.store_samples import AT, KEYS, demo_keys, demo_roots


@pytest.fixture(scope="module")
def new_keys() -> tuple[SigningKey, ...]:
    return tuple(make_signing_key(name)[0] for name in ("new-1", "new-2", "new-3"))


@pytest.fixture(scope="module")
def update(new_keys: tuple[SigningKey, ...]) -> bytes:
    """An update to three new keys, signed by all."""
    proposed = rotation.propose(demo_roots(), tuple(key.root for key in new_keys), None)
    return rotation.sign(proposed, (*demo_keys(), *new_keys))


def signed_by(keys: tuple[SigningKey, ...], revision: int) -> bytes:
    return envelope.sign(envelope.take_apart(newer_rules(revision=revision)).payload, keys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    desk = Desk.open(folder, AT, roots=demo_roots())
    yield desk
    desk.close(with_backup=False)


def again(desk: Desk, folder: Path, roots: Roots | None = None) -> Desk:
    desk.close()
    return Desk.open(folder, AT, roots=roots or demo_roots())


def test_accepted_roots_count_from_then_on_and_after_a_restart(
    desk: Desk, folder: Path, update: bytes, new_keys: tuple[SigningKey, ...]
) -> None:
    with pytest.raises(UnknownKeyError):
        desk.rules.planner(signed_by(new_keys, 7))()
    assert desk.roots.accept(update, AT, "").version == 2
    with pytest.raises(RootsUpdateOlderError):
        desk.roots.accept(update, AT, "")
    later = again(desk, folder)
    assert later.roots.newest.version == 2
    with pytest.raises(RevokedKeyError):
        later.rules.planner(newer_rules())()
    assert later.rules.install(later.rules.planner(signed_by(new_keys, 7))(), AT).revision == 7
    assert faults_of(later) == ()
    later.close()


def test_rules_taken_in_before_a_rotation_stay_in_use(
    desk: Desk, folder: Path, update: bytes
) -> None:
    desk.rules.install(desk.rules.planner(newer_rules())(), AT)
    desk.roots.accept(update, AT, "")
    later = again(desk, folder)
    assert (later.rules.state.revision, later.rules.state.origin) == (7, "synced")
    assert rules_in_use(None, folder, demo_roots()).bundle.revision == 7
    later.close()


def test_an_update_beside_the_rules_is_taken_in_with_them(
    desk: Desk, folder: Path, update: bytes, new_keys: tuple[SigningKey, ...]
) -> None:
    stick = folder.parent / "stick"
    stick.mkdir()
    (stick / "roots-000002.json").write_bytes(update)
    (stick / "rules.json").write_bytes(signed_by(new_keys, 7))
    plan = desk.rules.planner(stick / "rules.json")()
    assert desk.roots.newest.version == 1
    assert desk.rules.install(plan, AT).revision == 7
    later = again(desk, folder)
    assert (later.roots.newest.version, later.rules.state.revision) == (2, 7)
    later.close()


def test_a_deleted_update_does_not_bring_revoked_keys_back(
    desk: Desk, folder: Path, update: bytes
) -> None:
    desk.roots.accept(update, AT, "")
    shutil.rmtree(DataFolder(folder).roots)
    later = again(desk, folder)
    with pytest.raises(RootsLostError):
        later.rules.planner(newer_rules())()
    later.roots.accept(update, AT, "")
    with pytest.raises(RevokedKeyError):
        later.rules.planner(newer_rules())()
    later.close()


def test_a_program_built_with_the_newer_roots_needs_no_update(
    desk: Desk, folder: Path, update: bytes, new_keys: tuple[SigningKey, ...]
) -> None:
    desk.roots.accept(update, AT, "")
    built_in = rotation.read_update(update)
    later = again(desk, folder, built_in)
    assert later.roots.newest == built_in
    assert later.rules.planner(signed_by(new_keys, 7))().new.revision == 7
    later.close()


def test_under_expired_roots_service_goes_on_and_no_rules_come_in(desk: Desk, folder: Path) -> None:
    desk.rules.install(desk.rules.planner(newer_rules())(), AT)
    plan = desk.rules.planner(newer_rules(revision=8))()
    desk.roots.newest = replace(demo_roots(), expires=AT.date())
    with pytest.raises(RootsExpiredError):
        desk.rules.install(plan, AT + timedelta(days=1))
    later = again(desk, folder, replace(demo_roots(), expires=date(2020, 1, 1)))
    assert later.rules.state.revision == 7
    with pytest.raises(RootsExpiredError):
        later.rules.planner(newer_rules(revision=8))()
    later.close()


def test_a_rotation_is_made_on_the_command_line(
    tmp_path: Path, own_data_dir: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["bundle", "keys", str(tmp_path / "office"), "a", "b", "c"]) == 0
    old, office = str(KEYS / "demo-roots.json"), tmp_path / "office"
    proposal = str(tmp_path / "proposal.json")
    roots = ["bundle", "roots"]
    new = str(office / "roots.json")
    made = [*roots, "propose", new, "--old", old, "--expires", "2031-12-31", "--out", proposal]
    assert main(made) == 0
    signing = [KEYS / "demo-root-1.pem", KEYS / "demo-root-2.pem", office / "a.pem"]
    update = proposal
    for number, key in enumerate(signing):
        before, update = update, str(tmp_path / f"signed-{number}.json")
        assert main([*roots, "sign", before, "--key", str(key), "--out", update]) == 0
    assert main([*roots, "inspect", update, "--old", old]) == 2
    before, update = update, str(tmp_path / "update.json")
    assert main([*roots, "sign", before, "--key", str(office / "b.pem"), "--out", update]) == 0
    assert main([*roots, "inspect", update, "--old", old]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert "旧公钥的有效签名 2 个，需要 2 个；新公钥的 2 个，需要 2 个" in out
    # The program of this checkout has no roots, so it accepts none and says so.
    Desk.open(own_data_dir, AT).close()
    assert main([*roots, "accept", update]) == 2
    said = capfdbinary.readouterr().err.decode()
    assert "里没有台账" not in said
