"""Rules of this hall at one desk: planned, taken in, in force, retired, replayed.

A hall's rules are in force while no office has any for their place and year, and
only over a bundle over which they were proven. Reads no clock.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.replay import Replay, ReplayImpossibleError, replay
from medcounter.bundle.hall import hall_bundle_errors as errors
from medcounter.bundle.hall.hall_bundle import HallBundle, open_hall_bundle
from medcounter.bundle.hall.hall_proof import hall_book, is_covered, require_uncovered
from medcounter.bundle.hall.hall_state import (
    HallState,
    ProofBase,
    TakenRules,
    place_of,
    proof_base,
)
from medcounter.bundle.hall.joint_proof import JointProofs
from medcounter.bundle.signed_package import OpenedBundle, book_in_use
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.desk_records import RetiringRules
from medcounter.desk.rules.hall_effects import changes_at, changes_between, differing_notices
from medcounter.desk.rules.hall_endings import HallEndings, said_of_doubted, said_of_ended
from medcounter.store.db.ledger_schema import HALL
from medcounter.store.journal.journal import NewEvent
from medcounter.store.rules import hall_record
from medcounter.trust.hall.hall_certificate import HallCertificate
from medcounter.trust.roots import Roots
from medcounter.trust.signer import Signer

if TYPE_CHECKING:
    from medcounter.samples.answer_changes import OutcomeChange

_log = logging.getLogger(__name__)
_MOST_NUMBERS = 5


@dataclass(frozen=True, slots=True)
class HallPlan:
    """Rules of the hall that may be taken in; nothing has changed yet.

    Attributes:
        bundle: The rules.
        old: Those of the same place and year used before; None for none.
        changes: Which answers change.
        differing: Numbers of issued notices that would come out otherwise.
        earliest: First day from which they may be used here.
    """

    bundle: HallBundle
    old: HallBundle | None
    changes: tuple[OutcomeChange, ...]
    differing: tuple[str, ...]
    earliest: date


class HallRules:
    """The rules of this hall at one open desk.

    Attributes:
        state: What the desk knows of its hall.
        on: The day that the rules in force were chosen for.
        dropped: Sentences about rules that are not used any more; empty for none.
    """

    def __init__(self, context: DeskContext, roots: Roots, at: datetime) -> None:
        """Put those in force that still hold over the office's bundle in use.

        Args:
            context: The open counter.
            roots: By whose signatures an office's bundle ended some of them.
            at: Now, with its zone.

        Raises:
            StoreError: The ledger failed.
        """
        self._context = context
        self.on, self._zone = at.date(), at.tzinfo
        self.dropped: tuple[str, ...] = ()
        self._proofs = JointProofs()
        self.state = HallState()
        if not context.access.only_looks:
            self.state = HallEndings(context.store, roots, self._proofs).state(context.opened)
        if self.state.taken:
            self._choose(context.opened, at)

    @property
    def in_force(self) -> tuple[HallBundle, ...]:
        """The rules of the hall by which this desk answers today."""
        return self._context.hall_bundles

    def require_day(self, on: date) -> None:
        """Choose anew what is in force when another day has begun."""
        if on != self.on:
            self.on = on
            if self.state.taken:
                # What holds from a day on, holds from its first minute.
                self._choose(self._context.opened, datetime.combine(on, time.min, self._zone))

    def plan(self, data: bytes, on: date) -> HallPlan:
        """Check rules of the hall and show what they change.

        Args:
            data: The file.
            on: Today.

        Raises:
            HallRulesRefusedError: One subclass per cause; nothing was changed.
            HallCertificateRefusedError: Its certificate is not to be believed.
            StoreError: The ledger failed.
        """
        return self.planner(data, on)()

    def planner(self, data: bytes, on: date) -> Callable[[], HallPlan]:
        """Return the work of proving rules of the hall and showing what they change.

        Proving takes seconds; the work itself touches no store and may be done in any
        thread.

        Raises:
            MedCounterError: As :meth:`plan` has it; the work too raises it.
        """
        self._require_sign_in()
        return self.planner_of(open_hall_bundle(data), on)

    def planner_of(self, hall: HallBundle, on: date) -> Callable[[], HallPlan]:
        """Return the work of showing what rules change, as :meth:`planner` does.

        Args:
            hall: The rules; whether both have signed is for who asks.
            on: Today.

        Raises:
            MedCounterError: As :meth:`plan` has it; the work too raises it.
        """
        self.state.require_acceptable(hall)
        base = self._context.opened
        self._require_base(hall, base)
        require_uncovered(hall.release, base)
        prove, begins = self.prover(hall, on), max(hall.release.begins, on)
        used = self._used(begins)
        old = next((one for one in used if place_of(one) == place_of(hall)), None)
        _, scheme, year = place_of(hall)
        issued = self._context.store.ledger.issued_since(hall.release.begins, scheme, year)

        def work() -> HallPlan:
            prove()
            books = self._book(base, used), self._book(base, (*_besides(hall, used), hall))
            differing = differing_notices(issued, hall, books)
            after = (day + timedelta(days=1) for _, day in differing)
            changes = () if old is None else changes_between(*books)
            numbers = tuple(number for number, _ in differing)
            return HallPlan(hall, old, changes, numbers, max((begins, *after)))

        return work

    def prove(self, hall: HallBundle, on: date) -> None:
        """Prove rules beside all that is used with them, on any day from now on.

        Rules that wait for their day are as good as in force: nobody would be asked
        any more when it comes.

        Args:
            hall: The rules.
            on: Today.

        Raises:
            HallRulesUnprovenError: With the first faults.
        """
        self.prover(hall, on)()

    def prover(self, hall: HallBundle, on: date) -> Callable[[], None]:
        """Return the work of :meth:`prove`, for any thread; once is enough."""
        first, base, proofs = max(hall.release.begins, on), self._context.opened, self._proofs
        together = [
            (*_besides(hall, self._used(day)), hall) for day in (first, *self.state.turns(first))
        ]

        def work() -> None:
            for halls in together:
                proofs.prove(base, halls, hall)

        return work

    def take(self, plan: HallPlan, at: datetime, begins: date | None = None) -> TakenRules:
        """Take planned rules in: kept in the chain, in force from their day on.

        Args:
            plan: As :meth:`plan` gave it.
            at: Now, with its zone.
            begins: A later first day; needed where issued notices would differ, and
                later than that only by a supervisor.

        Raises:
            HallRulesBackdatedError: Issued notices would come out otherwise.
            HallRulesDelayedError: No supervisor puts off what two signed.
            HallRulesRefusedError: One subclass per cause; nothing was changed.
            AuditorLooksOnlyError: An auditor only looks.
            StoreError: It was not kept.
        """
        context = self._context
        context.access.require_clerk()
        today = at.date()
        plan = self.plan(plan.bundle.data, today)  # what was planned may be of yesterday
        first = max(plan.bundle.release.begins, today) if begins is None else begins
        if first < plan.earliest:
            raise _backdated(plan)
        if first > plan.earliest and not context.access.is_supervisors:
            raise errors.HallRulesDelayedError(
                f"本厅规则可从 {plan.earliest} 起使用，推后到 {first} 要由主管决定",
                f"请主管登录后再采用，或从 {plan.earliest} 起使用",
            )
        used = (*_besides(plan.bundle, self._used(first)), plan.bundle)
        ground = proof_base(context.opened.sha256, used)
        taken = TakenRules(plan.bundle, at, first, frozenset({ground}))
        state = self.state.took(taken)
        context.store.backups.make()
        self._note(hall_record.taken(plan.bundle, first, ground), at)
        self.state, self.on = state, today
        self._choose(context.opened, at)
        _log.info("rules of the hall, revision %d, taken in", plan.bundle.release.revision)
        return taken

    def confirm(
        self,
        certificates: tuple[HallCertificate, ...],
        people: frozenset[str],
        at: datetime,
        recovery: Signer | None = None,
    ) -> None:
        """Let a hall and people on its certificate count here from now on.

        Args:
            certificates: Of the hall, from its first on.
            people: Keys of those who are confirmed with it.
            at: Now, with its zone.
            recovery: What the recovery key signs with, where it was typed; needed
                for another hall than the one confirmed before.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            HallRulesUnsignedDeskError: Sign-in is off.
            HallChangedError: It is another hall, and the recovery key was not typed.
            HallCertificateOtherError: They do not lead on from what is known.
            StoreError: It was not kept.
        """
        self._require_sign_in()
        access = self._context.access
        access.slots.require_supervisor()
        given = access.given
        by_recovery = recovery is not None or (given is not None and given.recovered)
        self.state.require_changeable(certificates, by_recovery=by_recovery)
        state = self.state.confirm(certificates, people)
        detail = hall_record.confirmed(certificates, people)
        name = "" if access.who is None else access.who.name
        with self._context.store.chain_key.lent(recovery, HALL):
            self._context.store.note(NewEvent(HALL, at, name, detail=detail))
        self.state = state

    def ended_by(self, offered: OpenedBundle) -> tuple[RetiringRules, ...]:
        """List the rules in force that an office's bundle would end, and why.

        Args:
            offered: Verified; not in force yet.
        """
        kept, ended = self._sorted_over(offered)
        book = self._book(offered, kept)
        before = self._context.rule_book
        return tuple(
            RetiringRules(hall, covered, text, changes_at(hall, before, book))
            if covered
            else RetiringRules(hall, covered, text)
            for hall, covered, text in ended
        )

    def go_over(self, opened: OpenedBundle, at: datetime) -> None:
        """Work by an office's new bundle; what of the hall it ends is retired."""
        self._choose(opened, at)

    def replay(self, stored: Mapping[str, Any]) -> Replay:
        """Assess a stored answer again by the bundles that its stamp names.

        Raises:
            ReplayImpossibleError: One of them is not here, or the answer is not whole.
            StoreError: The ledger failed.
        """
        match stored.get("stamp"):
            case {"bundles": [{"sha256": str(office)}, *named]}:
                payload = self._context.store.rules.payload_of(office)
                wanted = [str(one.get("sha256")) for one in named if isinstance(one, dict)]
                halls = [self.state.by_hash(sha256) for sha256 in wanted]
            case _:
                return replay(dict(stored), self._context.rule_book)
        found = tuple(one for one in halls if one is not None)
        if payload is None or len(found) != len(named):
            raise ReplayImpossibleError(
                "这份结果所用的规则包不在这个窗口，无法核对；请在出这份结果的窗口核对。"
            )
        return replay(dict(stored), hall_book(payload, office, found))

    def _choose(self, opened: OpenedBundle, at: datetime) -> None:
        """Work by a bundle and by what of the hall holds over it."""
        kept, ended = self._sorted_over(opened)
        doubted = said_of_doubted(self.state.doubted, kept)
        self.dropped = (*(text for _, _, text in ended), *([doubted] if doubted else ()))
        ground = proof_base(opened.sha256, kept)
        known = self._proven_over(ground)
        proven = frozenset(one.sha256 for one in kept if one.sha256 not in known)
        gone = frozenset(hall.sha256 for hall, _, _ in ended)
        said = {one.sha256 for one in self.state.doubted if one.base == opened.sha256}
        # Of a clerk nobody would believe it: any program with that secret can write it.
        believed = proven if self._context.access.is_supervisors else frozenset()
        details = (
            (believed, hall_record.proven(proven, ground)),
            (gone - said, hall_record.retired(gone, opened.sha256)),
        )
        for named, detail in details:
            if named and not self._context.store.read_only:
                self._note(detail, at)
        self.state = self.state.proved(proven, ground).retired(gone)
        self._context.work_by(opened, kept)

    def _sorted_over(
        self, opened: OpenedBundle
    ) -> tuple[tuple[HallBundle, ...], list[tuple[HallBundle, bool, str]]]:
        """Tell the rules that hold over a bundle from those that it ends."""
        halls = [one.bundle for one in self.state.in_force(self.on)]
        covered = [one for one in halls if is_covered(one.release, opened)]
        kept = [one for one in halls if one not in covered]
        ended = [(one, True, said_of_ended(one, "已有发布单位的规则")) for one in covered]
        if self._proven_over(proof_base(opened.sha256, kept)).issuperset(
            one.sha256 for one in kept
        ):
            return tuple(kept), ended
        held, refused = self._proofs.compatible(opened, kept)
        for one, why in refused:
            ended.append((one, False, said_of_ended(one, f"与现用的规则合不到一起（{why}）")))
        return held, ended

    def _proven_over(self, ground: ProofBase) -> frozenset[str]:
        """Name the rules that the ledger says were proven over this."""
        return frozenset(one.bundle.sha256 for one in self.state.taken if ground in one.proven_over)

    def _used(self, on: date) -> tuple[HallBundle, ...]:
        """List the rules to be used on a day over the office's bundle of today."""
        halls = (one.bundle for one in self.state.in_force(on))
        return tuple(one for one in halls if not is_covered(one.release, self._context.opened))

    @staticmethod
    def _book(base: OpenedBundle, halls: tuple[HallBundle, ...]) -> RuleBook:
        if not halls:
            return book_in_use(base.payload)
        return hall_book(base.payload, base.sha256, halls)

    def _require_sign_in(self) -> None:
        who = self._context.access.given
        if who is None or who.key.signer is None:
            raise errors.HallRulesUnsignedDeskError

    @staticmethod
    def _require_base(hall: HallBundle, base: OpenedBundle) -> None:
        named = hall.release.base
        if named.bundle != base.bundle.id:
            raise errors.HallBaseOtherError
        if named.revision > base.bundle.revision:
            raise errors.HallBaseNewerError

    def _note(self, detail: dict[str, object], at: datetime) -> None:
        who = self._context.access.who
        name = "" if who is None else who.name
        self._context.store.note(NewEvent("import", at, name, detail=detail))


def _besides(hall: HallBundle, halls: tuple[HallBundle, ...]) -> tuple[HallBundle, ...]:
    """Leave the rules of other places."""
    return tuple(one for one in halls if place_of(one) != place_of(hall))


def _backdated(plan: HallPlan) -> errors.HallRulesBackdatedError:
    if not plan.differing:
        return errors.HallRulesBackdatedError(
            f"本厅规则最早可从 {plan.earliest} 起使用", "请改为这一天或更晚"
        )
    shown, count = "、".join(plan.differing[:_MOST_NUMBERS]), len(plan.differing)
    more = f"等 {count} 份" if count > _MOST_NUMBERS else ""
    return errors.HallRulesBackdatedError(
        f"按新规则，已经出的通知单 {shown}{more}会有出入", f"请从 {plan.earliest} 或更晚起使用"
    )
