"""The rows on rules in the making, on notices and tables that were brought, and on the stick."""

from functools import partial

from tests.faults.disk import draft_faults
from tests.faults.rows import Part, Row, repeated

_FILLING = ("openat", "write", "pwrite64", "ftruncate", "fsync", "mkdir", "rename")
_ON_STICK = ("openat", "read", "write", "fsync", "rename")
_STEP = 9


def _strikes() -> tuple[Part, ...]:
    return tuple(
        Part(
            f"{call} {error}{' for ever' if ever else ''}",
            partial(draft_faults.strike, call, error, _STEP, ever=ever),
        )
        for call in _FILLING
        for error, ever in (("ENOSPC", True), ("EIO", False))
    )


def _pulled() -> tuple[Part, ...]:
    return tuple(
        Part(
            f"stick pulled out at {call}",
            partial(draft_faults.strike, call, "EIO", 1, ever=True, stick=True),
        )
        for call in _ON_STICK
    )


DRAFT_ROWS: tuple[Row, ...] = (
    Row(
        36,
        "an author who types, brings a notice and a returned table from a stick, writes rules and "
        "drafts to it: killed, the power cut, the disk full or failing, the stick pulled out",
        "every acknowledged version and file is there, the drafts go on; a copy is whole or none; "
        "each refusal has a sentence",
        "kills at any moment; the recorded system calls replayed as a disk could hold them; strace "
        "fails the N-th call of a kind, all of them or only those on the stick",
        (
            *repeated(200, 50, draft_faults.kill),
            Part("power cut", partial(draft_faults.cut_power, 600)),
            *_strikes(),
            *_pulled(),
        ),
        (Part("kills", partial(draft_faults.kill, 3)),),
        draft_faults.BAD,
        ("strace",),
    ),
)
