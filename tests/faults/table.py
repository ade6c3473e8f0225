"""Every row of the table of faults, in its order."""

from functools import partial

from tests.faults.disk import (
    full_disk,
    power_cut,
    pulled_stick,
    read_only,
    spoiling,
    sweeping,
    underfoot,
)
from tests.faults.disk.anchor_rows import ANCHOR_ROWS
from tests.faults.disk.brought_rows import BROUGHT_ROWS
from tests.faults.disk.draft_rows import DRAFT_ROWS
from tests.faults.disk.place_rows import PLACE_ROWS
from tests.faults.inputs import any_text, fuzzing, strange_lists, wrong_figures
from tests.faults.process import clocks, failing_printer, killing, little_memory, two_copies
from tests.faults.rows import Part, Row, repeated
from tests.faults.scenes import SCENES
from tests.faults.secrets import broken_chain, canaries, stolen_laptop
from tests.faults.secrets.hall_rows import HALL_ROWS
from tests.faults.secrets.leaving_rows import LEAVING_ROWS

STARTS = ("issue", "day", "first start", "lost key file", "lost key copy")
RESTORES = ("backup", "restore", "restore over spoilt")
LOCKINGS = tuple(
    Part(f"power cut in {scene}", partial(power_cut.cut_power, scene, 100, "keyslots"))
    for scene in ("set-up of sign-in", "change of a secret")
)
MIGRATIONS = tuple(scene for scene in SCENES if scene.startswith("migration"))


def _cuts(scenes: tuple[str, ...], states: int, rounds: int = 1) -> tuple[Part, ...]:
    return tuple(
        Part(
            f"power cut in {scene}, round {number + 1}",
            partial(power_cut.cut_power, scene, states),
        )
        for number in range(rounds)
        for scene in scenes
    )


def _kills(scenes: tuple[str, ...], kills: int, share: int) -> tuple[Part, ...]:
    parts = repeated(kills, share, lambda number: killing.kill_in(scenes, number))
    return tuple(part._replace(name=f"kills {part.name}") for part in parts)


def _steered(reader: str, inputs: int, share: int) -> tuple[Part, ...]:
    parts = repeated(inputs, share, partial(fuzzing.steer, reader))
    return tuple(part._replace(name=f"{reader} {part.name}") for part in parts)


_ROWS: tuple[Row, ...] = (
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
        (*_cuts(STARTS, 2500, 5), *_cuts(("import",), 800)),
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
        "the disk is full (ENOSPC): ledger, journal, backup, rules, log, PDF",
        "refused before it begins where less than 200 MB are free, else rolled back and said",
        "as row 4; a disk of 1 MB, on which PDFs are saved with ever more space left",
        (
            Part("PDF", full_disk.save_pdf),
            Part("little space", full_disk.too_little_space),
            *sweeping.parts(
                ("day", "backup", "first start"), sweeping.failures("ENOSPC", sweeping.FILLING)
            ),
        ),
        tuple(sweeping.quick("issue", sweeping.failures("ENOSPC", ("fsync", "pwrite64")), 23)),
        (*sweeping.BAD, *full_disk.BAD),
        ("strace",),
    ),
    Row(
        6,
        "read-only folder or file, or one that cannot even be read",
        "works where it may, else opens for reading or refuses, with the reason",
        "rights taken away from each part of the folder, the counter run by another user; a mount "
        "that is read-only",
        (Part("rights", read_only.without_rights), Part("mount", read_only.mounted_read_only)),
        (Part("rights", read_only.without_rights),),
        read_only.BAD,
    ),
    Row(
        7,
        "out of memory",
        "no half notice, whatever ends the program",
        f"a limit on memory raised by {little_memory.STEP // 1000} kB a run; malloc failing at "
        "random by libfiu",
        (
            Part("limits", lambda: little_memory.starve(160)),
            Part("libfiu", lambda: little_memory.fail_at_random(500)),
        ),
        (Part("libfiu", lambda: little_memory.fail_at_random(5)),),
        little_memory.BAD,
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
        "found against the anchor, the newest backup or whatever else knows; where nothing is "
        "left, the lost anchor is told and no number comes again",
        "each forgery with all witnesses, with one of them gone, with both, and with all",
        tuple(Part(f"after {older}", partial(spoiling.forge, older)) for older in range(1, 10)),
        (Part("after 3", lambda: spoiling.forge(3)),),
        ("undetected", "numbers given again"),
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
        11,
        "two copies of the program",
        "the second says so and the first comes to the front; no number given twice",
        "three counters started at once; a command and a second window beside an open window",
        (
            *repeated(300, 150, two_copies.race),
            Part("window", two_copies.beside_a_window),
        ),
        repeated(3, 3, two_copies.race),
        two_copies.BAD,
    ),
    Row(
        12,
        "killed or power cut in a migration; ledgers of every version",
        "old or new, never between; all open",
        "the frozen ledgers of tests/faults/ledgers and one of 0.1.0 with sign-in on: kills, kills "
        "at each call, crash states",
        (
            *_kills(MIGRATIONS, 400, 100),
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
    Row(
        14,
        "bad packages of rules: any bytes, and a table of forged, cut, deep, huge, doubled, NaN, "
        "older, foreign, singly signed ones",
        "refused with a reason; nothing but what two roots signed is believed",
        "coverage-guided inputs (atheris) to the signed file, to the bundle in it and to JSON; "
        "the table",
        (
            *_steered("envelope", 1_000_000, 250_000),
            *_steered("payload", 300_000, 150_000),
            *_steered("strict_json", 300_000, 150_000),
            Part("table", fuzzing.refuse_table),
        ),
        (*_steered("envelope", 10_000, 10_000), Part("table", fuzzing.refuse_table)),
        (*fuzzing.BAD, "refused for another reason"),
    ),
    Row(
        15,
        "a wrong figure in rules that are rightly signed",
        "the bundle's own examples refuse 95 % in each part, but for what none can show; "
        "what is left is named below",
        "each amount, day and limit moved up and down by one, in every part of the shipped rules",
        tuple(
            Part(name, partial(wrong_figures.mutate, name)) for name in wrong_figures.fragments()
        ),
        (),
        wrong_figures.BAD,
    ),
    Row(
        16,
        "the stick pulled out during the import, or its file cut",
        "the old rules whole, or the new ones whole",
        "EIO at each call on the package, files cut at 60 places, kills during the import",
        (
            Part("readings", pulled_stick.fail_readings),
            Part("cuts", lambda: pulled_stick.cut_short(60)),
            *_kills(("import",), 300, 100),
        ),
        (Part("cuts", lambda: pulled_stick.cut_short(3)),),
        (*pulled_stick.BAD, *killing.BAD),
        ("strace",),
    ),
    Row(
        17,
        "clock back, forward, in another zone, jumping while the program runs",
        "more than five minutes back is refused, no event is earlier than the one before",
        "libfaketime, before each start and before each notice",
        (Part("jumps", lambda: clocks.jump(20, 100)),),
        (Part("jumps", lambda: clocks.jump(1, 10)),),
        clocks.BAD,
        ("faketime",),
    ),
    Row(
        18,
        "printer fails, program killed between commit and paper",
        "committed first, unconfirmed until told, every later sheet says 补打",
        "killed at each call of each kind while one sheet comes out and one jams; then all is "
        "printed again",
        (Part("steps", failing_printer.kill_at_each_step),),
        (),
        failing_printer.BAD,
        ("strace",),
    ),
    Row(
        19,
        "laptop stolen (sign-in on)",
        "no name, ID number, password or key in any file",
        "days killed at any moment; every byte of every file searched in five codings",
        repeated(100, 50, stolen_laptop.look_everywhere),
        repeated(2, 2, stolen_laptop.look_everywhere),
        ("hits",),
    ),
    Row(
        20,
        "passwords guessed",
        "delays survive restarts, clocks set to another day and a record of tries put back",
        "1,000 guesses with a restart every tenth; libfaketime; the record of before the first try "
        "put in either of its places before each of 100 starts",
        (
            Part("guesses", lambda: stolen_laptop.guess(1000)),
            Part("clocks", lambda: stolen_laptop.guess_by_the_clock(20)),
            Part("record put back", lambda: stolen_laptop.put_back(100)),
        ),
        (
            Part("guesses", lambda: stolen_laptop.guess(20)),
            Part("record put back", lambda: stolen_laptop.put_back(6)),
        ),
        ("let through",),
        ("faketime",),
    ),
    Row(
        21,
        "key slots lost, damaged or cut off while they are written",
        "the copy or the recovery key opens the ledger",
        "one file or both deleted, cut, one bit flipped, one slot changed; power cut in a set-up "
        "and in a change of a secret",
        (*repeated(200, 100, stolen_laptop.lose_slots), *LOCKINGS),
        repeated(8, 8, stolen_laptop.lose_slots),
        ("unrecovered", *power_cut.BAD),
    ),
    Row(
        22,
        "people in what the program writes of its failures",
        "none in logs, crash reports, standard error, names of files; no core is written",
        "exceptions of many classes that quote a person; rows 1 to 7, 12, 13 and 18 look too",
        (Part("reports", canaries.fail_with_people), Part("core", canaries.leave_no_core)),
        (Part("reports", canaries.fail_with_people),),
        canaries.BAD,
    ),
    Row(
        23,
        "any text in any field",
        "an outcome or a sentence, never another exception",
        "hypothesis over every field up to the issued notice; coverage-guided texts and facts",
        (
            *repeated(6_000, 2_000, any_text.fill_in),
            *_steered("facts", 300_000, 150_000),
            *_steered("typed", 200_000, 100_000),
        ),
        repeated(100, 100, any_text.fill_in),
        (*any_text.BAD, "forged and accepted"),
    ),
    Row(
        24,
        "lists that would end whoever reads them: cells far away, endless sheets, bytes changed",
        "read, or refused with a sentence; the program that asked lives",
        "the shipped reader in a process of its own, with limits of memory and time; a table of "
        "hostile files, and lists of which some bytes were changed",
        (
            Part("hostile", strange_lists.read_hostile),
            *repeated(1_000, 500, strange_lists.read_changed),
        ),
        repeated(10, 10, strange_lists.read_changed),
        strange_lists.BAD,
    ),
    Row(
        27,
        "the ledger removed, moved, exchanged, written over, cut, its folder taken away or single "
        "pages written under the program",
        "nothing is acknowledged that the next opening does not find; what is open is saved and "
        "named",
        "a dozen ways, between two notices and at any moment of an issue; what the refusal names "
        "is restored and compared with what was acknowledged. Pages, spoilt or as they once were, "
        "at any moment of an issue: what the next issue does not see the walk must tell",
        (
            *repeated(400, 50, underfoot.take_away),
            *(
                part._replace(name=f"at any moment {part.name}")
                for part in repeated(300, 50, underfoot.take_away_while_issuing)
            ),
            *(
                part._replace(name=f"pages {part.name}")
                for part in repeated(300, 50, underfoot.write_pages_while_issuing)
            ),
        ),
        (
            *repeated(10, 10, underfoot.take_away),
            *(
                part._replace(name=f"pages {part.name}")
                for part in repeated(10, 10, underfoot.write_pages_while_issuing)
            ),
        ),
        (*underfoot.BAD, *underfoot.BAD_PAGES[:2]),
    ),
    Row(
        28,
        "one row of the ledger changed under the right key, nobody asking for a verification",
        "said at the opening, by the walk after it, or by the next backup; no backup counts that "
        "could not be restored, the good ones stay",
        "a changed, missing or exchanged row of each table, anywhere; then days of opening, "
        "issuing and backing up",
        repeated(300, 50, broken_chain.change_a_row),
        repeated(5, 5, broken_chain.change_a_row),
        broken_chain.BAD,
    ),
)
TABLE = tuple(
    sorted(
        (*_ROWS, *PLACE_ROWS, *LEAVING_ROWS, *HALL_ROWS, *DRAFT_ROWS, *BROUGHT_ROWS, *ANCHOR_ROWS),
        key=lambda row: row.number,
    )
)
