"""The rows on where files lie: what is written where, and who copies it away."""

from functools import partial

from tests.faults.disk import synced_places
from tests.faults.inputs import named_files
from tests.faults.process import second_key
from tests.faults.rows import Part, Row, repeated
from tests.faults.secrets import answering_service, audited, locked_memory

PLACE_ROWS: tuple[Row, ...] = (
    Row(
        26,
        "a command is told to write over what must stay",
        "refused before anything is done, with exit code 4; every file stays byte for byte",
        "every command that writes, with --force where it takes it, pointed at each file of two "
        "data folders, at new names in them, at what it reads and, without --force, at a file of "
        "the user's; by the name itself or by a link",
        (Part("everywhere", named_files.point_everywhere),),
        (Part("everywhere", named_files.point_everywhere),),
        named_files.BAD,
    ),
    Row(
        29,
        "a data folder in a folder that a client synchronises",
        "known by its name or by what the client left, said before a ledger begins and for as long "
        "as it lies there; never refused without a way on",
        "each usual name and each thing left behind, first without a word, then as one who knows; "
        "ordinary names",
        (Part("each", synced_places.open_in_each),),
        (Part("each", synced_places.open_in_each),),
        synced_places.BAD,
    ),
    Row(
        31,
        "the memory of a window whose screen is locked is read",
        "neither the secret nor the data key is found, as bytes, hex, UTF-8, UTF-16 or UTF-32",
        "a real window in which somebody signed in, typed a resident and locked; all memory that "
        "may be written is read from outside, before and after",
        (Part("locks", lambda: locked_memory.lock_and_search(20)),),
        (Part("locks", lambda: locked_memory.lock_and_search(1)),),
        locked_memory.BAD,
    ),
    Row(
        32,
        "a package the program is made from is another than the locked one, or has a known "
        "vulnerability",
        "what is installed is the lock and nothing else; no vulnerability is known of any locked "
        "package, and every one of them got an answer",
        "make audit: both environments beside their locks; OSV asked by pip-audit for every lock, "
        "for other systems too; where osv.dev is not reached this cannot hold, and row 35 stands "
        "for the way it is asked",
        (
            Part("installed", audited.hold_to_the_lock),
            Part("known", audited.ask_for_the_known),
        ),
        (Part("installed", audited.hold_to_the_lock),),
        audited.BAD,
    ),
    Row(
        33,
        "kill -9 while the auditors of a ledger of before get a key of their own",
        "nothing lost, everybody gets in, the chain holds, and afterwards no auditor's slot of any "
        "key file in the folder holds the data key",
        "kills at random moments while auditor, clerk, supervisor and the auditor again "
        "sign in, open and close a locked ledger of version 3; new slots are stretched by a quick "
        "code, so that the kills fall where files are written",
        repeated(200, 20, second_key.kill_upgrades),
        repeated(1, 1, second_key.kill_upgrades),
        second_key.BAD,
    ),
    Row(
        35,
        "the service that knows of vulnerabilities knows one, fails, ends half-way, or something "
        "else answers in its place",
        "every locked package is asked for; what is known is named and ends with exit code 1; "
        "without every answer nothing is said to be well",
        "make audit with the real pip-audit, against a service on 127.0.0.1 that speaks OSV's "
        "protocol; osv.dev itself is row 32",
        tuple(
            Part(way, partial(answering_service.ask_one_that, way))
            for way in (*answering_service.ANSWERING, *answering_service.FAILING)
        ),
        (Part("one known", partial(answering_service.ask_one_that, "one known")),),
        answering_service.BAD,
    ),
)
