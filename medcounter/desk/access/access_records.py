"""The records of signing in: clerks, roles, credentials; computes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from medcounter.trust.data_key import DataKey

CLERK, SUPERVISOR, AUDITOR = "clerk", "supervisor", "auditor"
ROLE_NAMES = {CLERK: "经办人", SUPERVISOR: "主管", AUDITOR: "审计人员"}
# Stands for a name where the recovery key opened; ledgers written by 0.1.0 have the older word.
RECOVERED = "恢复密钥"
RESERVED_NAMES = frozenset({RECOVERED, "恢复钥匙"})
NEW, OPEN, LOCKED = "new", "open", "locked"


class Clerk(NamedTuple):
    """A person who can sign in.

    Attributes:
        name: As on notices and in the ledger.
        role: ``clerk``, ``supervisor`` or ``auditor``.
    """

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class NewClerk:
    """A person to be able to sign in, with their secret."""

    name: str
    role: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccessState:
    """How a folder is opened.

    Attributes:
        kind: ``new`` when nobody has chosen yet, ``open`` when somebody
            chose to go without sign-in, ``locked`` when sign-in is on.
        clerks: Who can sign in.
        wait_seconds: How long everybody must wait; 0 when anyone may try.
        open_too_much: Auditors whose slot an older program made, so that it
            opens the whole ledger until they sign in once.
    """

    kind: str
    clerks: tuple[Clerk, ...] = ()
    wait_seconds: int = 0
    open_too_much: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credential:
    """Proof of one person's sign-in, which opens a ledger.

    Attributes:
        name: Who signed in.
        role: As in the slot that opened.
        key: The data key.
        revision: Of the key slots that let them in.
        recovered: Whether the recovery key opened instead of a person.
    """

    name: str
    role: str
    key: DataKey
    revision: int = 0
    recovered: bool = False

    def __repr__(self) -> str:
        return f"Pass({self.name!r}, {self.role!r}, …)"


@dataclass(frozen=True, slots=True)
class Approval:
    """A supervisor's consent to one act, to be used once.

    Attributes:
        act: What may be done, one of the acts of ``desk_access``.
        by: Who gave it.
        token: Tells it from every other.
    """

    act: str
    by: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SigningWord:
    """A person's own secret, typed again just now; good for one signature.

    Attributes:
        by: Who typed it.
        token: Tells it from every other.
    """

    by: str
    token: str = field(repr=False)
