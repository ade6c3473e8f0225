"""Who did it is proven: an act is signed by who did it, and nobody signs as somebody else."""

import cProfile
import pstats
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import SigningKeyUnknownError, SupervisorNeededError
from medcounter.desk.access.sign_in import SUPERVISOR, NewClerk
from medcounter.desk.desk import Desk
from medcounter.store.db.sqlite import scalar
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.store_errors import AuditorsCopyMissingError
from medcounter.trust.chain import link
from medcounter.trust.chain_key import ChainKey, chain_key
from medcounter.trust.signer import Signer, make_seed, recovery_signer, signed_by, signer_of
from tests.support.desk.counter_samples import faults_of, ledger_page
from tests.support.store.access_samples import LI, SECRETS, WANG, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT, notice, paper

LATER = AT + timedelta(minutes=5)
FIRST = "2025-03-000001"
LOCKED_OF_BEFORE = Path(__file__).parents[3] / "data" / "ledgers" / "locked-version-3"
QIAN = NewClerk("钱进", SUPERVISOR, "dong nan xi bei")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    locked_folder(tmp_path / "data")
    desk = Desk.open(tmp_path / "data", AT, who=pass_of(tmp_path / "data"))
    desk._store.ledger.issue(notice(1, clerk=LI), paper)  # noqa: SLF001 - a notice, not a day
    desk.close()
    return tmp_path / "data"


def faults(store: Store) -> list[str]:
    return [fault.text for fault in store.ledger.verify() if fault is not None]


def as_(folder: Path, name: str, act: Callable[[Desk], object]) -> list[str]:
    """Do something at a desk by its own ways, and say what verifying finds."""
    desk = Desk.open(folder, LATER, who=pass_of(folder, name))
    try:
        act(desk)
        return list(faults_of(desk))
    finally:
        desk.close()


def test_what_the_three_do_by_the_programs_own_ways_is_signed_and_holds(folder: Path) -> None:
    def void_by_word(desk: Desk) -> None:
        approval = desk.access.approve(ZHAO, SECRETS[ZHAO], "void", LATER)
        with desk.access.require("void", approval).during():
            desk._store.ledger.void(FIRST, "填错", LATER, LI)  # noqa: SLF001 - the paper is none

    assert as_(folder, LI, void_by_word) == []
    assert as_(folder, ZHAO, lambda desk: desk.access.clerks.add(QIAN, LATER)) == []
    assert as_(folder, WANG, lambda desk: list(desk.register.export_audit(LATER))) == []
    store = open_store(folder, pass_of(folder, ZHAO).key)
    signed = scalar(store._ledger.database, "SELECT count(*) FROM event_signature")  # noqa: SLF001 - counted
    assert signed == store.ledger.head().position
    known = store.signatories()
    row = store._ledger.database.query(  # noqa: SLF001 - who signed it
        "SELECT public FROM event_signature s JOIN event e ON e.id = s.event WHERE e.kind = 'void'"
    )
    assert known.people[next(iter(row))["public"]] == (ZHAO, SUPERVISOR)
    store.close(with_backup=False)


def test_a_desk_without_sign_in_signs_as_the_desk(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    store.ledger.issue(notice(1), paper)
    store.ledger.void(FIRST, "填错", LATER, "王")
    publics = store._ledger.database.query("SELECT DISTINCT public FROM event_signature")  # noqa: SLF001 - looked at
    assert [row["public"] for row in publics] == [store.chain_key.desk.public]
    assert faults(store) == []
    store.close(with_backup=False)


def desk_only(key: ChainKey, _signer: Signer) -> ChainKey:
    return replace(key, signer=key.desk)


def own_key(key: ChainKey, signer: Signer) -> ChainKey:
    return replace(key, signer=signer)


def made_up(key: ChainKey, _signer: Signer) -> ChainKey:
    return replace(key, signer=signer_of(make_seed()))


VOID = NewEvent("void", LATER, ZHAO, 1, detail={"reason": "x"})
FORGED_ACTS = {
    "a void": VOID,
    "a void in the own name": replace(VOID, clerk=WANG),
    "a void in no name": replace(VOID, clerk=""),
    "a clock": NewEvent("override", LATER, ZHAO, detail={"reason": "x"}),
    "an erasure": NewEvent("erase", LATER, ZHAO, 1),
    "an unmasked export": NewEvent("export", LATER, ZHAO, detail={"masked": False}),
    "an export that hides nothing": NewEvent("export", LATER, "", detail={"masked": 0}),
    "a print": NewEvent("reprint", LATER, LI, 1, 2),
    "a close": NewEvent("day-close", LATER, LI, detail={}),
    "an entry": NewEvent("printed", LATER, LI, 1, 1),
    "a new supervisor": NewEvent(
        "sign-in",
        LATER,
        ZHAO,
        detail={"act": "clerk-added", "name": "Evil", "role": "supervisor", "key": "7" * 64},
    ),
    "a clerk taken away": NewEvent(
        "sign-in", LATER, ZHAO, detail={"act": "clerk-removed", "name": LI}
    ),
    "a secret of another": NewEvent(
        "sign-in", LATER, WANG, detail={"act": "secret-changed", "name": ZHAO, "key": "7" * 64}
    ),
    "a new hall": NewEvent(
        "sign-in", LATER, ZHAO, detail={"act": "recovery-renewed", "hall": "7" * 64}
    ),
    "a restore": NewEvent("restore", LATER, ZHAO, detail={}),
}


@pytest.mark.parametrize("how", [desk_only, own_key, made_up])
def test_nothing_an_auditor_writes_past_the_program_is_taken_for_an_act(
    folder: Path, monkeypatch: pytest.MonkeyPatch, how: Callable[[ChainKey, Signer], ChainKey]
) -> None:
    """With the data key of a copy from before, the own signing key and plain SQL."""
    monkeypatch.setattr(journal, "_require_form", lambda *_row: None)
    auditor = pass_of(folder, WANG).key.signer
    assert auditor is not None
    key = replace(pass_of(folder, LI).key, signer=auditor)
    store = open_store(folder, key)
    assert faults(store) == []
    database = store._ledger.database  # noqa: SLF001 - past the program's own checks
    for name, act in FORGED_ACTS.items():
        database.conn.execute("BEGIN")
        journal.append(database, how(chain_key(key), auditor), act)
        found = faults(store)
        database.conn.execute("ROLLBACK")
        assert any("签名" in text or "写的是" in text for text in found), (name, found)
    store.close(with_backup=False)


@pytest.mark.parametrize("introduced", ["a person", "the hall", "a set-up", "a recovery"])
def test_nor_can_anybody_bring_in_a_key_of_the_own_making(folder: Path, introduced: str) -> None:
    key = pass_of(folder, LI).key
    evil = signer_of(make_seed()) if introduced == "a person" else recovery_signer(bytes(32))
    details: dict[str, dict[str, object]] = {
        "a person": {"act": "signed-in", "key": evil.public},
        "the hall": {"act": "recovered", "hall": evil.public},
        "a set-up": {"act": "set-up", "hall": evil.public, "clerks": [], "keys": {}},
        "a recovery": {"act": "recovery-begun", "hall": evil.public},
    }
    detail = details[introduced]
    store = open_store(folder, key)
    forged = replace(chain_key(key), signer=evil)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program's own checks
        journal.append(database, forged, NewEvent("sign-in", LATER, ZHAO, detail=detail))
        journal.append(database, forged, VOID)
    assert len(faults(store)) == 2
    store.close(with_backup=False)


def test_an_event_without_any_signature_is_none_once_events_are_signed(folder: Path) -> None:
    key = pass_of(folder, LI).key
    store = open_store(folder, key)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program's own checks
        before, _ = database.conn.execute("SELECT mac, id FROM event ORDER BY id DESC").fetchone()
        row = (journal.head(database).position + 1, "void", LATER.isoformat(), 1, None, ZHAO, "{}")
        mac = link(chain_key(key).codes, before, row)
        database.conn.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, mac))
    assert any("没有签名" in text for text in faults(store))
    store.close(with_backup=False)


def test_old_signatures_of_a_removed_person_stay_good_and_new_ones_are_none(folder: Path) -> None:
    key = pass_of(folder, LI).key
    assert as_(folder, ZHAO, lambda desk: desk.access.clerks.remove(LI, LATER)) == []
    store = open_store(folder, key)
    assert faults(store) == []
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program's own checks
        journal.append(database, chain_key(key), NewEvent("reprint", LATER, LI, 1, 2))
    assert any("不属于任何登记的人" in text for text in faults(store))
    store.close(with_backup=False)


def test_a_secret_a_supervisor_gives_ends_the_old_key_and_the_own_one_keeps_it(
    folder: Path,
) -> None:
    first = pass_of(folder, LI).key.signer
    new = "xin de kou ling"

    def own(desk: Desk) -> None:
        desk.access.clerks.change_secret(LI, new, LATER, secret=SECRETS[LI])

    assert as_(folder, LI, own) == []
    assert sign_in.sign_in(folder, LI, new).key.signer == first
    old = sign_in.sign_in(folder, LI, new).key
    assert (
        as_(
            folder, ZHAO, lambda desk: desk.access.clerks.change_secret(LI, "lai nian da ji", LATER)
        )
        == []
    )
    given = sign_in.sign_in(folder, LI, "lai nian da ji")
    assert given.key.signer != first
    desk = Desk.open(folder, LATER, who=given)
    assert faults_of(desk) == ()
    desk.close()
    store = open_store(folder, old)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program's own checks
        journal.append(database, chain_key(old), NewEvent("reprint", LATER, LI, 1, 2))
    assert faults(store) != []
    store.close(with_backup=False)


def test_the_recovery_key_signs_as_the_hall_and_so_does_a_renewed_one(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    text = locked_folder(folder)
    desk = Desk.open(folder, AT, who=sign_in.recover(folder, text))
    desk.access.clerks.change_secret(ZHAO, "xin de kou ling", AT)
    renewed = desk.access.clerks.begin_recovery()
    renewed.finish(renewed.recovery_text, AT)
    desk.close()
    desk = Desk.open(folder, AT, who=sign_in.recover(folder, renewed.recovery_text))
    desk.access.clerks.add(QIAN, AT)
    assert faults_of(desk) == ()
    desk.close()
    desk = Desk.open(folder, AT, who=sign_in.sign_in(folder, ZHAO, "xin de kou ling"))
    assert faults_of(desk) == ()
    desk.close()


def test_a_locked_ledger_of_before_gets_its_keys_as_each_signs_in(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(LOCKED_OF_BEFORE, folder)
    sign_in.tries_at(folder).begin((LI, WANG, ZHAO, ""))
    with pytest.raises(AuditorsCopyMissingError, match="登录一次"):
        Desk.open(folder, LATER, who=pass_of(folder, WANG))
    for name in (LI, WANG, ZHAO, LI):
        desk = Desk.open(folder, LATER, who=pass_of(folder, name))
        assert faults_of(desk) == ()
        assert ledger_page(desk).total == 2
        desk.close()
    desk = Desk.open(folder, LATER, who=pass_of(folder, ZHAO))
    known = desk._store.signatories()  # noqa: SLF001 - who counts is asked
    assert sorted(person.name for person in known.people.values()) == sorted((LI, ZHAO))
    desk.access.clerks.add(QIAN, LATER)
    assert faults_of(desk) == ()
    desk.close()
    text = (folder / "recovery.txt").read_text()
    desk = Desk.open(folder, LATER, who=sign_in.recover(folder, text))
    assert faults_of(desk) == ()
    desk.close()


@pytest.fixture
def of_before(tmp_path: Path) -> Path:
    """A ledger whose set-up named no recovery key; clerk and supervisor came in since."""
    folder = tmp_path / "data"
    shutil.copytree(LOCKED_OF_BEFORE, folder)
    sign_in.tries_at(folder).begin((LI, WANG, ZHAO, ""))
    for name in (LI, ZHAO):
        Desk.open(folder, LATER, who=pass_of(folder, name)).close()
    return folder


def test_nobody_names_a_recovery_key_to_an_older_ledger_and_acts_by_it(of_before: Path) -> None:
    """Any clerk could, and was a supervisor whom verifying believed."""
    evil = recovery_signer(bytes(32))
    store = open_store(of_before, pass_of(of_before, LI).key)
    forged = replace(store.chain_key, signer=evil)
    added = {"act": "clerk-added", "name": QIAN.name, "role": SUPERVISOR, "key": "7" * 64}
    named = {"act": "recovered", "hall": evil.public}
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program's own checks
        for act in (named, added):
            journal.append(database, forged, NewEvent("sign-in", LATER, "恢复密钥", detail=act))
        journal.append(database, forged, replace(VOID, clerk="恢复密钥"))
    assert ["要主管签名" in text for text in faults(store)] == [True, True]
    assert not store.signatories().recovery_keys
    assert not store.signatories().has_key(QIAN.name)
    store.close(with_backup=False)


def test_the_right_recovery_key_opens_an_older_ledger_and_acts_once_a_supervisor_renewed_it(
    of_before: Path,
) -> None:
    text = (of_before / "recovery.txt").read_text()
    desk = Desk.open(of_before, LATER, who=sign_in.recover(of_before, text))
    assert desk.access.recovery_unvouched
    with pytest.raises(SupervisorNeededError):
        desk.access.clerks.change_secret(ZHAO, "xin de kou ling", LATER)
    with pytest.raises(SupervisorNeededError):
        desk.access.clerks.begin_recovery()
    with pytest.raises(SupervisorNeededError):
        desk.access.require("void")
    assert faults_of(desk) == ()
    desk.close()
    desk = Desk.open(of_before, LATER, who=pass_of(of_before, ZHAO))
    assert desk.access.recovery_unvouched
    renewed = desk.access.clerks.begin_recovery()
    renewed.finish(renewed.recovery_text, LATER)
    desk.close()
    desk = Desk.open(of_before, LATER, who=sign_in.recover(of_before, renewed.recovery_text))
    assert not desk.access.recovery_unvouched
    desk.access.clerks.change_secret(ZHAO, "xin de kou ling", LATER)
    assert faults_of(desk) == ()
    desk.close()


def test_a_recovery_key_counts_at_once_where_no_supervisor_has_a_key_yet(tmp_path: Path) -> None:
    """Whoever comes first under a name is believed there anyway; the last way in stays."""
    folder = tmp_path / "data"
    shutil.copytree(LOCKED_OF_BEFORE, folder)
    sign_in.tries_at(folder).begin((LI, WANG, ZHAO, ""))
    text = (folder / "recovery.txt").read_text()
    desk = Desk.open(folder, LATER, who=sign_in.recover(folder, text))
    desk.access.clerks.change_secret(ZHAO, "xin de kou ling", LATER)
    assert faults_of(desk) == ()
    assert not desk.access.recovery_unvouched
    desk.close()


def test_who_comes_with_a_key_the_ledger_does_not_know_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(LOCKED_OF_BEFORE, folder)
    sign_in.tries_at(folder).begin((LI, WANG, ZHAO, ""))
    store = open_store(folder, pass_of(folder, LI).key)
    evil = replace(store.chain_key, signer=signer_of(make_seed()))
    with store._ledger.transaction() as database:  # noqa: SLF001 - somebody was quicker
        detail = {"act": "signed-in", "key": evil.signer.public}
        journal.append(database, evil, NewEvent("sign-in", LATER, ZHAO, detail=detail))
    store.close(with_backup=False)
    with pytest.raises(SigningKeyUnknownError):
        Desk.open(folder, LATER, who=pass_of(folder, ZHAO))


def test_who_may_sign_is_told_without_checking_every_sign_in(folder: Path) -> None:
    """A year of sign-ins took two thirds of a second at each opening: each signature twice."""
    store = open_store(folder, pass_of(folder).key)
    before = checked(store.signatories), checked(store.hall_state)
    with store._ledger.transaction() as database:  # noqa: SLF001 - many days at once
        for _ in range(30):
            detail = {"act": "signed-in", "role": "clerk", "slots": 2}
            journal.append(database, store.chain_key, NewEvent("sign-in", LATER, LI, detail=detail))
    assert (checked(store.signatories), checked(store.hall_state)) == before
    assert before[0] > 0
    assert not faults(store)
    store.close(with_backup=False)


@pytest.mark.parametrize(
    "bringing", [{"act": "clerk-added"}, {"act": "signed-in", "key": "0" * 64}]
)
def test_but_whatever_brings_a_key_is_checked(folder: Path, bringing: dict[str, object]) -> None:
    store = open_store(folder, pass_of(folder).key)
    before = checked(store.signatories)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        detail = {"name": LI, "role": "clerk", **bringing}
        journal.append(database, store.chain_key, NewEvent("sign-in", LATER, LI, detail=detail))
    assert checked(store.signatories) == before + 1
    store.close(with_backup=False)


def checked(work: Callable[[], object]) -> int:
    """Count the signatures that something checks."""
    profile = cProfile.Profile()
    profile.runcall(work)
    counts = pstats.Stats(profile).get_stats_profile().func_profiles
    return int(counts[signed_by.__name__].ncalls) if signed_by.__name__ in counts else 0
