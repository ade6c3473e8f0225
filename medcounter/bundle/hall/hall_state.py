"""What a desk knows of a hall: whom it confirmed, and which rules it took in.

Decides whether a hall's rules may be taken in. The same is asked of what stands in
the ledger when it is read again, so that a line put in there by hand gains nothing.
Opens no file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from medcounter.bundle.hall import hall_bundle_errors as errors
from medcounter.bundle.hall.hall_bundle import HallBundle, HallRelease
from medcounter.trust.hall.hall_certificate import HallCertificate, HallPerson
from medcounter.version import program_version

_Place = tuple[str, str, int]


class ProofBase(NamedTuple):
    """All that a proof of rules depends on; of anything else it says nothing.

    Attributes:
        office: Hash of the office's bundle.
        halls: Hashes of all rules of the hall in force with it.
        program: Version of the program that proved them.
    """

    office: str
    halls: frozenset[str]
    program: str


@dataclass(frozen=True, slots=True)
class TakenRules:
    """Rules of a hall that a desk took in.

    Attributes:
        bundle: The rules as signed.
        at: When they were taken in.
        begins: First day on which they are used here, inclusive.
        proven_over: What they were proven over, as this program did or a supervisor signed.
        retired: Whether an office's took their place.
    """

    bundle: HallBundle
    at: datetime
    begins: date
    proven_over: frozenset[ProofBase] = frozenset()
    retired: bool = False

    @property
    def place(self) -> _Place:
        """Place, scheme and benefit year."""
        return place_of(self.bundle)


@dataclass(frozen=True, slots=True)
class SaidEnd:
    """What a line of the ledger says of rules that an office ended.

    Attributes:
        sha256: Whose rules.
        base: The office's bundle.
        on: The day on which it ended them.
    """

    sha256: frozenset[str]
    base: str
    on: date


@dataclass(frozen=True, slots=True)
class DoubtedEnd:
    """A line of the ledger that ends rules, and is not believed.

    Attributes:
        sha256: Whose.
        base: The office's bundle that is said to have ended them.
        position: Of the event.
        clerk: Who wrote it.
    """

    sha256: str
    base: str
    position: int
    clerk: str


@dataclass(frozen=True, slots=True)
class HallState:
    """What one desk knows of its hall.

    Attributes:
        hall_key: The confirmed hall's public key, hex; empty before the first.
        certificates: The newest known, from the first on.
        confirmed: Keys of the people who were confirmed here.
        taken: All rules ever taken in, oldest first.
        doubted: Lines that end some of them, and are not believed.
    """

    hall_key: str = ""
    certificates: tuple[HallCertificate, ...] = ()
    confirmed: frozenset[str] = frozenset()
    taken: tuple[TakenRules, ...] = field(default=())
    doubted: tuple[DoubtedEnd, ...] = ()

    @property
    def people(self) -> tuple[HallPerson, ...]:
        """Who stands on the newest certificate."""
        return self.certificates[-1].people if self.certificates else ()

    @property
    def unconfirmed(self) -> tuple[HallPerson, ...]:
        """Who stands on it and was not confirmed here."""
        return tuple(one for one in self.people if one.public not in self.confirmed)

    @property
    def next_revision(self) -> int:
        """The number of the hall's next release, as far as this desk knows."""
        own = [one.bundle.release for one in self.taken]
        return 1 + max((one.revision for one in own if one.hall_key == self.hall_key), default=0)

    @property
    def newest(self) -> dict[str, HallRelease]:
        """The last release taken in of each programme, by the programme's id."""
        return {
            str(one.bundle.release.content["programmes"][0]["id"]): one.bundle.release
            for one in sorted(self.taken, key=lambda one: one.bundle.release.revision)
        }

    def confirm(
        self, certificates: tuple[HallCertificate, ...], people: frozenset[str]
    ) -> HallState:
        """Confirm a hall, and people on its certificate.

        Args:
            certificates: Of the hall, from the first on.
            people: Keys of those who are confirmed with it.

        Raises:
            HallCertificateOtherError: They do not lead on from what is known.
        """
        newest = certificates[-1]
        on_it = {one.public for one in newest.people}
        if newest.hall_key != self.hall_key:
            return replace(
                self, hall_key=newest.hall_key, certificates=certificates, confirmed=people & on_it
            )
        longer = self._longer(certificates)
        on_it = {one.public for one in longer[-1].people}
        return replace(self, certificates=longer, confirmed=self.confirmed | (people & on_it))

    def require_changeable(
        self, certificates: tuple[HallCertificate, ...], *, by_recovery: bool
    ) -> None:
        """Allow replacing a confirmed hall only with the recovery key.

        Else one supervisor could make a hall, name somebody in it who is nobody,
        and release rules as two.

        Raises:
            HallChangedError: It is another hall's, and somebody else asks.
        """
        if self.hall_key and certificates[-1].hall_key != self.hall_key and not by_recovery:
            raise errors.HallChangedError

    def require_acceptable(self, hall: HallBundle) -> None:
        """Require that the hall and its people allow installing the rules.

        Raises:
            HallRulesRefusedError: One subclass per cause.
        """
        release = hall.release
        if not self.hall_key:
            raise errors.HallUnconfirmedError
        if release.hall_key != self.hall_key:
            raise errors.HallOfOthersError
        newest = self._longer(release.certificates)[-1]
        people = release.people
        if any(newest.person(one.id) is None for one in people):
            raise errors.HallPersonRemovedError
        if any(one.public not in self.confirmed for one in people):
            raise errors.HallPersonUnconfirmedError
        for known in (
            one.bundle for one in self.taken if one.bundle.release.hall_key == self.hall_key
        ):
            if known.release.revision == release.revision and known.sha256 != hall.sha256:
                raise errors.HallRevisionClashError
            if place_of(known) == place_of(hall) and known.release.revision >= release.revision:
                raise errors.HallRulesOlderError(
                    f"本厅规则是第 {release.revision} 版，"
                    f"这个窗口用过第 {known.release.revision} 版",
                    "请用最新的文件",
                )

    def took(self, taken: TakenRules) -> HallState:
        """Return the state with rules installed.

        Raises:
            HallRulesRefusedError: They may not be; one subclass per cause.
        """
        self.require_acceptable(taken.bundle)
        longer = self._longer(taken.bundle.release.certificates)
        return replace(self, certificates=longer, taken=(*self.taken, taken))

    def proved(self, sha256: frozenset[str], ground: ProofBase) -> HallState:
        """Note what rules were proven over anew."""
        taken = tuple(
            replace(one, proven_over=one.proven_over | {ground})
            if one.bundle.sha256 in sha256
            else one
            for one in self.taken
        )
        return replace(self, taken=taken)

    def retired(self, sha256: frozenset[str]) -> HallState:
        """Note that an office's took the place of rules; they stay for replay."""
        taken = tuple(
            replace(one, retired=True) if one.bundle.sha256 in sha256 else one for one in self.taken
        )
        return replace(self, taken=taken)

    def in_force(self, on: date) -> tuple[TakenRules, ...]:
        """List the rules to be used on a day, the last taken of each place, in order.

        Those of which an office has rules by now are among them: who knows its
        bundle leaves them out.
        """
        last = {one.place: one for one in self.taken if one.begins <= on}
        return tuple(one for one in self.taken if last.get(one.place) is one and not one.retired)

    def turns(self, after: date) -> tuple[date, ...]:
        """List the later days on which other rules come into force, in order."""
        return tuple(sorted({one.begins for one in self.taken if one.begins > after}))

    def by_hash(self, sha256: str) -> HallBundle | None:
        """Return rules that were taken in once; None when they never were."""
        return next((one.bundle for one in self.taken if one.bundle.sha256 == sha256), None)

    def _longer(self, certificates: tuple[HallCertificate, ...]) -> tuple[HallCertificate, ...]:
        """Return the longer of two lines of certificates of which one leads on.

        Raises:
            HallCertificateOtherError: They part somewhere.
        """
        both = zip(self.certificates, certificates, strict=False)
        if any(one.sha256 != other.sha256 for one, other in both):
            raise errors.HallCertificateOtherError
        return max(self.certificates, certificates, key=len)


def proof_base(base: str, halls: Iterable[HallBundle]) -> ProofBase:
    """Return what this program proves rules over that are used together.

    Args:
        base: Hash of the office's bundle.
        halls: All rules of the hall in force with it.
    """
    return ProofBase(base, frozenset(one.sha256 for one in halls), program_version())


def place_of(hall: HallBundle) -> _Place:
    """Return the place, scheme and benefit year of rules."""
    return hall.release.place[:3]
