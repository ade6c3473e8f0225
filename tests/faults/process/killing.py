"""Kill the counter at any moment: a thousand times and more."""

import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.faults.checking import Said, canaries_in, read_said
from tests.faults.counter import ID_NUMBER, NAME
from tests.faults.judging import judge
from tests.faults.process.forking import Fork
from tests.faults.rows import Figures
from tests.faults.scenes import SCENES, lay_out, memory_disk

SAME_HOME = 100
"""How many kills one ledger goes through before another is begun."""
COUNTED = ("kills", "acknowledged", "lost", "doubled", "corrupt", "canaries")
BAD = ("lost", "doubled", "corrupt", "canaries")
OPENING = 0.02
"""Longest wait in seconds before a kill, while the program starts."""
WORKING = 0.008
"""Longest wait in seconds before a kill, after something was said."""


def kill_at_random(kills: int) -> Figures:
    """Kill -9 up to some milliseconds into a transaction, again and again."""
    figures = dict.fromkeys(COUNTED, 0)
    chance = random.SystemRandom()
    while figures["kills"] < kills:
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            home = lay_out("on", Path(room) / "home")
            acknowledged: list[str] = []
            for run in range(min(SAME_HOME, kills - figures["kills"])):
                said = read_said(_kill(Fork.counter("on", home, f"{run}"), chance, 5))
                acknowledged += said.acknowledged
                figures["kills"] += 1
                _judge("on", home, said._replace(acknowledged=tuple(acknowledged)), figures)
            figures["acknowledged"] += len(acknowledged)
            figures["doubled"] += len(acknowledged) - len(set(acknowledged))
            figures["canaries"] += len(canaries_in(home, (NAME, ID_NUMBER)))
    return figures


def kill_in(scenes: Sequence[str], kills: int) -> Figures:
    """Kill at any moment of some scenes in turn, each begun anew."""
    figures = dict.fromkeys(COUNTED, 0)
    chance = random.SystemRandom()
    for run in range(kills):
        scene = scenes[run % len(scenes)]
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            home = lay_out(scene, Path(room) / "home")
            fork = Fork.counter(SCENES[scene].work, home, f"{run}")
            said = read_said(_kill(fork, chance, 20))
            figures["kills"] += 1
            figures["acknowledged"] += len(said.acknowledged)
            _judge(scene, home, said, figures)
            figures["canaries"] += len(canaries_in(home, (NAME, ID_NUMBER)))
    return figures


def _judge(scene: str, home: Path, said: Said, figures: Figures) -> None:
    found = judge(scene, home, said)
    if found is not None:
        figures["lost" if found.kind == "lost" else "corrupt"] += 1
        sys.stderr.write(f"killed in {scene}: {found}\n")


def _kill(fork: Fork, chance: random.Random, most_lines: int) -> str:
    """Kill a fork after some of its lines and some of a moment; what it said."""
    wanted = chance.randint(0, most_lines)
    fork.hear_lines(wanted)
    fork.hear(chance.uniform(0, WORKING if wanted else OPENING))
    fork.kill()
    return fork.end().said
