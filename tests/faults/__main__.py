"""Run the faults and write the page that shows them.

Usage: ``python -m tests.faults --on 2026-11-21 --page docs/reliability.md``
with how much of each: ``--kills``, ``--states``, ``--flips`` and ``--sweep``
seconds for each sweep of injections. With ``--add FILE`` the figures of
earlier runs are added to, so that long rows can be run in parts; ``--only 1,2``
runs some rows. Ends with 1 when a row does not hold.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from tests.faults import killing, power_cut, spoiling
from tests.faults.checking import Result

NEED_STRACE = {"2", "3", "4", "5"}
SAME_EACH_TIME = {"9", "10"}
NO_STRACE = "strace is not installed (apt-get install strace)"
METHOD = """Rows 1 to 5 run the program's scripted mode, `tests/faults/counter.py`: the real
desk, the rules as they ship, the real ledger; `ACK number` is said after the desk has given a
notice back. The other rows spoil a ledger that the store made. After each fault the program opens
the folder, walks the whole chain and compares the numbers with what was acknowledged. The people
served are canaries, looked for in every file that is left, as UTF-8, UTF-16 and GB18030. The
folders lie where `TMPDIR` points; a memory disk will do, since power cuts are simulated: any
subset of unsynced 512-byte sectors, any first part of the unsynced names of each folder."""
WORDS = """`corrupt`: does not open, a link of the chain fails, or numbers are doubled or missing.
`wrong statements`: the desk said that nothing was stored, and it was. `rules swept to the end`: a
rule is a kind of system call, once or for ever (7 rules for kills, 6 for each error); it is swept
when each of its calls was hit in turn. `without effect`: nothing was found and all reads as it
was."""
LEFT = """Rows of the table not run here: 6, 11, 12, 17 and 18 are held by unit tests (read-only
folders, two programs, migrations of frozen ledgers, clocks, print states); 7 (out of memory),
14 with coverage guidance, 15, 16, 19, 20, 21 and 23 have no run on this page yet. The chain
computed anew and the tail cut off (row 9) are unit tests too."""


def main() -> int:
    """Run what was asked for and say how it went."""
    wanted = _arguments()
    results = _earlier(wanted.add)
    skipped = []
    for row, run in _runs(wanted):
        if wanted.only and row not in wanted.only.split(","):
            continue
        if row in NEED_STRACE and shutil.which("strace") is None:
            skipped.append(f"row {row}: {NO_STRACE}")
            continue
        began = time.monotonic()
        result = run()
        results[row] = _sum(results.get(row), result)
        sys.stdout.write(f"{time.monotonic() - began:6.1f} s  {_line(result)}\n")
        sys.stdout.flush()
        if wanted.add is not None:
            kept = json.dumps([each._asdict() for each in results.values()], indent=1)
            wanted.add.write_text(kept, encoding="utf-8")
    killing.forget_template()
    rows = sorted(results.values(), key=lambda result: int(result.row))
    if wanted.page is not None:
        wanted.page.write_text(_page(wanted, rows, skipped), encoding="utf-8")
    for text in skipped:
        sys.stdout.write(f"skipped  {text}\n")
    return 0 if all(result.holds for result in rows) else 1


def _earlier(path: Path | None) -> dict[str, Result]:
    if path is None or not path.exists():
        return {}
    kept = [Result(**raw) for raw in json.loads(path.read_text(encoding="utf-8"))]
    return {result.row: result for result in kept}


def _sum(earlier: Result | None, now: Result) -> Result:
    """Add figures up; what tells how far a sweep came is its best."""
    if earlier is None or now.row in SAME_EACH_TIME:
        return now
    figures = {
        name: max(number, earlier.figures.get(name, 0))
        if name == killing.SWEPT
        else number + earlier.figures.get(name, 0)
        for name, number in now.figures.items()
    }
    return now._replace(figures=figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", type=date.fromisoformat, required=True)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--add", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--states", type=int, default=20000)
    parser.add_argument("--flips", type=int, default=3000)
    parser.add_argument("--sweep", type=float, default=600)
    return parser.parse_args()


def _runs(wanted: argparse.Namespace) -> Iterator[tuple[str, Callable[[], Result]]]:
    yield "1", lambda: killing.kill_at_random(wanted.kills)
    yield "2", lambda: killing.kill_at_each_call(wanted.sweep)
    yield "3", lambda: power_cut.cut_power(wanted.states)
    yield "4", lambda: killing.fail_calls("EIO", "4", wanted.sweep)
    yield "5", lambda: killing.fail_calls("ENOSPC", "5", wanted.sweep)
    yield "8", lambda: spoiling.flip_bytes(wanted.flips)
    yield "9", spoiling.cut_replace_recompute
    yield "10", spoiling.forbidden_changes
    yield "13", lambda: spoiling.restore_after(max(wanted.flips // 10, 10))


def _line(result: Result) -> str:
    figures = ", ".join(f"{number:,} {name}" for name, number in result.figures.items())
    verdict = "holds" if result.holds else "**does not hold**"
    return f"| {result.row} | {result.fault} | {figures} | {verdict} |"


def _page(wanted: argparse.Namespace, results: list[Result], skipped: list[str]) -> str:
    asked = f"--kills {wanted.kills} --states {wanted.states} --flips {wanted.flips}"
    more = "" if wanted.add is None else f" --add {wanted.add}"
    more += f" --only {wanted.only}" if wanted.only else ""
    lines = [
        "# Reliability: what was done to the program, and what came of it",
        "",
        f"Written by `make faults` on {wanted.on}; do not edit. Its last run was",
        f"`python -m tests.faults --on {wanted.on} {asked} --sweep {wanted.sweep:g}{more}`;",
        "figures add up over runs with `--add`.",
        "",
        METHOD,
        "",
        "| row | fault | figures | verdict |",
        "|---|---|---|---|",
        *map(_line, results),
        "",
        WORDS,
        "",
        *([f"Skipped: {text}." for text in skipped]),
        LEFT,
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
