"""The whole data folder in a stranger's hands, and a stranger at the keyboard."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import SignInRefusedError
from medcounter.desk.access.access_records import Credential
from medcounter.desk.desk import Desk
from medcounter.desk.evaluate.household import Household
from medcounter.errors import MedCounterError
from medcounter.store.folder.data_folder import DataFolder
from tests.faults.checking import canaries_in
from tests.faults.counter import AT, ID_NUMBER, NAME, RESIDENT, ROOTS, issue, say, tried
from tests.faults.process.clocks import LIBRARY, ROOT
from tests.faults.process.forking import Fork
from tests.faults.rows import Figures
from tests.faults.scenes import memory_disk
from tests.support.store.access_samples import LI, SECRETS, ZHAO, locked_folder, pass_of

EACH_START = 10


def day_of_a_supervisor(home: Path) -> None:
    """All that a desk does, by somebody who may do it."""
    folder = home / "data"
    desk = Desk.open(folder, AT, roots=ROOTS, who=sign_in.sign_in(folder, ZHAO, SECRETS[ZHAO]))
    desk.households.save(Household((RESIDENT,)), AT)
    number = issue(desk, "stolen-0")
    tried("void", lambda: desk.notices.void(number, "姓名填错", AT))
    tried("settings", lambda: desk.save_settings(replace(desk.settings, clerk="李晓"), AT))
    tried("backup", desk.backups.back_up)
    tried("stick", lambda: desk.backups.back_up(home / "stick"))
    issue(desk, "stolen-1")
    desk.households.save(Household((RESIDENT,)), AT)
    tried("reveal", lambda: desk.access.reveal(number, AT))
    tried("close", desk.close)


def look_everywhere(days: int) -> Figures:
    """Kill a day at any moment or let it end, and look for people and secrets in every file."""
    figures = {"days": 0, "files": 0, "bytes": 0, "hits": 0}
    chance = random.SystemRandom()
    for _ in range(days):
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            home = Path(room)
            recovery = locked_folder(home / "data")
            key = pass_of(home / "data", ZHAO).key.secret
            fork = Fork(lambda home=home: day_of_a_supervisor(home))  # type: ignore[misc] # at once
            fork.hear_lines(chance.randint(1, 12))
            fork.kill()
            fork.end()
            figures["days"] += 1
            files = [path for path in home.rglob("*") if path.is_file()]
            figures["files"] += len(files)
            figures["bytes"] += sum(path.stat().st_size for path in files)
            secret = (NAME, ID_NUMBER, *SECRETS.values(), recovery, key.hex(), ID_NUMBER[-8:])
            figures["hits"] += len(canaries_in(home, secret))
            figures["hits"] += sum(key in path.read_bytes() for path in files)
    return figures


def guess(tries: int) -> Figures:
    """Type wrong secrets, with a restart every tenth time."""
    figures = {"tries": 0, "restarts": 0, "looked at": 0, "turned away unread": 0, "let through": 0}
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        folder = Path(room) / "data"
        locked_folder(folder)
        for start in range(tries // EACH_START):
            told = Fork(lambda start=start: _guess(folder, start)).end().said.splitlines()  # type: ignore[misc] # at once
            figures["restarts"] += 1
            figures["tries"] += len(told)
            for line, name in (("LOOKED", "looked at"), ("EARLY", "turned away unread")):
                figures[name] += told.count(line)
            figures["let through"] += len(told) - told.count("LOOKED") - told.count("EARLY")
        figures["let through"] += sign_in.wait_seconds(folder, LI) == 0
    return figures


def put_back(starts: int) -> Figures:
    """Put the record of tries back as it was before the first one, and start again and again."""
    figures = {"tries": 0, "restarts": 0, "files put back": 0, "let through": 0}
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        folder = Path(room) / "data"
        locked_folder(folder)
        paths = DataFolder(folder)
        fresh = {path: path.read_bytes() for path in (paths.tries, paths.tries_copy)}
        looked = 0
        for start in range(starts):
            path = (paths.tries, paths.tries_copy)[start % 2]
            path.write_bytes(fresh[path])
            figures["files put back"] += 1
            told = Fork(lambda start=start: _guess(folder, start)).end().said.splitlines()  # type: ignore[misc] # at once
            figures["restarts"] += 1
            figures["tries"] += len(told)
            looked += told.count("LOOKED")
        # Three tries are free, once; whatever was put back, no start gave three more.
        figures["let through"] += max(looked - 3, 0)
    return figures


def guess_by_the_clock(starts: int) -> Figures:
    """Restart with the clock set to another day each time, and guess."""
    figures = {"tries": 0, "restarts": 0, "let through": 0}
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        folder = Path(room) / "data"
        locked_folder(folder)
        for start in range(starts):
            days = (30, -30, 400, -1)[start % 4]
            words = ["-m", "tests.faults.secrets.stolen_laptop", str(folder), str(start)]
            told = subprocess.run(
                [sys.executable, *words],
                cwd=ROOT,
                # No user can set the clock that only counts up, so it is not faked either.
                env={
                    **os.environ,
                    "LD_PRELOAD": LIBRARY,
                    "FAKETIME": f"{days:+d}d",
                    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                },
                capture_output=True,
                text=True,
                check=True,
            ).stdout.splitlines()
            figures["restarts"] += 1
            figures["tries"] += len(told)
            # Three tries are free; then every start waits anew.
            figures["let through"] += told.count("IN")
            figures["let through"] += start > 0 and told.count("LOOKED") > 0
    return figures


def _guess(folder: Path, start: int) -> None:
    # A program that was just started; nobody can set the clock it waits by.
    sign_in.tries_at.cache_clear()
    for number in range(EACH_START):
        try:
            sign_in.sign_in(folder, LI, f"{start:03d}{number:03d}")
            say("IN")
        except SignInRefusedError as err:
            say("EARLY" if "才能再试" in err.text else "LOOKED")


def lose_slots(cases: int) -> Figures:
    """Delete or spoil the slots in one file or in both; a clerk or the recovery key must open."""
    figures = {"cases": 0, "opened by a clerk": 0, "opened by recovery": 0, "unrecovered": 0}
    chance = random.SystemRandom()
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        folder = Path(room) / "data"
        recovery = locked_folder(folder)
        paths, kept = DataFolder(folder), Path(room) / "kept"
        shutil.copytree(folder, kept)
        for run in range(cases):
            change = CHANGES[run % len(CHANGES)]
            change(paths, chance)
            figures["cases"] += 1
            figures[_way_in(folder, recovery)] += 1
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)
    return figures


def _flip(path: Path, chance: random.Random) -> None:
    spoilt = bytearray(path.read_bytes())
    spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    path.write_bytes(spoilt)


def _flip_clerk(path: Path) -> None:
    """Spoil a clerk's slot in a way that leaves the file readable."""
    path.write_bytes(path.read_bytes().replace(LI.encode(), "李小".encode()))


def _flip_both_ways(paths: DataFolder, chance: random.Random) -> None:
    _flip(paths.key_file, chance)
    _flip_clerk(paths.key_copy)


def _flip_in_both(paths: DataFolder, _chance: random.Random) -> None:
    for place in (paths.key_file, paths.key_copy):
        _flip_clerk(place)


CHANGES: tuple[Callable[[DataFolder, random.Random], object], ...] = (
    lambda paths, _: paths.key_file.unlink(),
    lambda paths, _: paths.key_copy.unlink(),
    lambda paths, chance: _flip(paths.key_file, chance),
    lambda paths, chance: _flip(paths.key_copy, chance),
    lambda paths, _: paths.key_file.write_bytes(b""),
    lambda paths, _: paths.key_file.write_bytes(paths.key_file.read_bytes()[:100]),
    _flip_in_both,
    _flip_both_ways,
)


def _way_in(folder: Path, recovery: str) -> str:
    """Who still gets in, and the ledger opens for them."""
    sign_in.tries_at.cache_clear()
    refusals: list[str] = []
    ways: dict[str, Callable[[], Credential]] = {
        "opened by a clerk": lambda: sign_in.sign_in(folder, LI, SECRETS[LI]),
        "opened by recovery": lambda: sign_in.recover(folder, recovery),
    }
    for way, enter in ways.items():
        try:
            desk = Desk.open(folder, AT, who=enter())
        except MedCounterError as err:
            refusals.append(f"not {way}: {type(err).__name__}")
            continue
        desk.close()
        return way
    sys.stderr.write(f"{refusals}\n")
    return "unrecovered"


if __name__ == "__main__":
    _guess(Path(sys.argv[1]), int(sys.argv[2]))
