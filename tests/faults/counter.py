"""The program's scripted mode: a counter that says each thing after its commit.

Usage: ``python -m tests.faults.counter WORK HOME TAG``, with ``HOME/data`` as
the data folder and ``HOME/stick`` as a second place. Says ``TRY request``, then ``ACK
number`` once the desk has given the notice back, ``REFUSED class`` when it
refused, ``DONE what`` after anything else. Every person it serves is a
canary: no file may show the name.
"""

import itertools
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from medcounter.bundle import shipped, signed_package
from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.desk.desk_records import UpdatePlan
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.household import Household
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.errors import MedCounterError
from medcounter.rules import load
from medcounter.store.restoring.restore import restore
from medcounter.store.rules import rule_store
from tests.faults.quick_stretching import quick_stretching
from tests.support.desk.counter_samples import issue_seen
from tests.support.desk.desk_samples import newer_rules
from tests.support.store.access_samples import CLERKS, LI, SECRETS, ZHAO
from tests.support.store.store_samples import demo_roots

AT = datetime(2025, 3, 5, 14, 32, tzinfo=timezone(timedelta(hours=8)))
NAME = "金丝雀甲"
ID_NUMBER = "11010519491231002X"
RESIDENT = Draft(region="360000", benefit_year=2025, name=NAME, id_number=ID_NUMBER)
NEW_REVISION = 7
NEW_SECRET = "qing shan lu shui"  # noqa: S105 - an invented clerk's
BACKUP = "ledger-20250305-000000004.db"
ROOTS = demo_roots()


def remember_rules() -> None:
    """Read the same bytes of rules only once a process; a fork inherits what was read.

    Reading is a pure function of the bytes and takes most of a start's time.
    """
    remembered = cache(load.read_bundle)
    for user in (signed_package, shipped, rule_store):
        vars(user)["read_bundle"] = remembered  # what they imported it as


def say(text: str) -> None:
    """Write a line past every buffer, so that a kill loses none.

    By another call than files are written with, so that no fault strikes it.
    """
    os.writev(1, [f"{text}\n".encode()])


def opened(home: Path) -> Desk:
    """The desk of a home, with the demo roots."""
    return Desk.open(home / "data", AT, roots=ROOTS)


def issue(desk: Desk, request: str) -> str:
    """Issue one notice and say so; its number, empty when it was refused."""
    say(f"TRY {request}")
    try:
        issued = issue_seen(desk, _outcome(desk), AT, request)
    except MedCounterError as err:
        say(f"REFUSED {type(err).__name__}")
        return ""
    say(f"ACK {issued.notice.number}")
    return issued.notice.number or ""


def _outcome(desk: Desk) -> Outcome:
    """What the resident comes to by the desk's rules; computed once for each."""
    rules_in_use = desk.rules.state.sha256
    if rules_in_use not in _outcomes:
        _outcomes[rules_in_use] = desk.outcome(RESIDENT, AT.date())
    return _outcomes[rules_in_use]


_outcomes: dict[str, Outcome] = {}


def tried(what: str, act: Callable[[], object]) -> object:
    """Do anything else, and say that it was done or refused."""
    try:
        given = act()
    except MedCounterError as err:
        say(f"UNDONE {what} {type(err).__name__}")
        return None
    say(f"DONE {what}")
    return given


def issue_on(home: Path, tag: str) -> None:
    """Issue notices until killed."""
    desk = opened(home)
    for click in itertools.count():
        issue(desk, f"{tag}-{click}")


def issue_two(home: Path, tag: str) -> None:
    """Open, issue two notices, back up and close."""
    desk = opened(home)
    for click in range(2):
        issue(desk, f"{tag}-{click}")
    tried("close", desk.close)


def whole_day(home: Path, tag: str) -> None:
    """What a counter does in a day, once each."""
    desk = opened(home)
    tried("draft", lambda: desk.households.save(Household((RESIDENT,)), AT))
    first, second = issue(desk, f"{tag}-0"), issue(desk, f"{tag}-1")
    tried("undraft", desk.households.clear)
    if first:
        tried(f"printed {first} 1", lambda: desk.notices.mark_printed(first, 1, AT, ok=True))
        tried(f"reprint {first} 2", lambda: desk.notices.reprint(first, AT))
        tried(f"failed {first} 2", lambda: desk.notices.mark_printed(first, 2, AT, ok=False))
    if second:
        tried(f"void {second}", lambda: desk.notices.void(second, "姓名填错", AT))
    tried("settings", lambda: desk.save_settings(replace(desk.settings, clerk="李晓"), AT))
    tried("backup", desk.backups.back_up)
    issue(desk, f"{tag}-2")
    tried("close", desk.close)


def import_rules(home: Path, tag: str) -> None:
    """Take newer rules in and issue by them."""
    desk = opened(home)
    issue(desk, f"{tag}-0")
    plan = planned()
    tried(f"import {NEW_REVISION}", lambda: desk.rules.install(plan, AT))
    issue(desk, f"{tag}-1")
    tried("close", desk.close)


@cache
def planned() -> UpdatePlan:
    """The newer rules, proven against those that ship."""
    import tempfile  # noqa: PLC0415 - only this work needs a folder of its own

    with tempfile.TemporaryDirectory() as home:
        desk = opened(Path(home))
        try:
            return desk.rules.planner(newer_rules(revision=NEW_REVISION))()
        finally:
            desk.close()


def back_up(home: Path, tag: str) -> None:
    """Back up here and at a second place."""
    desk = opened(home)
    issue(desk, f"{tag}-0")
    tried("backup", desk.backups.back_up)
    tried("stick", lambda: desk.backups.back_up(home / "stick"))
    tried("close", desk.close)


def put_back(home: Path, tag: str) -> None:
    """Put the newest backup in the ledger's place and issue."""
    if tried("restore", lambda: restore(home / "data", BACKUP, AT)) is not None:
        issue_two(home, tag)


def set_up(home: Path, _tag: str) -> None:
    """Turn sign-in on."""
    begun = sign_in.begin(home / "data")
    tried("locked", lambda: begun.finish(CLERKS, begun.recovery_text, AT))


def change_secret(home: Path, tag: str) -> None:
    """Sign in, take another secret, and send a clerk away."""
    folder = home / "data"
    given = sign_in.sign_in(folder, ZHAO, SECRETS[ZHAO])
    desk = Desk.open(folder, AT, roots=ROOTS, who=given)
    issue(desk, f"{tag}-0")
    old = SECRETS[ZHAO]
    tried("changed", lambda: desk.access.clerks.change_secret(ZHAO, NEW_SECRET, AT, secret=old))
    tried("removed", lambda: desk.access.clerks.remove(LI, AT))
    tried("close", desk.close)


def issue_signed_in(home: Path, tag: str) -> None:
    """Sign in, issue two notices, back up and close."""
    folder = home / "data"
    with quick_stretching():
        given = sign_in.sign_in(folder, LI, SECRETS[LI])
    desk = Desk.open(folder, AT, roots=ROOTS, who=given)
    for click in range(2):
        issue(desk, f"{tag}-{click}")
    tried("close", desk.close)


WORKS: dict[str, Callable[[Path, str], None]] = {
    "issue": issue_two,
    "day": whole_day,
    "import": import_rules,
    "backup": back_up,
    "restore": put_back,
    "set up": set_up,
    "change secret": change_secret,
    "sign in": issue_signed_in,
    "on": issue_on,
}


def serve(work: str, home: Path, tag: str) -> None:
    """Do a work; what no sentence was made for is said as ``BROKE``."""
    try:
        WORKS[work](home, tag)
    except MedCounterError as err:
        say(f"CLOSED {type(err).__name__}")
    except Exception as err:  # noqa: BLE001 - whatever else comes out is what we look for
        say(f"BROKE {type(err).__name__}")
        os.writev(2, [traceback.format_exc().encode()])


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
