"""The program's scripted mode: a counter that says each notice after its commit.

Usage: ``python -m tests.faults.counter FOLDER TAG COUNT``. Says ``TRY n``,
then ``ACK number`` once the desk has given the notice back, or ``REFUSED
class``. Every person it serves is a canary: no file may show the name.
"""

import itertools
import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from medcounter.desk.desk import Desk
from medcounter.desk.draft import Draft
from medcounter.errors import MedCounterError

AT = datetime(2025, 3, 5, 14, 32, tzinfo=timezone(timedelta(hours=8)))
NAME = "金丝雀甲"
ID_NUMBER = "11010519491231002X"
RESIDENT = Draft(region="360000", benefit_year=2025, name=NAME, id_number=ID_NUMBER)


def say(text: str) -> None:
    """Write a line past every buffer, so that a kill loses none."""
    os.write(1, f"{text}\n".encode())


def serve(folder: Path, tag: str, count: int | None) -> None:
    """Open the desk and issue notices; without a count until killed."""
    try:
        desk = Desk.open(folder, AT)
    except MedCounterError as err:
        say(f"CLOSED {type(err).__name__}")
        return
    outcome = desk.outcome(RESIDENT, AT.date())
    for click in itertools.count() if count is None else range(count):
        say(f"TRY {tag}-{click}")
        try:
            issued = desk.issue(outcome, AT, f"{tag}-{click}")
            say(f"ACK {issued.notice.number}")
        except MedCounterError as err:
            say(f"REFUSED {type(err).__name__}")
    try:
        desk.close()
    except MedCounterError as err:
        say(f"CLOSED {type(err).__name__}")


def fork_for_each_line(folder: Path) -> None:
    """Serve in a fork for each line read: its tag; everything is imported already."""
    for line in sys.stdin:
        counter = os.fork()
        if counter == 0:
            serve(folder, line.strip(), None)
            os._exit(0)
        say(f"PID {counter}")
        os.waitpid(counter, 0)
        say("GONE")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        fork_for_each_line(Path(sys.argv[1]))
    else:
        serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
