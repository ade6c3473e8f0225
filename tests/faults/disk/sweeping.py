"""Strike the counter at its N-th system call of a kind, N counted up until it is never reached."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.faults.checking import canaries_in, read_said
from tests.faults.counter import ID_NUMBER, NAME
from tests.faults.judging import judge
from tests.faults.process.forking import Fork
from tests.faults.rows import Figures, Part, added
from tests.faults.scenes import SCENES, lay_out, memory_disk

CHANGING = (
    "rename", "unlink", "mkdir", "ftruncate", "fsync", "openat", "close", "write", "pwrite64",
)  # fmt: skip
FAILING = ("rename", "unlink", "mkdir", "ftruncate", "fsync", "openat", "write", "pwrite64")
READING = ("read", "pread64")
FILLING = ("mkdir", "ftruncate", "fsync", "openat", "write", "pwrite64")
COUNTED = ("injections", "acknowledged", "lost", "corrupt", "wrong statements", "canaries")
BAD = ("lost", "corrupt", "wrong statements", "canaries")
SWEPT = "rules swept to the end"


class Strike(NamedTuple):
    """What happens at a system call, and how strace is told.

    Attributes:
        call: The kind of call.
        effect: ``signal=KILL`` or ``error=…``.
        ever: Whether every later one fails too.
    """

    call: str
    effect: str
    ever: bool = False

    def rule(self, count: int) -> tuple[str, ...]:
        """The words for strace that strike at a call counted from 1."""
        when = f"{count}{'+' if self.ever else ''}"
        rule = f"inject={self.call}:{self.effect}:when={when}"
        return ("-e", f"trace={self.call}", "-e", rule)


def parts(scenes: Sequence[str], strikes: Sequence[Strike]) -> tuple[Part, ...]:
    """One part for each kind of strike in each scene."""
    return tuple(
        Part(
            f"{scene}: {strike.call} {strike.effect}{' for ever' if strike.ever else ''}",
            lambda scene=scene, strike=strike: sweep(scene, strike),  # type: ignore[misc] # bound now
        )
        for scene in scenes
        for strike in strikes
    )


def kills(calls: Sequence[str] = CHANGING) -> list[Strike]:
    """Killed at each kind of call."""
    return [Strike(call, "signal=KILL") for call in calls]


def failures(error: str, calls: Sequence[str]) -> list[Strike]:
    """Each kind of call fails once, or from then on for ever."""
    return [Strike(call, f"error={error}", ever) for call in calls for ever in (False, True)]


def sweep(scene: str, strike: Strike, most: int = 10_000, step: int = 1) -> Figures:
    """Strike at the first call, at the second, and so on, until none is left to strike."""
    figures = dict.fromkeys((*COUNTED, SWEPT), 0)
    for count in range(1, most, step):
        struck, found = _strike(scene, strike.rule(count))
        figures = added(figures, found)
        if not struck:
            figures[SWEPT] += 1
            break
    return figures


def _strike(scene: str, rule: tuple[str, ...]) -> tuple[int, Figures]:
    """Do a scene's work under one rule; how often it was applied and what came of it."""
    figures = dict.fromkeys(COUNTED, 0)
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        home = lay_out(scene, Path(room) / "home")
        fork = Fork.counter(SCENES[scene].work, home, "t", held=True)
        ended = fork.end_struck(rule, Path(room) / "trace")
        said = read_said(ended.said)
        figures["injections"] += 1 if ended.struck else 0
        figures["acknowledged"] += len(said.acknowledged)
        found = judge(scene, home, said)
        if found is not None:
            figures[found.figure] += 1
            sys.stderr.write(f"{scene} {rule[-1]}: {found}\n{ended.errors[-1500:]}\n")
        shown = canaries_in(home, (NAME, ID_NUMBER))
        told = [canary for canary in (NAME, ID_NUMBER) if canary in ended.said + ended.errors]
        figures["canaries"] += len(shown) + len(told)
    return ended.struck, figures


def quick(scene: str, strikes: Sequence[Strike], step: int) -> Iterator[Part]:
    """Some of the strikes of a scene, every so many calls."""
    for strike in strikes:
        yield Part(
            f"{scene}: some {strike.call}",
            lambda strike=strike: sweep(scene, strike, step=step),  # type: ignore[misc] # bound now
        )
