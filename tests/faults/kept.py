"""The figures of the parts that were run, kept in a file between runs."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from medcounter.files import write_durably
from tests.faults.rows import Figures, Row, added, take_notes


@dataclass
class Kept:
    """What came of a row so far.

    Attributes:
        parts: Names of the parts done.
        figures: Their sums.
        seconds: How long they took together.
        first: Day of the first part.
        last: Day of the last one.
        notes: What was named on the way.
    """

    parts: list[str] = field(default_factory=list)
    figures: Figures = field(default_factory=dict)
    seconds: float = 0.0
    first: str = ""
    last: str = ""
    notes: list[str] = field(default_factory=list)

    def add(self, part: str, figures: Figures, seconds: float, on: date) -> None:
        """Add a part that was run."""
        self.parts.append(part)
        self.figures = added(self.figures, figures)
        self.seconds += seconds
        # Whoever names the day may name an earlier one in a later run.
        self.first = min(self.first or on.isoformat(), on.isoformat())
        self.last = max(self.last, on.isoformat())
        self.notes += take_notes()

    def holds(self, row: Row) -> bool:
        """Whether every figure that must be 0 is 0; nothing run holds nothing."""
        return not any(self.figures.get(name, 0) for name in row.bad)


def load(path: Path) -> dict[int, Kept]:
    """Read the figures of earlier runs; none when there is no file."""
    if not path.exists():
        return {}
    raw = json.loads(path.read_text(encoding="utf-8"))
    return {int(number): Kept(**kept) for number, kept in raw.items()}


def store(path: Path, number: int, kept: Kept) -> None:
    """Keep a row's figures so that a later run adds to them.

    Other rows are left as they are: another run may be adding to them.
    """
    raw = {str(each): asdict(other) for each, other in load(path).items()}
    raw[str(number)] = asdict(kept)
    write_durably(path, json.dumps(raw, indent=1).encode())
