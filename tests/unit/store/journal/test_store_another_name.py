"""Who signs in another's name, or in nobody's, is told, but for what a supervisor agrees to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.store.journal import journal
from medcounter.store.journal.auditor_words import code_of
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.trust_errors import RootsLostError
from tests.support.store.access_samples import LI, WANG, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT, demo_roots, notice, paper

LATER = AT + timedelta(minutes=5)
SIGNED_IN: dict[str, object] = {"act": "signed-in", "role": "clerk", "slots": 1}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A ledger with a notice of a clerk, opened by a supervisor."""
    folder = tmp_path / "data"
    locked_folder(folder)
    desk = Desk.open(folder, AT, who=pass_of(folder))
    desk._store.ledger.issue(notice(1, clerk=LI), paper)  # noqa: SLF001 - a notice, not a day
    desk.close()
    opened = open_store(folder, pass_of(folder, ZHAO).key)
    yield opened
    opened.close(with_backup=False)


def told_of(store: Store, key: ChainKey, event: NewEvent) -> list[str]:
    """Write an event past the program, and say what verifying tells of it."""
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program's own checks
        database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (event.kind,))
        journal.append(database, key, event)
    return [fault.text for fault in store.ledger.verify() if fault is not None]


IN_A_CLERKS_NAME = {
    "a print": NewEvent("reprint", LATER, LI, 1, 2),
    "a number shown": NewEvent("reveal", LATER, LI, 1, detail={}),
    "a sign-in": NewEvent("sign-in", LATER, LI, detail=SIGNED_IN),
    "an own secret": NewEvent(
        "sign-in", LATER, LI, detail={"act": "secret-changed", "name": LI, "key": "7" * 64}
    ),
    "a new person": NewEvent(
        "sign-in", LATER, LI, detail={"act": "clerk-added", "name": "孙", "role": "clerk"}
    ),
    "a restore": NewEvent("restore", LATER, LI, detail={"over": "failing"}),
    "a restore over a sound ledger": NewEvent("restore", LATER, LI, detail={"over": "sound"}),
    "rules": NewEvent("import", LATER, LI, detail={"roots": 2}),
    "settings": NewEvent("settings", LATER, LI, detail={}),
    "a hall": NewEvent("hall", LATER, LI, detail={"act": "confirmed"}),
    "a masked export": NewEvent("export", LATER, LI, detail={"masked": True}),
    "an entry": NewEvent("entered", LATER, LI, 1, detail={}),
    "a draft of rules": NewEvent(
        "rule-draft", LATER, LI, detail={"act": "begun", "code": "c", "draft": 1, "position": 1}
    ),
}


@pytest.mark.parametrize("act", IN_A_CLERKS_NAME.values(), ids=IN_A_CLERKS_NAME)
def test_a_supervisor_does_nothing_in_a_clerks_name(store: Store, act: NewEvent) -> None:
    found = told_of(store, store.chain_key, act)
    assert len(found) == 1
    assert f"写的是“{LI}”，签名的是“{ZHAO}”" in found[0]


def test_a_supervisor_issues_nothing_in_a_clerks_name(store: Store) -> None:
    store.ledger.issue(notice(2, clerk=LI, issued_at=LATER), paper)
    found = [fault.text for fault in store.ledger.verify() if fault is not None]
    assert any(f"写的是“{LI}”，签名的是“{ZHAO}”" in text for text in found)


AGREED_TO = {
    "a void": NewEvent("void", LATER, LI, 1, detail={"reason": "填错"}),
    "a clock": NewEvent("override", LATER, LI, detail={"reason": "校准"}),
    "an unmasked export": NewEvent("export", LATER, LI, detail={"masked": False}),
    "a draft taken over": NewEvent(
        "rule-draft",
        LATER,
        LI,
        detail={"act": "taken-over", "code": "c", "draft": 1, "position": 1},
    ),
}


@pytest.mark.parametrize("act", AGREED_TO.values(), ids=AGREED_TO)
def test_what_a_supervisor_agrees_to_bears_the_name_of_who_does_it(
    store: Store, act: NewEvent
) -> None:
    assert told_of(store, store.chain_key, act) == []


def test_a_clerk_takes_no_draft_over_by_the_own_word(store: Store, tmp_path: Path) -> None:
    signer = pass_of(tmp_path / "data").key.signer
    assert signer is not None
    found = told_of(store, replace(store.chain_key, signer=signer), AGREED_TO["a draft taken over"])
    assert [f"要主管签名，签名的是“{LI}”" in text for text in found] == [True]


@pytest.mark.parametrize("named", [LI, WANG])
def test_nobody_tells_what_an_auditor_did_without_the_auditors_own_signature(
    store: Store, named: str
) -> None:
    said = ["export", journal.stamp(LATER), WANG, {"masked": False}]
    signer = store.chain_key.signer
    word = {"said": said, "public": signer.public, "signature": signer.sign(code_of(said))}
    told = {"act": "auditor-told", "role": "auditor", "slots": 1, "name": named, **word}
    found = told_of(store, store.chain_key, NewEvent("sign-in", LATER, ZHAO, detail=told))
    assert len(found) == 1
    assert "审计人员" in found[0]


BY_NOBODY = {
    "keys of an office": NewEvent("import", LATER, "", detail={"origin": "shipped", "roots": 99}),
    "rules of a hall": NewEvent(
        "import", LATER, "", detail={"origin": "shipped", "hall_rules": "7" * 64}
    ),
    "a sign-in": NewEvent("sign-in", LATER, "", detail={**SIGNED_IN, "slots": 999999}),
    "a note of an auditor": NewEvent(
        "sign-in", LATER, "", detail={"act": "auditor-told", "slots": 999999}
    ),
}


@pytest.mark.parametrize("act", BY_NOBODY.values(), ids=BY_NOBODY)
def test_nobody_does_what_somebody_must_have_done(store: Store, act: NewEvent) -> None:
    as_desk = replace(store.chain_key, signer=store.chain_key.desk)
    assert len(told_of(store, as_desk, act)) == 1


def test_the_recovery_key_signs_what_is_said_at_the_door_for_who_typed_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    text = locked_folder(folder)
    desk = Desk.open(folder, AT, who=sign_in.recover(folder, text))
    key = desk._store.chain_key  # noqa: SLF001 - past the program's own checks
    renewed = {"act": "recovery-renewed", "hall": "7" * 64}
    found = told_of(desk._store, key, NewEvent("sign-in", LATER, ZHAO, detail=renewed))  # noqa: SLF001 - as above
    desk.close(with_backup=False)
    assert found == []


def test_keys_of_an_office_that_nobody_took_in_by_name_are_told_without_one(
    tmp_path: Path,
) -> None:
    opened = open_store(tmp_path / "data")
    opened.note(NewEvent("import", AT, "", detail={"roots": 99}))
    with pytest.raises(RootsLostError) as refused:
        opened.roots.require_all(demo_roots())
    opened.close(with_backup=False)
    assert "“”" not in refused.value.text
    assert "没有写经办人" in refused.value.text
    assert refused.value.text.count("没有导入") == 1
