"""Memory that runs out in the middle of a counter day.

Usage: ``fiu-run -x python -m tests.faults.process.little_memory RUNS`` lets malloc fail
at random, as libfiu does; ``starve`` needs nothing and lowers a limit.
"""

import ctypes
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.checking import canaries_in, read_said
from tests.faults.counter import ID_NUMBER, NAME, serve
from tests.faults.judging import judge
from tests.faults.process.forking import Fork, warm_up
from tests.faults.rows import Figures, note
from tests.faults.scenes import lay_out, memory_disk

ROOT = Path(__file__).resolve().parents[3]
STEP = 250_000
COUNTED = ("runs", "acknowledged", "said to be refused", "ended by the system", "lost", "corrupt")
BAD = ("lost", "corrupt", "canaries")
PRELOADED = "/usr/lib/fiu/fiu_posix_preload.so"


def starve(runs: int) -> Figures:
    """Allow a counter 0, 250, 500 … kB of memory more than it has, until it has enough."""
    return _each(lambda run: _limit(run * STEP), runs)


def fail_at_random(runs: int) -> Figures:
    """Let malloc fail at random in a process that libfiu is loaded into."""
    words = ["fiu-run", "-x", sys.executable, "-m", "tests.faults.process.little_memory", str(runs)]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    sys.stderr.write(told.stderr[-3000:])
    try:
        figures: Figures = json.loads(told.stdout.splitlines()[-1])
    except (IndexError, json.JSONDecodeError):
        note("row 7: libfiu is not installed (apt-get install fiu-utils); limits only")
        return {}
    return figures


def _limit(more: int) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    size = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _unreliable(_run: int) -> None:
    fiu = ctypes.CDLL("libfiu.so.0")
    chance = 10 ** random.SystemRandom().uniform(-5, -2.5)
    fiu.fiu_enable_random(b"libc/mm/*", 1, None, 0, ctypes.c_float(chance))


def _each(weaken: Callable[[int], None], runs: int) -> Figures:
    warm_up()
    figures = dict.fromkeys((*COUNTED, "canaries"), 0)
    for run in range(runs):
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            home = lay_out("day", Path(room) / "home")
            ended = Fork(lambda home=home, run=run: _serve(weaken, run, home)).end()  # type: ignore[misc] # called at once
            said = read_said(ended.said)
            figures["runs"] += 1
            figures["acknowledged"] += len(said.acknowledged)
            figures["said to be refused"] += bool(said.refused or "UNDONE" in ended.said)
            figures["ended by the system"] += "DONE close" not in said.done and bool(said.broke)
            found = judge("day", home, said._replace(broke=()))
            if found is not None:
                figures["lost" if found.kind == "lost" else "corrupt"] += 1
                sys.stderr.write(f"{found}\n{ended.said}\n")
            figures["canaries"] += len(canaries_in(home, (NAME, ID_NUMBER)))
            figures["canaries"] += NAME in ended.errors or ID_NUMBER in ended.errors
    return figures


def _serve(weaken: Callable[[int], None], run: int, home: Path) -> None:
    weaken(run)
    serve("day", home, "t")


if __name__ == "__main__":
    os.environ.pop("LD_PRELOAD", None)
    sys.stdout.write(f"\n{json.dumps(_each(_unreliable, int(sys.argv[1])))}\n")
