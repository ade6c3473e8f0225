"""The records that go into and come out of the ledger; computes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Generic, TypeVar

from medcounter.trust.data_key import DataKey
from medcounter.wording.terms import UNCONFIRMED

PRINTED = "printed"
FAILED = "failed"
SHIPPED = "shipped"
SYNCED = "synced"

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Ruling:
    """Which rules, engine and facts a notice rests on; stays for ever.

    Attributes:
        bundle: The bundle's id.
        revision: Its number.
        sha256: Hex hash of its bytes.
        engine: Version of the program that computed.
        facts: The facts, canonical JSON; no name and no ID number in them.
        breakdown: The fee's lines, canonical JSON.
    """

    bundle: str
    revision: int
    sha256: str
    engine: str
    facts: bytes
    breakdown: bytes


@dataclass(frozen=True, slots=True)
class NewNotice:
    """All of a notice but its number and its paper.

    Attributes:
        request_id: Unique to the click; the same one gives the same notice.
        issued_at: With its time zone; its year is the number's year.
        desk: Two digits, for example ``03``.
        clerk: Who issues it.
        name: The resident's name; erasable.
        id_number: Unmasked; erasable; empty when there is none.
        region: Six-digit code.
        scheme: ``resident`` or ``flexible``.
        benefit_year: The year insured.
        category: Identity code the fee was counted by.
        category_label: Its name.
        total: Fen to pay; None where no source gives the fee.
        coverage_start: First day with benefits; None when there is none.
        coverage_end: Last day with benefits, inclusive.
        ruling: What it rests on.
        replaces: Number of the void notice this one corrects, else None.
        acknowledged: What was doubtful and seen before, each a code, and the
            number of another notice it is about or an empty text; nothing of
            the person.
        run: Names the run of a list it is issued in; empty for none.
    """

    request_id: str
    issued_at: datetime
    desk: str
    clerk: str
    name: str
    id_number: str
    region: str
    scheme: str
    benefit_year: int
    category: str
    category_label: str
    total: int | None
    coverage_start: date | None
    coverage_end: date | None
    ruling: Ruling
    replaces: str | None = None
    acknowledged: tuple[tuple[str, str], ...] = ()
    run: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdLink:
    """Where a notice stands among those issued together.

    Attributes:
        first: Row of the household's first notice.
        position: 1 for the first.
        size: How many were issued together; at least two.
    """

    first: int
    position: int
    size: int


@dataclass(frozen=True, slots=True)
class Run:
    """The notices that one agreed list numbered.

    Attributes:
        run: Its name, unique.
        numbers: All of them, in order.
        valid: Those that are not void.
        entered: How many of the valid ones were entered in the official
            system.
    """

    run: str
    numbers: tuple[str, ...]
    valid: tuple[str, ...]
    entered: int


@dataclass(frozen=True, slots=True)
class PrintState:
    """One counted print.

    Attributes:
        print_no: 1 for the first.
        at: When it was counted.
        state: ``printed``, ``failed`` or ``unconfirmed``.
    """

    print_no: int
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a notice stands beside being issued or void.

    Attributes:
        benefit_year: The year insured.
        last_print: ``printed``, ``failed`` or ``unconfirmed``.
        replaces: Number of the void notice it corrects; empty for none.
        replaced_by: Number of the notice that corrects it; empty for none.
        entered: Whether it was marked as entered in the official system.
        acknowledged: Codes of what was doubtful and seen before its issue.
        hall_rules: Revision of the hall's own rules it rests on; 0 for none.
    """

    benefit_year: int = 0
    last_print: str = UNCONFIRMED
    replaces: str = ""
    replaced_by: str = ""
    entered: bool = False
    acknowledged: tuple[str, ...] = ()
    hall_rules: int = 0

    @property
    def unconfirmed(self) -> bool:
        """Whether the last print was never confirmed."""
        return self.last_print == UNCONFIRMED

    @property
    def failed(self) -> bool:
        """Whether no paper came out of the last print."""
        return self.last_print == FAILED


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """A notice as the ledger has it.

    Attributes:
        number: ``2025-03-000127``.
        request_id: What it was issued under.
        issued_at: With its time zone.
        clerk: Who issued it.
        document: The snapshot's bytes; None once the person was erased.
        state: ``issued`` or ``void``.
        void_reason: Empty unless void.
        prints: Each counted print, in order; never empty.
        standing: How it stands beside that.
    """

    number: str
    request_id: str
    issued_at: datetime
    clerk: str
    document: bytes | None
    state: str
    void_reason: str
    prints: tuple[PrintState, ...]
    standing: Standing = Standing()


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of a ledger search.

    Attributes:
        number: ``2025-03-000127``.
        issued_at: With its time zone.
        name: None once the person was erased.
        id_number: Unmasked; None once the person was erased.
        category_label: Identity the fee was counted by.
        total: Fen; None where no source gives the fee.
        coverage_start: First day with benefits; None when there is none.
        coverage_end: Last day with benefits, inclusive.
        state: ``issued`` or ``void``.
        prints: How many prints were counted.
        clerk: Who issued it.
        standing: How it stands beside that.
    """

    number: str
    issued_at: datetime
    name: str | None
    id_number: str | None
    category_label: str
    total: int | None
    coverage_start: date | None
    coverage_end: date | None
    state: str
    prints: int
    clerk: str
    standing: Standing = Standing()


# Without slots: a record that is both frozen and slotted cannot be made through an alias of it.
@dataclass(frozen=True)
class Page(Generic[_Row]):
    """Some rows of a search, newest first, and how many match in all."""

    rows: tuple[_Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A row where the ledger does not fit its chain of codes.

    Attributes:
        position: Number of the event; 0 when a notice has none.
        text: One Chinese sentence.
    """

    position: int
    text: str


@dataclass(frozen=True, slots=True)
class BundleRecord:
    """A bundle that was taken in, and the bytes it came in.

    Attributes:
        bundle: The bundle's id.
        revision: Its number.
        sha256: Hex hash of the payload.
        origin: ``shipped`` with the program or ``synced``.
        package: The signed file; the payload itself when shipped.
        installed_at: When it was taken in.
    """

    bundle: str
    revision: int
    sha256: str
    origin: str
    package: bytes
    installed_at: datetime


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put in the ledger's place.

    Attributes:
        backup: The file it came from.
        events: How many events it held.
        lost: How many later events were known of and are not in it.
        aside: Folder in which what lay there before is kept.
        numbers_used: Last numbers on paper that it does not hold; the next
            ones count on from them.
        voids: Notices that were voided later and are void again.
        voids_left: Those that a supervisor must void again.
        with_drafts: Whether rule drafts were brought back with it.
        has_leapt: Whether numbers are leapt over, since no anchor said how far they went.
        said_of_disk: What the disk refused once the ledger was in its place, and
            what is to be done; empty where it refused nothing.
    """

    backup: Path
    events: int
    lost: int
    aside: Path
    numbers_used: tuple[str, ...]
    voids: tuple[str, ...] = ()
    voids_left: tuple[str, ...] = ()
    with_drafts: bool = False
    said_of_disk: str = ""
    has_leapt: bool = False

    @property
    def said_of_numbers(self) -> str:
        """Say that numbers are leapt over; empty where none are."""
        if not self.has_leapt:
            return ""
        return (
            "记着台账末条的文件（anchor.json）不在或已损坏，备份之后出过多少单已无法知道；"
            "为避免编号重复，编号有意跳过一段，请拿最后一张纸质通知单与台账核对。"
        )

    @property
    def said_of_drafts(self) -> str:
        """Say that rule drafts came back too; empty where none did."""
        return "规则草稿也从备份取回。" if self.with_drafts else ""

    @property
    def said_of_voids(self) -> str:
        """Describe what became of later voids; empty where there were none."""
        again = f"备份之后作废的 {'、'.join(self.voids)} 已重新作废。" if self.voids else ""
        if not self.voids_left:
            return again
        left = "、".join(self.voids_left)
        return f"{again}备份之后作废的 {left} 在恢复后的台账里又是有效的，请主管马上重新作废。"


@dataclass(frozen=True, slots=True)
class Restorer:
    """Who puts a backup in the ledger's place, and why.

    Attributes:
        clerk: The name.
        keys: The keys that somebody signed in for; the first one signs.
        reason: Why; empty where the ledger fails.
        over_sound: Whether the ledger whose place is taken does not fail.
    """

    clerk: str = ""
    keys: tuple[DataKey, ...] = field(default=(), repr=False)
    reason: str = ""
    over_sound: bool = False


@dataclass(frozen=True, slots=True)
class Drilled:
    """A backup of which a copy was opened and read from end to end.

    Attributes:
        backup: The file.
        events: How many events it holds.
        notices: How many notices.
    """

    backup: Path
    events: int
    notices: int
