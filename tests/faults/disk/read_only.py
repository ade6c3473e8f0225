"""A folder or a file that cannot be written or read."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.checking import Said, canaries_in, fault_of, read_said
from tests.faults.counter import ID_NUMBER, NAME, issue_two, opened, serve
from tests.faults.process.forking import Fork, warm_up
from tests.faults.rows import Figures, note
from tests.faults.scenes import memory_disk
from tests.support.system.rights import NOBODY, give_to_plain_user

ROOT = Path(__file__).resolve().parents[3]
BAD = ("issued all the same", "without a sentence", "corrupt", "canaries")
# What loses which rights, and whether a notice may still be issued.
CASES: dict[str, tuple[str, int, bool]] = {
    "the folder": (".", 0o500, False),
    "the folder, not even to be read": (".", 0o000, False),
    "the ledger": ("ledger.db", 0o400, False),
    "the ledger, not even to be read": ("ledger.db", 0o000, False),
    "the journal": ("ledger.db-journal", 0o400, True),
    "the cache of rules": ("rules.db", 0o400, False),
    "the bundles": ("bundles", 0o500, True),
    "the backups": ("backups", 0o500, True),
    "the logs": ("logs", 0o500, True),
    "the key file": ("keyslots.json", 0o400, True),
    "the key file, not even to be read": ("keyslots.json", 0o000, False),
    "the anchor": ("anchor.json", 0o400, True),
    "the lock": ("owner.lock", 0o400, True),
}


def without_rights() -> Figures:
    """Take rights away, let somebody who is not the administrator work, look at what he is told."""
    warm_up()
    figures = dict.fromkeys(("cases", "issued", "read-only with a reason", *BAD), 0)
    for name, (place, mode, may_issue) in CASES.items():
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            home = _home(Path(room))
            spoilt = home / "data" / place
            kept = spoilt.stat().st_mode
            spoilt.chmod(mode)
            said, errors = _work_as_nobody(home)
            spoilt.chmod(kept)
            _count(name, read_said(said), said + errors, figures, may_issue=may_issue)
            _judge(home, read_said(said), figures)
    return figures


def mounted_read_only() -> Figures:
    """Mount the folder read-only where the system lets us, for the administrator too."""
    figures = dict.fromkeys(("cases", "issued", "read-only with a reason", *BAD), 0)
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        home = _home(Path(room))
        mounts = 'mount --bind $0 $0 && mount -o remount,ro,bind $0 && shift 0 && exec "$@"'
        words = [sys.executable, "-m", "tests.faults.counter", "day", str(home), "ro"]
        told = subprocess.run(
            ["unshare", "-m", "sh", "-c", mounts, str(home / "data"), *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if "TRY" not in told.stdout and "CLOSED" not in told.stdout:
            note("row 6: this machine lets nobody mount a folder read-only")
            return figures
        said = read_said(told.stdout)
        _count("mounted", said, told.stdout + told.stderr, figures, may_issue=False)
        _judge(home, said, figures)
    return figures


def _home(room: Path) -> Path:
    """A home with two notices in it that belongs to nobody in particular."""
    home = room / "home"
    home.mkdir()
    quiet = Fork(lambda: issue_two(home, "before"))
    quiet.end()
    opened(home).close()
    if os.geteuid() == 0:
        room.chmod(0o755)
    give_to_plain_user(home)
    return home


def _work_as_nobody(home: Path) -> tuple[str, str]:
    def act() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        serve("day", home, "spoilt")

    ended = Fork(act).end()
    return ended.said, ended.errors


def _count(name: str, said: Said, told: str, figures: Figures, *, may_issue: bool) -> None:
    figures["cases"] += 1
    figures["issued"] += bool(said.acknowledged)
    refused = any(each == "StoreReadOnlyError" for _, each in said.refused)
    figures["read-only with a reason"] += refused or "CLOSED" in told
    figures["issued all the same"] += bool(said.acknowledged) and not may_issue
    silent = not said.acknowledged and not refused and "CLOSED" not in told
    if said.broke or silent or "Traceback" in told:
        figures["without a sentence"] += 1
        sys.stderr.write(f"{name}: {told[-1500:]}\n")
    elif bool(said.acknowledged) != may_issue:
        sys.stderr.write(f"{name}: {told[-300:]}\n")
    figures["canaries"] += sum(canary in told for canary in (NAME, ID_NUMBER))


def _judge(home: Path, said: Said, figures: Figures) -> None:
    found = fault_of(home / "data", said)
    if found is not None:
        figures["corrupt"] += 1
        sys.stderr.write(f"{found}\n")
    figures["canaries"] += len(canaries_in(home, (NAME, ID_NUMBER)))
