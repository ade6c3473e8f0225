"""Time whole assessments in the tree that this runs in, a round for each line it is given.

Started as a script in trees of two versions, so it uses only what both have.
"""

import hashlib
import json
import sys
from datetime import date
from pathlib import Path
from time import process_time

from medcounter.assess import Facts, RuleBook, assess
from medcounter.assess.facts import Event
from medcounter.rules.load import join_parts, read_bundle

PARTS = ("bundle.json", "national.json", "jiangxi-2025.json", "jiangxi-2026.json")
RESIDENTS = {
    "late": Facts("360000", 2025, date(2025, 3, 5)),
    "lapsed": Facts("360000", 2026, date(2025, 11, 20), insured_years=(2024,)),
    "veteran": Facts(
        "360000",
        2025,
        date(2025, 11, 20),
        categories=("low-income",),
        events=(Event("military-discharge", date(2025, 9, 1)),),
    ),
}
TIMES = 20


def spent(facts: Facts, book: RuleBook) -> float:
    """Microseconds of processor time that one answer with everything takes."""
    began = process_time()
    for _ in range(TIMES):
        assess(facts, book)
    return (process_time() - began) / TIMES * 1e6


def main() -> None:
    """Answer each line of standard input with the times of one round."""
    folder = Path("resources", "bundles")
    data = join_parts({name: (folder / name).read_bytes() for name in PARTS})
    book = RuleBook.open(read_bundle(data), hashlib.sha256(data).hexdigest(), signed=False)
    for _ in sys.stdin:
        found = {name: spent(facts, book) for name, facts in RESIDENTS.items()}
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
