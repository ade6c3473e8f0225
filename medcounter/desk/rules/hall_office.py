"""The hall's own key at one desk: made, named by words, certifying, confirmed.

The private half is sealed under the recovery key and used only while somebody types
that from its paper. Reads no clock.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from medcounter.bundle.hall.hall_bundle import is_hall_bundle, open_hall_bundle
from medcounter.bundle.signed_package import read_package
from medcounter.desk.access.access_errors import RecoveryRefusedError
from medcounter.desk.access.access_records import SUPERVISOR
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.rules.hall_rules import HallRules
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust.hall import hall_errors
from medcounter.trust.hall.hall_certificate import (
    HallCertificate,
    HallPerson,
    certify,
    read_certificates,
)
from medcounter.trust.hall.hall_words import are_words_of, words_of
from medcounter.trust.key_wrapping import open_hall
from medcounter.trust.signer import Signer, make_seed, recovery_signer, signer_of

_KIND = "hall-certificates"


class Heard(NamedTuple):
    """What was read aloud to a supervisor.

    Attributes:
        words: Of the hall's key, or of the person's.
        person: The name of who came later; empty for the hall itself.
    """

    words: str
    person: str = ""


class HallShown(NamedTuple):
    """The hall as a supervisor sees it.

    Attributes:
        words: Of the confirmed hall's key; none before one was confirmed.
        has_key: Whether that key lies here.
        people: Each on the certificate, with their own words, in Chinese.
    """

    words: tuple[str, ...]
    has_key: bool
    people: tuple[str, ...]


class HallOffice:
    """The hall's key and certificate, as a supervisor here uses them."""

    def __init__(self, context: DeskContext, rules: HallRules) -> None:
        """Work on an open counter, whose hall rules know what was confirmed."""
        self._context = context
        self._rules = rules

    @property
    def has_key(self) -> bool:
        """Whether the confirmed hall's key lies here, sealed under the recovery key."""
        slot = self._context.access.slots.hall
        return slot is not None and slot.public == self._rules.state.hall_key

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the confirmed hall's key; none before one was confirmed."""
        hall = self._rules.state.hall_key
        return words_of(hall) if hall else ()

    @property
    def shown(self) -> HallShown:
        """The hall as a supervisor here sees it."""
        state = self._rules.state
        people = tuple(
            f"{one.name}：{' '.join(words_of(one.public))}"
            + ("" if one.public in state.confirmed else "（这个窗口还没有确认）")
            for one in state.people
        )
        return HallShown(self.words, self.has_key, people)

    @property
    def supervisors(self) -> tuple[HallPerson, ...]:
        """The supervisors of this desk, each with their own signing key."""
        known = self._context.store.signatories().people
        return tuple(
            HallPerson(who.name, public) for public, who in known.items() if who.role == SUPERVISOR
        )

    def make_key(self, recovery_text: str, at: datetime, *, renew: bool = False) -> tuple[str, ...]:
        """Make the hall's own key, and its first certificate for all supervisors here.

        Args:
            recovery_text: The recovery key as typed from its paper.
            at: Now, with its zone.
            renew: Whether a key that is there already is replaced; each desk must
                then confirm the new one.

        Returns:
            The words of the new key.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            HallKeyExistsError: There is one.
            RecoveryTextError, RecoveryRefusedError: The recovery key is not right.
            OSError: The key files cannot be written.
            StoreError: It was not kept.
        """
        access = self._context.access
        private = access.slots.recovery_key(recovery_text)
        if self.has_key and not renew:
            raise hall_errors.HallKeyExistsError
        seed = make_seed()
        # Who was not on the certificate before is not on the next one by this door either.
        known = {one.public for one in self._rules.state.people}
        kept = tuple(one for one in self.supervisors if one.public in known)
        people = kept or self.supervisors
        first = certify(signer_of(seed), people)
        access.slots.keep_hall(seed, private)
        confirmed = frozenset(one.public for one in people)
        self._rules.confirm((first,), confirmed, at, recovery_signer(private))
        return self.words

    def certify(self, recovery_text: str, at: datetime) -> HallCertificate:
        """Make the next certificate for the supervisors that this desk has now.

        The person signed in vouches for those who were added.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            HallKeyMissingError: The hall's key does not lie here.
            HallPersonUnvouchedError: Somebody was added, and who is here was not on
                the certificate before, or is the one who was added.
            RecoveryTextError, RecoveryRefusedError: The recovery key is not right.
            StoreError: It was not kept.
        """
        access, known = self._context.access, self._rules.state.certificates
        private = access.slots.recovery_key(recovery_text)
        slot = access.slots.hall
        if slot is None or not self.has_key:
            raise hall_errors.HallKeyMissingError
        opened = open_hall(slot, private)
        if opened is None:
            raise RecoveryRefusedError
        people = self.supervisors
        if set(people) == set(known[-1].people):
            return known[-1]
        made = certify(opened[0], people, known[-1], self._signer())
        self._rules.confirm((*known, made), frozenset(one.public for one in people), at)
        return made

    def certificate_file(self) -> bytes:
        """Write all certificates of the hall for its other desks.

        Raises:
            HallKeyMissingError: No hall was confirmed here.
        """
        known = self._rules.state.certificates
        if not known:
            raise hall_errors.HallKeyMissingError
        return canonical({"certificates": [one.data.decode() for one in known], "kind": _KIND})

    def offered(self, data: bytes) -> tuple[HallCertificate, ...]:
        """Read the certificates that a file brings: of certificates, or of rules.

        Raises:
            HallCertificateRefusedError: They are not to be believed.
            HallRulesRefusedError: Rules that cannot be read.
        """
        if is_hall_bundle(data):
            return open_hall_bundle(data).release.certificates
        try:
            content = read_strict(data)
        except StrictJsonError as err:
            raise hall_errors.HallCertificateUnreadableError from err
        match content:
            case {"kind": "hall-certificates", "certificates": list(texts)}:
                return read_certificates(tuple(str(text).encode() for text in texts))
        raise hall_errors.HallCertificateUnreadableError

    def confirm(self, data: bytes, heard: Heard, at: datetime, recovery_text: str = "") -> None:
        """Let a hall, or a person who came later, count at this desk.

        Args:
            data: A file of certificates, or of rules.
            heard: What was read aloud.
            at: Now, with its zone.
            recovery_text: This desk's recovery key as typed from its paper; needed
                for another hall than the one confirmed before.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            HallWordsDifferError: The words are others.
            HallCertificateRefusedError: The certificate is not to be believed.
            HallRulesRefusedError: It does not lead on from what is known.
            StoreError: It was not kept.
        """
        access = self._context.access
        access.slots.require_supervisor()
        recovery = (
            recovery_signer(access.slots.recovery_key(recovery_text)) if recovery_text else None
        )
        certificates, words, person = self.offered(data), heard.words, heard.person
        newest, state = certificates[-1], self._rules.state
        if not person:
            if not are_words_of(newest.hall_key, words):
                raise hall_errors.HallWordsDifferError
            new = newest.hall_key != state.hall_key
            people = {one.public for one in newest.people} if new else set[str]()
        else:
            if newest.hall_key != state.hall_key:
                raise hall_errors.HallCertificateForgedError
            people = {one.public for one in newest.people if one.name == person.strip()}
            if not people or not all(are_words_of(public, words) for public in people):
                raise hall_errors.HallWordsDifferError
        self._rules.confirm(certificates, frozenset(people), at, recovery)

    def confirm_file(self, path: Path, heard: Heard, at: datetime, recovery_text: str = "") -> None:
        """Let a hall, or a person who came later, count here by a file on a stick.

        Raises:
            PackageFileError: The file cannot be read.
            MedCounterError: As :meth:`confirm` has it.
        """
        self.confirm(read_package(path), heard, at, recovery_text)

    def _signer(self) -> Signer | None:
        given = self._context.access.given
        return None if given is None or given.recovered else given.key.signer
