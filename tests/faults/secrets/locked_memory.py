"""What is left in the memory of a window whose screen was locked.

A real window in a process of its own signs in by typing, serves a resident and is
locked. Then all memory that may be written is read from outside and searched for
what must be gone. The same search is made while each of it is there: the secret
typed and not yet checked, the key and the ID number while the desk is open.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from medcounter.desk.access import sign_in
from tests.faults.rows import Figures, note
from tests.support.store.access_samples import LI, SECRETS, locked_folder

ROOT = Path(__file__).resolve().parents[3]
BAD = ("keys found", "secrets found", "searches that find nothing while it is there")
_FOUND = (*BAD[:2], "ID numbers found")
ID_NUMBER, NAME = "360103198807121237", "吴建国"


def lock_and_search(runs: int) -> Figures:
    """Lock windows and count in how many of them something is left."""
    figures = dict.fromkeys(("locks", "MB searched", "found while there", *_FOUND, BAD[2]), 0)
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as room:
            folder = Path(room) / "data"
            locked_folder(folder)
            key = sign_in.sign_in(folder, LI, SECRETS[LI]).key.secret
            words = [sys.executable, "-m", "tests.faults.secrets.locked_window", str(folder)]
            surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
            with subprocess.Popen(
                words, cwd=ROOT, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            ) as window:
                assert window.stdin is not None
                assert window.stdout is not None
                try:
                    for text in (SECRETS[LI], ID_NUMBER, NAME):
                        window.stdin.write(f"{' '.join(str(ord(one)) for one in text)}\n".encode())
                    typed = _count_next(window, key, figures)
                    served = _count_next(window, key, figures, b"\n")
                    # The secret is gone as soon as it was checked.
                    is_found = all((typed[1], served[0], served[2]))
                    figures["found while there"] += is_found
                    figures[BAD[2]] += not is_found
                    counts = _count_next(window, key, figures, b"\n")
                    figures["locks"] += 1
                    for name, count in zip(_FOUND, counts, strict=True):
                        figures[name] += count > 0
                    if any(counts):
                        note(f"typed {typed}, open {served}, locked {counts} times")
                finally:
                    window.kill()
    return figures


def _count_next(
    window: subprocess.Popen[bytes], key: bytes, figures: Figures, line: bytes = b""
) -> tuple[int, int, int]:
    """Let the window go on with a line, and count once it says what it did."""
    assert window.stdin is not None
    assert window.stdout is not None
    window.stdin.write(line)
    window.stdin.flush()
    window.stdout.readline()
    return _count(window.pid, key, figures)


def _count(pid: int, key: bytes, figures: Figures) -> tuple[int, int, int]:
    """Count keys, secrets and ID numbers in all memory that may be written."""
    data = _memory(pid)
    figures["MB searched"] += len(data) // 1_000_000
    keys = [key, key.hex().encode(), key.hex().upper().encode()]
    wanted = (keys, _coded(SECRETS[LI]), _coded(ID_NUMBER))
    return tuple(sum(map(data.count, each)) for each in wanted)  # type: ignore[return-value] # three


def _coded(text: str) -> list[bytes]:
    return [text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-32-le")]


def _memory(pid: int) -> bytes:
    parts = []
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            place, rights = line.split()[:2]
            if rights[:2] != "rw" or "[vvar]" in line:
                continue
            first, last = (int(end, 16) for end in place.split("-"))
            with contextlib.suppress(OSError, ValueError):
                memory.seek(first)
                parts.append(memory.read(last - first))
    return b"\0".join(parts)
