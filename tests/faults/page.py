"""The page that shows the table of faults with its figures."""

from collections.abc import Iterator, Sequence
from datetime import date

from tests.faults.kept import Kept
from tests.faults.rows import Row

HEAD = """# Reliability: what was done to the program, and what came of it

Written by `make faults` on {on}; do not edit. `make faults` goes on until every row is done; its
figures are kept in `tests/faults/figures.json` and add up over runs, `make faults-quick` does some
of each.
One row alone: `python -m tests.faults --on {on} --only 3 --add tests/faults/figures.json`.

`python -m tests.faults.counter` is the scripted mode of the program: the real desk, the rules as
they ship, the real ledger, no window. It says `ACK number` after the desk has given a notice back
and `DONE …` after anything else. After each fault the program opens what is left, walks the whole
chain and compares every number with what was acknowledged. The people served are canaries, looked
for in every file that is left, in UTF-8, UTF-16 and GB18030.

After a fix, the row that had failed was rerun from zero; the other rows keep the results of the
dates shown, from the program as it was on those days.
"""

WORDS = """`corrupt`: does not open, a link of the chain fails, numbers are missing, or something
that was said to be done is not. `wrong statements`: the desk said that nothing was stored, and it
was. `rules swept to the end`: a rule is a kind of system call in one scene, once or for ever; it is
swept when each of its calls was hit in turn until none was left. `without effect`: nothing was
found and all reads as it was. `ended by the system`: memory ran out where Python has no sentence
for it; nothing half was left. `inputs to …` count what libFuzzer gave after its samples; `forged
and accepted` would be a payload believed that nobody signed, or JSON that says something else when
it is read a second time.

Kills, power cuts and failing calls run on a memory disk: what a disk does with what was not synced
is rebuilt, not waited for. Between forks of the counter the rules' bytes are parsed once, by the
same function on the same bytes. Not run here: Windows, device-mapper, faults inside the kernel, a
printer that jams (row 18 stands for it where the program hands the paper over), a real stick pulled
out (row 16 fails every call on its file).
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
    lines += ["", WORDS]
    for row in table:
        notes = kept.get(row.number, Kept()).notes
        if notes:
            lines += [f"## Named in row {row.number}", "", *_listed(notes), ""]
    return "\n".join(lines)


def _listed(notes: Sequence[str]) -> Iterator[str]:
    """Each note once, those of one place in one line."""
    places: dict[tuple[str, str], list[str]] = {}
    for text in dict.fromkeys(notes):
        place, _, rest = text.partition(" ")
        what, _, why = rest.partition(": ")
        places.setdefault((place, why), []).append(what)
    for (place, why), found in places.items():
        names = ", ".join(f"`{what}`" if why else what for what in found)
        yield f"* {place} {names}{': ' if why else ''}{why}"


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
    word = "holds" if row.bad else "named"
    missing = len({part.name for part in row.parts} - set(done.parts))
    share = "" if not missing else f" so far ({missing} of {len(row.parts)} parts to go)"
    days = done.last if done.first == done.last else f"{done.first} to {done.last}"
    return f"{word}{share}; {done.seconds / 60:.0f} min, {days}"
