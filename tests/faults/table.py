"""Every row of the table of faults, in its order."""

from tests.faults import killing
from tests.faults.rows import Row, repeated

TABLE: tuple[Row, ...] = (
    Row(
        1,
        "kill -9 while issuing",
        "no acknowledged notice lost, no number given twice, chain right",
        "kills at random moments from the start of the program on, 100 on one ledger",
        repeated(10_000, 200, killing.kill_at_random),
        repeated(20, 20, killing.kill_at_random),
        killing.BAD,
    ),
)
