"""Kill the counter at any moment, and at each system call it makes."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from medcounter.desk.desk import Desk
from tests.faults.checking import Result, canaries_in, fault_of, read_said
from tests.faults.counter import AT, ID_NUMBER, NAME

ROOT = Path(__file__).resolve().parents[2]
# The rare ones first, so that the many writes take what time is left.
CALLS = ("rename", "unlink", "ftruncate", "fsync", "openat", "close", "pwrite64")
FAILING = ("ftruncate", "fsync", "pwrite64")
NOTICES = 2
# A module compiled on the way would be one more file written.
QUIET = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
SWEPT = "rules swept to the end"


def fresh_folder(home: Path) -> Path:
    """A folder in which a counter was opened once and closed."""
    folder = home / "data"
    Desk.open(folder, AT).close()
    return folder


def kill_at_random(kills: int) -> Result:
    """Row 1: kill -9 up to some milliseconds into a transaction, again and again."""
    chance = random.SystemRandom()
    acknowledged: list[str] = []
    figures = {"kills": 0, "acknowledged": 0, "lost": 0, "corrupt": 0, "canaries": 0}
    with tempfile.TemporaryDirectory() as home:
        folder = fresh_folder(Path(home))
        command = [sys.executable, "-m", "tests.faults.counter", str(folder)]
        with subprocess.Popen(command, cwd=ROOT, stdin=-1, stdout=-1, text=True) as counters:
            for run in range(kills):
                output = _kill_one(counters, f"{run}", chance)
                acknowledged += read_said(output).acknowledged
                figures["kills"] += 1
                # Every tenth time all of it, else only what this counter said.
                last = tuple(acknowledged if run % 10 == 9 else acknowledged[-6:])
                found = fault_of(folder, read_said(output)._replace(acknowledged=last))
                if found is not None:
                    figures["lost" if found[0] == "lost" else "corrupt"] += 1
            assert counters.stdin is not None
            counters.stdin.close()
        figures["acknowledged"] = len(acknowledged)
        figures["canaries"] = len(canaries_in(Path(home), (NAME, ID_NUMBER)))
        if len(set(acknowledged)) != len(acknowledged):
            figures["corrupt"] += 1
    return Result("1", "kill -9 while issuing", figures, ("lost", "corrupt", "canaries"))


def _kill_one(counters: "subprocess.Popen[str]", tag: str, chance: random.Random) -> str:
    assert counters.stdin is not None
    assert counters.stdout is not None
    counters.stdin.write(f"{tag}\n")
    counters.stdin.flush()
    said: list[str] = []
    counter, wanted = 0, chance.randint(0, 4)
    while not counter or sum(line.startswith("ACK") for line in said) < wanted:
        said.append(counters.stdout.readline())
        if said[-1].startswith("PID"):
            counter = int(said[-1].split()[1])
        elif said[-1].startswith(("CLOSED", "GONE")) or not said[-1]:
            raise RuntimeError(said)
    select.select([counters.stdout], [], [], chance.uniform(0, 0.03))
    os.kill(counter, signal.SIGKILL)
    while said[-1] != "GONE\n":
        said.append(counters.stdout.readline())
    return "".join(said)


def kill_at_each_call(seconds: float) -> Result:
    """Row 2: killed at the N-th call of each kind, N counted up until it ends by itself."""
    figures = {"injections": 0, "acknowledged": 0, "lost": 0, "corrupt": 0, SWEPT: 0}
    rules = [(call, f"{call}:signal=KILL:when={{}}") for call in CALLS]
    _sweep(rules, seconds, figures)
    return Result("2", "killed at a system call", figures, ("lost", "corrupt"))


def fail_calls(error: str, row: str, seconds: float) -> Result:
    """Rows 4 and 5: a call fails once, or from then on for ever."""
    figures = {"injections": 0, "acknowledged": 0, "lost": 0, "corrupt": 0, "wrong statements": 0}
    figures[SWEPT] = 0
    whens = ("{}", "{}+")
    rules = [(call, f"{call}:error={error}:when={when}") for call in FAILING for when in whens]
    _sweep(rules, seconds, figures)
    said = "the disk fails" if error == "EIO" else "the disk is full"
    return Result(row, f"{said} ({error})", figures, ("lost", "corrupt", "wrong statements"))


def _sweep(rules: list[tuple[str, str]], seconds: float, figures: dict[str, int]) -> None:
    """Count each rule's place up until it is never reached; an equal share of time for each."""
    until = time.monotonic() + seconds
    for place, (call, rule) in enumerate(rules):
        left = (until - time.monotonic()) / (len(rules) - place)
        end = time.monotonic() + left
        for count in range(1, 10_000):
            if _inject(call, rule.format(count), figures) == 0:
                figures[SWEPT] += 1
                break
            if time.monotonic() > end:
                break


def _inject(call: str, rule: str, figures: dict[str, int]) -> int:
    """Run a counter under one rule; give how often strace applied it."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as home:
        folder = Path(shutil.copytree(_template(), Path(home) / "data"))
        log = Path(home) / "trace"
        traced = ["strace", "-f", "-qq", "-o", str(log)]
        if call in {"openat", "close"}:  # else those of every import count
            traced += [f"-P{path}" for path in (folder, *_watched(folder))]
        words = [*traced, "-e", f"trace={call}", "-e", f"inject={rule}"]
        command = [*words, sys.executable, "-m", "tests.faults.counter", str(folder), "t"]
        told = subprocess.run(
            [*command, str(NOTICES)],
            cwd=ROOT,
            capture_output=True,
            check=False,
            env=QUIET,
            timeout=120,
        )
        trace = log.read_text(errors="replace")
        applied = trace.count("(INJECTED)") + trace.count("killed by SIGKILL")
        said = read_said(told.stdout.decode())
        found = fault_of(folder, said)
        figures["injections"] += 1 if applied else 0
        figures["acknowledged"] += len(said.acknowledged)
        if found is not None:
            name = {"lost": "lost", "wrong": "wrong statements"}.get(found[0], "corrupt")
            figures[name] += 1
            sys.stderr.write(f"{rule}: {found}\n")
        return applied


def _watched(folder: Path) -> list[Path]:
    names = ("ledger.db", "ledger.db-journal", "anchor.json", "rules.db", "rules.db-journal")
    return [*(folder / name for name in names), folder / "backups", folder / "logs"]


def _template() -> Path:
    """A folder in which one counter was opened and closed; made once a run."""
    if not _made:
        _made.append(fresh_folder(Path(tempfile.mkdtemp(prefix="faults-"))))
    return _made[0]


def forget_template() -> None:
    """Delete what the injections started from."""
    for folder in _made:
        shutil.rmtree(folder.parent)
    _made.clear()


_made: list[Path] = []
