"""A clock that is set back, forward or to another zone, also while the program runs.

Usage: ``python -m tests.faults.process.clocks HOME``, under libfaketime, issues one
notice for each line it reads and says when the clock says it was.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from medcounter.desk.desk import Desk
from medcounter.errors import MedCounterError
from medcounter.store.store_errors import ClockBackError
from tests.faults.checking import fault_of, read_said
from tests.faults.counter import AT, RESIDENT, ROOTS, opened, say
from tests.faults.rows import Figures
from tests.faults.scenes import memory_disk
from tests.support.desk.counter_samples import issue_seen
from tests.support.store.store_samples import raw

ROOT = Path(__file__).resolve().parents[3]
SLACK = timedelta(minutes=5)
# The ledger keeps times to the second.
SECOND = timedelta(seconds=1)
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "UTC", "America/New_York", "Pacific/Auckland")
LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
BAD = ("back and accepted", "right and refused", "times running back", "corrupt")


def serve(home: Path) -> None:
    """Issue at what the clock says now, for each line read."""
    desk = Desk.open(home / "data", _now(), roots=ROOTS)
    for line in sys.stdin:
        at = _now()
        say(f"AT {at.isoformat()}")
        say(f"TRY {line.strip()}")
        try:
            issued = issue_seen(desk, desk.outcome(RESIDENT, at.date()), at, line.strip())
            say(f"ACK {issued.notice.number}")
        except MedCounterError as err:
            say(f"REFUSED {type(err).__name__}")
    desk.close()


def _now() -> datetime:
    return datetime.now().astimezone()


def jump(starts: int, jumps: int) -> Figures:
    """Let the clock jump before each start and, in each run, before each notice."""
    figures = dict.fromkeys(("starts", "jumps", "accepted", "refused as back", *BAD), 0)
    chance = random.SystemRandom()
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        home = Path(room) / "home"
        opened(home).close()
        newest, said = AT, ""
        for start in range(starts):
            told, newest = _run(home, Path(room) / "clock", chance, (jumps, start, newest, figures))
            said += told
            figures["starts"] += 1
        found = fault_of(home / "data", read_said(said))
        figures["corrupt"] += found is not None
        figures["times running back"] += _running_back(home / "data")
    return figures


def _run(
    home: Path, clock: Path, chance: random.Random, run: tuple[int, int, datetime, Figures]
) -> tuple[str, datetime]:
    """One start with its jumps; what it said and the newest time the ledger knows."""
    jumps, start, newest, figures = run
    zone = chance.choice(ZONES)
    environment = {
        **os.environ,
        "LD_PRELOAD": LIBRARY,
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "TZ": zone,
    }
    _set(clock, newest, zone)
    words = [sys.executable, "-m", "tests.faults.process.clocks", str(home)]
    said = ""
    with subprocess.Popen(
        words, cwd=ROOT, env=environment, stdin=-1, stdout=-1, text=True
    ) as counter:
        assert counter.stdin is not None
        assert counter.stdout is not None
        for number in range(jumps):
            _set(clock, newest + _leap(chance), zone)
            counter.stdin.write(f"{start}-{number}\n")
            counter.stdin.flush()
            lines = [counter.stdout.readline() for _ in range(3)]
            at = datetime.fromisoformat(lines[0].split()[1])
            refused = ClockBackError.__name__ in lines[2]
            accepted = lines[2].startswith("ACK")
            figures["jumps"] += 1
            figures["accepted"] += accepted
            figures["refused as back"] += refused
            # Else the rules have no notice for that day.
            figures["back and accepted"] += at < newest - SLACK - SECOND and accepted
            figures["right and refused"] += at > newest - SLACK + SECOND and refused
            newest = max(newest, at) if accepted else newest
            said += "".join(lines)
        counter.stdin.close()
    return said, newest


def _leap(chance: random.Random) -> timedelta:
    """Some seconds, minutes, hours or days, mostly forward by little."""
    unit = chance.choice((1, 1, 1, 60, 60, 3600, 86_400))
    return timedelta(seconds=unit * chance.randint(-30, 20))


def _set(clock: Path, at: datetime, zone: str) -> None:
    """Tell libfaketime the time, in the zone of the process, as it reads it."""
    made = clock.with_suffix(".new")
    made.write_text(f"@{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}\n")
    shutil.move(made, clock)


def _running_back(folder: Path) -> int:
    with raw(folder) as database:
        rows = database.query("SELECT at FROM event ORDER BY id")
        times = [datetime.fromisoformat(row["at"]) for row in rows]
    return sum(later < earlier for earlier, later in pairwise(times))


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
