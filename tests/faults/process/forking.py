"""Start the counter again and again: a fork each time, everything imported already."""

import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

from tests.faults.counter import WORKS, remember_rules, serve
from tests.faults.scenes import SCENES, lay_out, memory_disk

PATIENCE = 60.0


class Ended(NamedTuple):
    """What a fork said on its two outputs, and how often strace struck it."""

    said: str
    errors: str
    struck: int = 0


class Fork:
    """A forked counter and what it says."""

    def __init__(self, act: Callable[[], None], *, held: bool = False) -> None:
        """Fork and let it act, at once or when told to go."""
        self._reading, writing = os.pipe()
        waiting, self._gate = os.pipe()
        self._errors = os.memfd_create("errors")
        sys.stdout.flush()
        sys.stderr.flush()
        self.process = os.fork()
        if self.process == 0:
            try:
                os.dup2(writing, 1)
                os.dup2(self._errors, 2)
                for each in (self._reading, writing, self._gate):
                    os.close(each)
                select.select([waiting], [], [])  # a fault may strike every read
                os.close(waiting)
                act()
            finally:
                sys.stderr.flush()
                os._exit(0)
        os.close(writing)
        os.close(waiting)
        self.said = b""
        if not held:
            self.go()

    @classmethod
    def counter(cls, work: str, home: Path, tag: str, *, held: bool = False) -> Self:
        """Fork a counter that does a work."""
        warm_up()
        return cls(lambda: serve(work, home, tag), held=held)

    def go(self) -> None:
        """Let a held fork act."""
        os.write(self._gate, b"!")

    def hear(self, seconds: float) -> bool:
        """Read what comes within a time; whether anything did."""
        if not select.select([self._reading], [], [], seconds)[0]:
            return False
        told = os.read(self._reading, 65536)
        self.said += told
        return bool(told)

    def hear_lines(self, wanted: int) -> None:
        """Read until so many lines were said or the fork has ended."""
        while self.said.count(b"\n") < wanted and self.hear(PATIENCE):
            pass

    def kill(self) -> None:
        """End it at once, as the system does with kill -9."""
        os.kill(self.process, signal.SIGKILL)

    def end(self) -> Ended:
        """Wait until it has ended; what it said in all."""
        while self.hear(PATIENCE):
            pass
        if select.select([self._reading], [], [], 0)[0] == []:
            os.kill(self.process, signal.SIGKILL)  # it said nothing for too long
            self.said += b"BROKE Hanging\n"
        os.close(self._reading)
        os.close(self._gate)
        os.waitpid(self.process, 0)
        errors = os.pread(self._errors, 1_000_000, 0)
        os.close(self._errors)
        return Ended(self.said.decode(), errors.decode(errors="replace"))

    def end_struck(self, rule: Sequence[str], log: Path) -> Ended:
        """Go on under strace and its rule; how often that was applied, too."""
        words = ["strace", "-o", str(log), *rule, "-p", str(self.process)]
        with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            told = strace.stderr.readline()
            if "attached" not in told:
                raise RuntimeError(told)
            self.go()
            ended = self.end()
            strace.stderr.read()
        trace = log.read_text(errors="replace")
        struck = trace.count("(INJECTED)") + trace.count("killed by SIGKILL")
        return ended._replace(struck=struck)


@cache
def warm_up() -> None:
    """Do each work once here, so that no fork has anything left to import or to read."""
    remember_rules()
    kept = os.dup(1)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    try:
        for work in sorted(WORKS.keys() - {"on"}):
            with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
                name = next(name for name, scene in SCENES.items() if scene.work == work)
                serve(work, lay_out(name, Path(room) / "home"), "warm")
    finally:
        os.dup2(kept, 1)
        os.close(kept)
