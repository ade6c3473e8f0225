"""Run the faults and write the page that shows them.

Usage: ``python -m tests.faults --on 2026-11-22 --page docs/reliability.md --add
tests/faults/figures.json``. A row is run in parts; with ``--add`` the parts done are
kept with their figures, so that a run cut off goes on where it was. ``--only
1,2`` runs some rows, ``--quick`` a small share of each, ``--minutes`` ends
after the part in which that time is over. Ends with 1 when a row does not hold.
"""

import argparse
import shutil
import sys
import time
from datetime import date
from pathlib import Path

from tests.faults.kept import Kept, load, store
from tests.faults.page import page, verdict
from tests.faults.rows import Part, Row
from tests.faults.table import TABLE


def main() -> int:
    """Run what was asked for and say how it went."""
    wanted = _arguments()
    kept = load(wanted.add) if wanted.add else {}
    until = time.monotonic() + wanted.minutes * 60
    chosen = {int(number) for number in wanted.only.split(",") if number}
    for row in TABLE:
        if not chosen or row.number in chosen:
            _run(row, wanted, kept, until)
    if wanted.page is not None:
        kept = load(wanted.add) if wanted.add else kept
        wanted.page.write_text(page(TABLE, kept, wanted.on), encoding="utf-8")
    return int(any(not done.holds(row) for row in TABLE if (done := kept.get(row.number))))


def _run(row: Row, wanted: argparse.Namespace, kept: dict[int, Kept], until: float) -> None:
    missing = [tool for tool in row.tools if shutil.which(tool) is None]
    if missing:
        sys.stdout.write(f"skipped  row {row.number}: {', '.join(missing)} is not installed\n")
        return
    done = kept.setdefault(row.number, Kept())
    began = time.monotonic()
    for part in row.quick if wanted.quick else row.parts:
        if part.name not in done.parts and time.monotonic() < until:
            _run_part(part, done, wanted.on)
            if wanted.add is not None:
                store(wanted.add, row.number, done)
    if done.parts:
        sys.stdout.write(f"{time.monotonic() - began:6.1f} s  {verdict(row, done)}\n")
        sys.stdout.flush()


def _run_part(part: Part, done: Kept, on: date) -> None:
    began = time.monotonic()
    figures = part.run()
    done.add(part.name, figures, time.monotonic() - began, on)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", type=date.fromisoformat, required=True)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--add", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--minutes", type=float, default=1e6)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
