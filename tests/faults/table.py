"""Every row of the table of faults, in its order."""

from tests.faults import killing, power_cut, spoiling, sweeping
from tests.faults.rows import Part, Row, repeated
from tests.faults.scenes import SCENES

STARTS = ("issue", "day", "first start", "lost key file", "lost key copy")
RESTORES = ("backup", "restore", "restore over spoilt")
MIGRATIONS = tuple(scene for scene in SCENES if scene.startswith("migration"))


def _cuts(scenes: tuple[str, ...], states: int, rounds: int = 1) -> tuple[Part, ...]:
    return tuple(
        Part(
            f"power cut in {scene}, round {number + 1}",
            lambda scene=scene: power_cut.cut_power(scene, states),  # type: ignore[misc] # bound now
        )
        for number in range(rounds)
        for scene in scenes
    )


def _kills(scenes: tuple[str, ...], kills: int, share: int) -> tuple[Part, ...]:
    parts = repeated(kills, share, lambda number: killing.kill_in(scenes, number))
    return tuple(part._replace(name=f"kills {part.name}") for part in parts)


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
    Row(
        2,
        "killed at each system call",
        "the same, and what was done to notices is still done",
        "strace kills at the N-th call of a kind, N = 1, 2, … until none is left, for each of "
        f"{len(sweeping.CHANGING)} kinds",
        sweeping.parts((*STARTS, "import", "backup", "restore"), sweeping.kills()),
        tuple(sweeping.quick("issue", sweeping.kills(("ftruncate", "fsync", "pwrite64")), 11)),
        sweeping.BAD,
        ("strace",),
    ),
    Row(
        3,
        "power cut, torn and reordered writes",
        "the same",
        "the system calls of a real run are recorded; after each of them the folder is rebuilt as "
        "a disk could hold it: any subset of unsynced 512-byte sectors, any first part of each "
        "folder's unsynced names",
        (*_cuts(STARTS, 2500, 4), *_cuts(("import",), 800)),
        _cuts(("issue",), 600),
        power_cut.BAD,
        ("strace",),
    ),
    Row(
        4,
        "the disk fails (EIO)",
        "looked up, 此笔结果待核对 where the fate is open, no wrong word, no exception",
        "strace fails the N-th call of a kind once, or from then on for ever",
        sweeping.parts(
            ("day", "import", "backup"),
            sweeping.failures("EIO", (*sweeping.FAILING, *sweeping.READING)),
        ),
        tuple(sweeping.quick("issue", sweeping.failures("EIO", ("fsync", "pwrite64")), 23)),
        sweeping.BAD,
        ("strace",),
    ),
    Row(
        5,
        "the disk is full (ENOSPC): ledger, journal, backup, rules, log",
        "rolled back and said",
        "as row 4",
        sweeping.parts(
            ("day", "backup", "first start"), sweeping.failures("ENOSPC", sweeping.FILLING)
        ),
        tuple(sweeping.quick("issue", sweeping.failures("ENOSPC", ("fsync", "pwrite64")), 23)),
        sweeping.BAD,
        ("strace",),
    ),
    Row(
        8,
        "one flipped bit in the ledger",
        "found, or all reads as before; the backup restores",
        "one bit anywhere, then every page, every link and every notice is read",
        repeated(3_000, 500, spoiling.flip_bytes),
        repeated(100, 100, spoiling.flip_bytes),
        ("silently wrong", "backup refused to restore"),
    ),
    Row(
        9,
        "tail deleted, old file put back, chain computed anew under the right key",
        "found against the anchor or the newest backup",
        "each forgery with both witnesses, and with one of them gone",
        tuple(
            Part(f"after {older}", lambda older=older: spoiling.forge(older))
            for older in range(1, 10)
        ),  # type: ignore[misc] # bound now
        (Part("after 3", lambda: spoiling.forge(3)),),
        ("undetected",),
    ),
    Row(
        10,
        "update, delete, replace by SQL under the right key",
        "refused by the triggers",
        "each statement on an open ledger",
        (Part("all", spoiling.forbidden_changes),),
        (Part("all", spoiling.forbidden_changes),),
        ("accepted",),
    ),
    Row(
        12,
        "killed or power cut in a migration; ledgers of every version",
        "old or new, never between; all open",
        "the frozen ledgers of tests/faults/ledgers: kills, kills at each call, crash states",
        (
            *_kills(MIGRATIONS, 300, 100),
            *sweeping.parts(MIGRATIONS, sweeping.kills()),
            *_cuts(MIGRATIONS, 2500),
        ),
        _kills(MIGRATIONS, 4, 4),
        sweeping.BAD,
        ("strace",),
    ),
    Row(
        13,
        "killed, power cut or spoilt in backup and restore",
        "only whole backups bear a backup's name; what is restored verifies; no number given twice",
        "kills, crash states, bits flipped in backups, drills of every backup left",
        (
            *_kills(RESTORES, 600, 150),
            *_cuts(RESTORES, 2500),
            *repeated(300, 150, spoiling.restore_after),
        ),
        (*_kills(RESTORES, 6, 6), *repeated(20, 20, spoiling.restore_after)),
        (*sweeping.BAD, "restored all the same", "not sound"),
        ("strace",),
    ),
)
