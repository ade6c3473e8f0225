"""The row on ledgers of which nothing outside tells how far they went."""

from functools import partial

from tests.faults.disk import power_cut, sweeping
from tests.faults.process import killing
from tests.faults.rows import Part, Row, repeated
from tests.faults.scenes import LOST_ANCHOR

_SCENES = (LOST_ANCHOR,)

ANCHOR_ROWS: tuple[Row, ...] = (
    Row(
        39,
        "killed or power cut while a ledger is gone on with that is an older one, its anchor and "
        "all else that knew of the last notices taken away",
        "every number that is given, before or after, is above those on paper; the chain holds and "
        "tells of it; nothing acknowledged is lost",
        "four notices of seven put back; kills at random moments, kills at each call of each kind, "
        "crash states; then the next opening issues once more",
        (
            *repeated(200, 50, partial(killing.kill_in, _SCENES)),
            *sweeping.parts(_SCENES, sweeping.kills()),
            Part("power cut", partial(power_cut.cut_power, LOST_ANCHOR, 1500)),
        ),
        repeated(5, 5, partial(killing.kill_in, _SCENES)),
        sweeping.BAD,
        ("strace",),
    ),
)
