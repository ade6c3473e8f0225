"""The rows on rules that a hall makes for itself."""

from functools import partial

from tests.faults.rows import Part, Row
from tests.faults.secrets import hall_attacks, hall_mutations

_SHARE = 20_000
_MUTATIONS = 100_000

HALL_ROWS: tuple[Row, ...] = (
    Row(
        34,
        "somebody who is not two supervisors of the hall brings its rules into force: by keys, "
        "commands, edited files and ledger lines, replayed, rolled-back and backdated files, at a "
        "desk that heard no words, at a supervisor's desk left open, for what an office covers",
        "no rule of a hall answers at any desk; each try ends with a sentence",
        f"{len(hall_attacks.ATTACKS)} ways, each on a fresh desk of the hall and looked at again "
        "after a restart; a file that two signed with bytes turned, dropped, put in and exchanged, "
        "and values changed within what is signed",
        (
            Part("attacks", hall_attacks.attack_all),
            *(
                Part(f"mutations from {first}", partial(hall_mutations.mutate, first, _SHARE))
                for first in range(0, _MUTATIONS, _SHARE)
            ),
        ),
        (Part("mutations", partial(hall_mutations.mutate, 0, 200)),),
        hall_attacks.BAD,
    ),
)
