"""The rows on what somebody brings on a stick: links, and key files of others."""

from tests.faults.disk import strange_sticks
from tests.faults.rows import Row, repeated

BROUGHT_ROWS: tuple[Row, ...] = (
    Row(
        37,
        "links and second names on a stick, under the names that the next copy uses, lead into "
        "the data folder",
        "no file of the ledger is changed, nothing is lost, and no link counts as a copy",
        "symbolic and hard links to any file of the folder, under any name a copy is written "
        "under, or the counter's folder itself a link; the ledger is open, and is copied there "
        "twice, as the second place and as a folder that is chosen",
        repeated(1_000, 250, strange_sticks.lay_links),
        repeated(20, 20, strange_sticks.lay_links),
        strange_sticks.LINK_BAD,
    ),
    Row(
        38,
        "wrong key files are put in the ledger's place, one after another",
        "the ledger's own key file is still somewhere in its folder, and opens it",
        "two to eight files in a row: of other ledgers with sign-in and without, cut, empty, "
        "links to the own one; the same killed at any moment",
        (
            *repeated(1_000, 250, strange_sticks.take_keys),
            *(
                part._replace(name=f"killed {part.name}")
                for part in repeated(500, 250, strange_sticks.kill_while_taking)
            ),
        ),
        repeated(20, 20, strange_sticks.take_keys),
        strange_sticks.KEY_BAD,
    ),
)
