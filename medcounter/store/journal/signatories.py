"""Track who may sign what at each point of a ledger, from the ledger itself.

Reports what is wrong with the signature of an event, walking events in order.
A person's key counts from the event that names it, signed by a supervisor; the
first ones are named by the key that is derived from the recovery key. A removed
person's old signatures stay valid. Opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from medcounter.store.db.ledger_schema import RULE_DRAFT
from medcounter.store.journal import auditor_words
from medcounter.store.journal.act_roles import (
    AGREED_TO,
    AUDITOR,
    BY_RECOVERY,
    CLERK,
    NAMED,
    SUPERVISOR,
    TOLD_BY_AUDITOR,
    needed_role,
)
from medcounter.strict_json import StrictJsonError, read_strict
from medcounter.trust import chain
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.signer import signed_by

RECOVERY = "恢复密钥"
# What is asked of an event depends on what it says.
_READ = frozenset({"sign-in", "export", "import", "restore", "void", RULE_DRAFT})
# Acts at the door that leave everybody's rights as they are, unless they bring a key.
_PLAIN_ACTS = frozenset({"signed-in", "approved", TOLD_BY_AUDITOR})
# Said before the key file that was found is written anew, or by whom it does not concern.
_TELL_NO_SLOTS = frozenset({"recovered", TOLD_BY_AUDITOR})
# The recovery key signs for whoever typed it.
_FOR_RECOVERY = AGREED_TO | BY_RECOVERY
_KEYS_IN_DETAIL = frozenset({"key", "keys", "hall"})


class SignedEvent(NamedTuple):
    """The part of an event that a signature covers.

    Attributes:
        kind: The event's kind.
        clerk: Whose name it bears.
        detail: Canonical JSON.
        mac: Its code, over everything before it too.
        public: The key that signed; empty for none.
        signature: Hex; empty for none.
        notice: Row of the notice it is about, else None.
    """

    kind: str
    clerk: str
    detail: str
    mac: str
    public: str
    signature: str
    notice: int | None = None


class Signatory(NamedTuple):
    """The owner of a key."""

    name: str
    role: str


@dataclass(slots=True)
class Signatories:
    """The keys that count, event by event.

    Attributes:
        chain: The ledger's own key; its desk signs where nobody signs in.
        begun: Whether an event was signed; every later one must be.
        people: Whose each key is.
        recovery_keys: Keys that come from a recovery key.
        slots: The newest revision of the key file, by the word of supervisors.
        own_slots: The newest by each person's own word, which concerns that person:
            what changes another's slot a supervisor signs.
    """

    chain: ChainKey
    begun: bool = False
    people: dict[str, Signatory] = field(default_factory=dict)
    recovery_keys: set[str] = field(default_factory=set)
    slots: int = 0
    own_slots: dict[str, int] = field(default_factory=dict)
    _unvouched: set[str] = field(default_factory=set)
    _roles: dict[str, str] = field(default_factory=dict)
    _once: dict[str, Signatory] = field(default_factory=dict)
    _locked: bool = False

    @property
    def takes_any_recovery(self) -> bool:
        """Whether a recovery key that nobody vouched for counts as one.

        Only where no supervisor has a key yet, so that whoever comes first is believed
        anyway. Any clerk can make such a key; later a supervisor names it, by a new one.
        """
        supervised = any(person.role == SUPERVISOR for person in self.people.values())
        return not self.recovery_keys and not supervised

    @property
    def is_locked(self) -> bool:
        """Whether people have signed, so that a nameless act no longer counts."""
        return self.begun and self._locked

    def knows(self, public: str, name: str, role: str) -> bool:
        """Return whether a key counts now for this name and role."""
        return self.people.get(public) == Signatory(name, role)

    def knew(self, public: str, name: str, role: str) -> bool:
        """Return whether a key counted for this name and role at some time."""
        return self._once.get(public) == Signatory(name, role)

    def is_person(self, public: str) -> bool:
        """Return whether a key is that of somebody who signs in, or of the recovery key."""
        return public in self.people or public in self.recovery_keys

    def is_supervisor(self, public: str) -> bool:
        """Return whether a key is that of a supervisor, or of the recovery key."""
        who = self.people.get(public)
        return public in self.recovery_keys or (who is not None and who.role == SUPERVISOR)

    def has_role(self, name: str, role: str) -> bool:
        """Return whether somebody has a role now, with whatever key."""
        return self._roles.get(name) == role

    def has_key(self, name: str) -> bool:
        """Return whether a name has a valid key."""
        return any(person.name == name for person in self.people.values())

    def may_introduce(self, name: str, role: str) -> bool:
        """Return whether somebody known by name alone may introduce a key."""
        return self._roles.get(name) == role and not self.has_key(name)

    def fault(self, event: SignedEvent, *, is_known: bool = False) -> str:
        """Describe what is wrong with an event's signature; empty for nothing.

        Args:
            event: The next one.
            is_known: Its signature need not be checked, as it was good before
                and is the same; who may sign what is asked all the same.
        """
        detail = _read_detail(event.detail) if event.kind in _READ else {}
        if not event.public:
            if self.begun:
                return "没有签名，而此前的记录已经有签名"
            self._take(event, detail)
            return ""
        self.begun = True
        good = is_known or signed_by(event.public, event.signature, event.mac)
        found = self._wrong(event, detail) if good else "签名不符"
        found = found or self._falls(event, detail)
        if not found and not is_known and detail.get("act") == TOLD_BY_AUDITOR:
            found = self._untold(detail)
        if not found:
            self._take(event, detail)
        return found

    def tell_slots(self, event: SignedEvent) -> None:
        """Take what an event at the door says of the key file; the signature is checked."""
        detail = _read_detail(event.detail)
        said = _slots_in(event, detail)
        if said is None:
            return
        who = self.people.get(event.public)
        if self.is_supervisor(event.public) or not self.begun:
            known, owner = self.slots, ""
        elif who is not None:
            known, owner = self.own_slots.get(who.name, 0), who.name
        else:
            return
        if said <= known or (
            self.begun and not signed_by(event.public, event.signature, event.mac)
        ):
            return
        if owner:
            self.own_slots[owner] = said
        else:
            self.slots = said

    def revision_for(self, name: str) -> int:
        """Return the oldest revision of the key file that still lets somebody in."""
        return max(self.slots, self.own_slots.get(name, 0))

    def _falls(self, event: SignedEvent, detail: Mapping[str, object]) -> str:
        said = _slots_in(event, detail)
        if said is None or said >= self.slots:
            return ""
        return f"说密钥文件是第 {said} 版，而此前已是第 {self.slots} 版"

    def _untold(self, detail: Mapping[str, object]) -> str:
        """Explain why an auditor did not do what an event tells of; empty if they did."""
        word = auditor_words.told(detail)
        if word is None:
            return "说的是审计人员做的事，没有其本人的签名"
        known = self.knew(word.public, word.name, AUDITOR) or self.may_introduce(word.name, AUDITOR)
        return "" if known else f"说的是审计人员“{word.name}”做的事，签名的不是其密钥"

    def refuses(self, act: SignedEvent) -> str:
        """Explain why an act that is not yet signed would not be for its signer."""
        return self._wrong(act, _read_detail(act.detail))

    def _wrong(self, event: SignedEvent, detail: Mapping[str, object]) -> str:
        if event.public == self.chain.desk.public:
            # The desk's key is in every hand: it counts where nobody has to sign in,
            # and in nobody's name but that of somebody who has no key yet.
            named = event.clerk and (event.clerk not in self._roles or self.has_key(event.clerk))
            # At the door somebody always has a name.
            named = named or (event.kind == "sign-in" and not event.clerk)
            needed = self._locked and (named or self._needed(event, detail) is not None)
            return "只有窗口的签名，而当时已启用登录" if needed else ""
        who = self.people.get(event.public) or self._introduced(event, detail)
        if who is None:
            return "签名的密钥当时不属于任何登记的人"
        if not event.clerk and event.kind in NAMED and "carried" not in detail:
            return f"没有写经办人，签名的是“{who.name}”"
        return _not_his(event, who, self._needed(event, detail))

    def _needed(self, event: SignedEvent, detail: Mapping[str, object]) -> str | None:
        """Name the role an event needs; None when anybody may."""
        if event.kind == "void" and self._was_agreed(event.notice, detail):
            return CLERK
        return needed_role(event.kind, event.clerk, detail)

    def _was_agreed(self, notice: int | None, detail: Mapping[str, object]) -> bool:
        """Return whether a void carried over by a restore was a supervisor's before.

        With its reason: nobody else says in a supervisor's name why it is void.
        """
        match detail.get("carried"):
            case {
                "before": str(before),
                "row": list(row),
                "public": str(key),
                "signature": str(by),
            }:
                code = chain.link(self.chain.codes, before, (*row, key))
            case _:
                return False
        # A key that counted after the backup was made counts where it is restored.
        ours = row[1:4:2] == ["void", notice] and _reason(detail) == _reason(
            _read_detail(str(row[-1]))
        )
        return self.is_supervisor(key) and ours and signed_by(key, by, code)

    def _introduced(self, event: SignedEvent, detail: Mapping[str, object]) -> Signatory | None:
        """Return whose a key is that counts by this very event."""
        act, name = detail.get("act"), event.clerk
        if event.kind == "sign-in" and detail.get("hall") == event.public:
            # An older ledger knows no hall yet; a set-up is the first word there is.
            first = {"set-up": not self._locked, "recovered": self.takes_any_recovery}
            if first.get(str(act), False):
                self.recovery_keys.add(event.public)
            elif act == "recovered" and not self.recovery_keys:
                self._unvouched.add(event.public)
        if event.public in self.recovery_keys:
            return Signatory(RECOVERY, SUPERVISOR)
        if event.public in self._unvouched and not self.recovery_keys:
            return Signatory(RECOVERY, CLERK)
        # Older ledgers: a person known by name alone brings their key once.
        brought = (
            event.kind == "sign-in" and act == "signed-in" and detail.get("key") == event.public
        )
        if not brought or name not in self._roles or self.has_key(name):
            return None
        person = self._once[event.public] = Signatory(name, self._roles[name])
        return self.people.setdefault(event.public, person)

    def _take(self, event: SignedEvent, detail: Mapping[str, object]) -> None:
        """Apply what an event says about people from here on."""
        if event.public and event.public != self.chain.desk.public:
            self._locked = self._locked or detail.get("act") != "set-up"
        if event.kind != "sign-in":
            return
        name, key = str(detail.get("name")), str(detail.get("key", ""))
        match detail.get("act"):
            case "set-up":
                self._set_up(detail, signed=bool(event.public))
            case "clerk-added" | "key-certified":
                role = str(detail.get("role"))
                self._roles[name] = role
                if key:
                    self.people[key] = self._once[key] = Signatory(name, role)
            case "clerk-removed":
                self._roles.pop(name, None)
                self._end(name)
            case "secret-changed" if key:
                self._end(name, but=key)
            case "recovery-begun":
                self.recovery_keys.add(str(detail.get("hall")))
            case "recovery-renewed" if "hall" in detail:
                self.recovery_keys = {str(detail["hall"])}
        self.tell_slots(event)

    def _set_up(self, detail: Mapping[str, object], *, signed: bool) -> None:
        keys = detail.get("keys")
        named = {str(name): str(role) for name, role in _pairs(detail.get("clerks"))}
        self._roles = named
        self.recovery_keys = {str(detail["hall"])} if "hall" in detail else set()
        self.people = {
            str(key): Signatory(str(name), named.get(str(name), AUDITOR))
            for name, key in (keys.items() if isinstance(keys, dict) else ())
        }
        self._once |= self.people
        self._locked = not signed

    def _end(self, name: str, but: str = "") -> None:
        self.people = {
            key: person for key, person in self.people.items() if person.name != name or key == but
        }


def _slots_in(event: SignedEvent, detail: Mapping[str, object]) -> int | None:
    said = detail.get("slots")
    counts = event.kind == "sign-in" and detail.get("act") not in _TELL_NO_SLOTS
    return said if counts and type(said) is int else None


def leaves_rights_alone(event: SignedEvent) -> bool:
    """Return whether an event at the door says nothing of who may sign what.

    Whoever asks who may sign need not ask for its signature: a ledger has
    thousands of these, and each signature costs a tenth of a millisecond.
    The walk checks them all.
    """
    detail = _read_detail(event.detail) if event.kind == "sign-in" else {}
    return detail.get("act") in _PLAIN_ACTS and not detail.keys() & _KEYS_IN_DETAIL


def _not_his(event: SignedEvent, who: Signatory, needed: str | None) -> str:
    """Explain why a signer may not sign an act; empty if they may."""
    if needed == SUPERVISOR and who.role != SUPERVISOR:
        return f"要主管签名，签名的是“{who.name}”"
    if needed == CLERK and who.role == AUDITOR:
        return f"要经办人签名，签名的是审计人员“{who.name}”"
    for_others = _FOR_RECOVERY if who.name == RECOVERY else AGREED_TO
    may_be_others = needed == SUPERVISOR and event.kind in for_others
    if event.clerk not in {"", who.name} and not may_be_others:
        return f"写的是“{event.clerk}”，签名的是“{who.name}”"
    return ""


def _reason(detail: Mapping[str, object]) -> str:
    return str(detail.get("reason", ""))


def _pairs(raw: object) -> Iterator[tuple[object, object]]:
    for each in raw if isinstance(raw, list) else []:
        match each:
            case [name, role]:
                yield name, role


@lru_cache(maxsize=256)  # people come and go with the same words
def _read_detail(detail: str) -> Mapping[str, object]:
    try:
        read = read_strict(detail.encode())
    except StrictJsonError:
        return {}
    return read if isinstance(read, dict) else {}
