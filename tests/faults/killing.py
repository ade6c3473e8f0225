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
CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "openat", "close")
FAILING = ("pwrite64", "fdatasync", "fsync", "ftruncate")
NOTICES = 2


def fresh_folder(home: Path) -> Path:
    """A folder in which a counter was opened once and closed."""
    folder = home / "data"
    Desk.open(folder, AT).close()
    return folder


def kill_at_random(kills: int) -> Result:
    """Row 1: kill -9 up to some milliseconds into a transaction, again and again."""
    chance = random.Random(20250305)  # noqa: S311 - repeatable
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
    return Result(
        "1", "kill -9 while issuing", f"--kills {kills}", figures, ("lost", "corrupt", "canaries")
    )


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
    select.select([counters.stdout], [], [], chance.uniform(0, 0.03))
    os.kill(counter, signal.SIGKILL)
    while said[-1] != "GONE\n":
        said.append(counters.stdout.readline())
    return "".join(said)


def kill_at_each_call(seconds: float) -> Result:
    """Row 2: killed at the N-th call of each kind, N counted up until it ends by itself."""
    figures = {"injections": 0, "acknowledged": 0, "lost": 0, "corrupt": 0, "kinds ended": 0}
    for call in _in_turn(CALLS, seconds, figures):
        until = time.monotonic() + seconds / len(CALLS)
        step = 7 if call in {"openat", "close"} else 1  # mostly imports; not every one of them
        for when in range(1, 10_000, step):
            done = _inject(f"{call}:signal=KILL:when={when}", figures)
            if done == 0:
                figures["kinds ended"] += 1
                break
            if time.monotonic() > until:
                break
    return Result(
        "2", "killed at a system call", f"--sweep {seconds:.0f}", figures, ("lost", "corrupt")
    )


def fail_calls(error: str, row: str, seconds: float) -> Result:
    """Rows 4 and 5: a call fails once, or from then on for ever."""
    figures = {"injections": 0, "acknowledged": 0, "lost": 0, "corrupt": 0, "wrong statements": 0}
    for call in _in_turn(FAILING, seconds, figures):
        for when in ("{}", "{}+"):
            until = time.monotonic() + seconds / len(FAILING) / 2
            for count in range(1, 10_000):
                rule = f"{call}:error={error}:when={when.format(count)}"
                if _inject(rule, figures) == 0 or time.monotonic() > until:
                    break
    said = "the disk fails" if error == "EIO" else "the disk is full"
    bad = ("lost", "corrupt", "wrong statements")
    return Result(row, f"{said} ({error})", f"--sweep {seconds:.0f}", figures, bad)


def _in_turn(calls: tuple[str, ...], seconds: float, figures: dict[str, int]) -> tuple[str, ...]:
    figures["kinds of call"] = len(calls)
    return calls if seconds else ()


def _inject(rule: str, figures: dict[str, int]) -> int:
    """Run a counter under one rule; give how often strace applied it."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as home:
        folder = Path(shutil.copytree(_template(), Path(home) / "data"))
        log = Path(home) / "trace"
        call = rule.partition(":")[0]
        traced = ["strace", "-f", "-qq", "-o", str(log), "-P", str(folder)]
        traced += [f"-P{path}" for path in _watched(folder)]
        words = [*traced, "-e", f"trace={call}", "-e", f"inject={rule}"]
        command = [*words, sys.executable, "-m", "tests.faults.counter", str(folder), "t"]
        told = subprocess.run(
            [*command, str(NOTICES)], cwd=ROOT, capture_output=True, check=False, timeout=120
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
