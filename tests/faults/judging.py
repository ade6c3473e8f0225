"""What must hold of a home after a fault, by the scene it struck in."""

from contextlib import suppress
from pathlib import Path

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import SignInRefusedError
from medcounter.desk.access.sign_in import LOCKED
from medcounter.errors import MedCounterError
from medcounter.store.opening.open_store import open_store
from medcounter.store.restoring.restore import restore
from tests.faults.checking import (
    Fault,
    Said,
    fault_of,
    fault_of_backups,
    fault_of_rules,
)
from tests.faults.counter import AT, BACKUP, NEW_REVISION, NEW_SECRET
from tests.faults.quick_stretching import quick_stretching
from tests.faults.scenes import LOST_ANCHOR, SCENES
from tests.support.store.access_samples import SECRETS, ZHAO

OLD_REVISIONS = {1}


def judge(scene: str, home: Path, said: Said) -> Fault | None:
    """Open what a fault left and go on as a clerk would; what is wrong, if anything is."""
    folder, what = home / "data", SCENES[scene]
    if said.broke:
        return Fault("bad", f"an exception without a sentence: {said.broke[0]}")
    if scene == "restore over spoilt":
        _restore_again(folder)
    if what.work == "sign in":
        sign_in.tries_at.cache_clear()
        with quick_stretching():
            given = sign_in.sign_in(folder, ZHAO, SECRETS[ZHAO])
        return fault_of(folder, said, key=given.key)
    if what.work in {"set up", "change secret"}:
        return _fault_of_access(folder, said)
    if what.gaps:
        if scene == LOST_ANCHOR:
            open_store(folder, at=AT).close(with_backup=False)
        cut_off = what.work == "restore" and "restore" not in said.done
        before = Said((), ()) if cut_off else said
        return fault_of(folder, before, what.used, gaps=True)
    found = fault_of(folder, said)
    if found is None and what.work in {"backup", "day"}:
        found = fault_of_backups(folder, folder / "backups")
        found = found or fault_of_backups(folder, home / "stick")
    if found is None and what.work == "import":
        found = fault_of_rules(folder, said, {*OLD_REVISIONS, NEW_REVISION})
    return found


def _restore_again(folder: Path) -> None:
    """Restore once more where the ledger is still the spoilt one."""
    try:
        open_store(folder).close(with_backup=False)
    except MedCounterError:
        restore(folder, BACKUP, AT)


def _fault_of_access(folder: Path, said: Said) -> Fault | None:
    """See that sign-in is off as before or on as wanted, and who gets in."""
    sign_in.tries_at.cache_clear()
    if sign_in.state(folder).kind != LOCKED:
        return Fault("lost", "sign-in") if "locked" in said.done else fault_of(folder, said)
    secrets = [NEW_SECRET] if "changed" in said.done else [SECRETS[ZHAO], NEW_SECRET]
    for secret in secrets:
        with suppress(SignInRefusedError):
            return fault_of(folder, said, key=sign_in.sign_in(folder, ZHAO, secret).key)
    return Fault("unread", "nobody gets in")
