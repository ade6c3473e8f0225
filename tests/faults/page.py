"""The page that shows the table of faults with its figures."""

from collections.abc import Sequence
from datetime import date

from tests.faults.kept import Kept
from tests.faults.rows import Row

HEAD = """# Reliability: what was done to the program, and what came of it

Written by `make faults` on {on}; do not edit. `make faults` goes on until every row is done; its
figures are kept in `build/faults.json` and add up over runs, `make faults-quick` does some of each.
One row alone: `python -m tests.faults --on {on} --only 3 --add build/faults.json`.

`python -m tests.faults.counter` is the scripted mode of the program: the real desk, the rules as
they ship, the real ledger, no window. It says `ACK number` after the desk has given a notice back
and `DONE …` after anything else. After each fault the program opens what is left, walks the whole
chain and compares every number with what was acknowledged. The people served are canaries, looked
for in every file that is left, in UTF-8, UTF-16 and GB18030.
"""


def page(table: Sequence[Row], kept: dict[int, Kept], on: date) -> str:
    """Write the whole page."""
    lines = [
        HEAD.format(on=on),
        "| # | fault | what must hold | how | figures | verdict |",
        "|---|---|---|---|---|---|",
    ]
    for row in table:
        done = kept.get(row.number, Kept())
        words = (row.fault, row.holds, row.how, _figures(done), _verdict(row, done))
        lines.append(f"| {row.number} | {' | '.join(words)} |")
    return "\n".join([*lines, ""])


def verdict(row: Row, done: Kept) -> str:
    """One line about a row, for the terminal."""
    return f"{row.number:2}  {row.fault}: {_figures(done)}: {_verdict(row, done)}"


def _figures(done: Kept) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in done.figures.items())


def _verdict(row: Row, done: Kept) -> str:
    if not done.parts:
        return "not run"
    if not done.holds(row):
        return "**does not hold**"
    missing = len({part.name for part in row.parts} - set(done.parts))
    share = "" if not missing else f" so far ({missing} of {len(row.parts)} parts to go)"
    days = done.last if done.first == done.last else f"{done.first} to {done.last}"
    return f"holds{share}; {done.seconds / 60:.0f} min, {days}"
