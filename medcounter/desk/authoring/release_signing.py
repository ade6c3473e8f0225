"""Release of rules: the author signs, the reviewer looks and signs too.

For a hall with the keys in both persons' slots; for an office with key files that
two holders bring. Neither puts anything into force: taking in is ``desk.rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from medcounter.assess.prove.known_proofs import KnownProofs
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.bundle.author_check import check_payload
from medcounter.bundle.hall import hall_bundle_errors as errors
from medcounter.bundle.hall.hall_bundle import (
    HallBundle,
    HallRelease,
    open_half,
    sign_first,
    sign_second,
    unsigned,
)
from medcounter.bundle.hall.hall_proof import require_uncovered
from medcounter.bundle.kept_proofs import keep_proofs, kept_proofs, prover_version
from medcounter.bundle.overlay import laid_over
from medcounter.bundle.rule_folder import one_file
from medcounter.bundle.signed_package import Floor
from medcounter.desk.access.access_errors import SupervisorNeededError
from medcounter.desk.access.access_records import SUPERVISOR, SigningWord
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.rules.hall_rules import HallPlan, HallRules
from medcounter.errors import MedCounterError
from medcounter.paths import cache_dir
from medcounter.strict_json import canonical, read_strict
from medcounter.trust.hall.hall_certificate import HallPerson, plain_person
from medcounter.trust.trust_errors import PackageRefusedError

if TYPE_CHECKING:
    from medcounter.authoring.live.review_line import ReviewLine


class ReviewerUnknownError(MedCounterError):
    """复核人不在本厅的主管证明上，没有签名；请从证明上的主管中另选一名复核人。"""


class OfficeKeyTwiceError(MedCounterError):
    """这把私钥已经签过名，没有再签；请换另一位保管人签名。"""


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What a reviewer looks at before signing.

    Attributes:
        release: What the author signed.
        plan: What taking it in would change.
    """

    release: HallRelease
    plan: HallPlan


class ReleaseSigning:
    """Signing what was written at one open desk."""

    def __init__(self, context: DeskContext, rules: HallRules) -> None:
        """Work on an open counter, whose hall rules know who may sign."""
        self._context = context
        self._rules = rules

    @property
    def reviewers(self) -> tuple[HallPerson, ...]:
        """Who may review what the person here writes; nobody where none may write."""
        me = self._person()
        return tuple(one for one in self._rules.state.people if me is not None and one != me)

    def sign_as_author(
        self,
        document: PlaceDocument,
        reviewer: str,
        begins: date,
        word: SigningWord,
        at: datetime,
    ) -> bytes:
        """Sign a place's rules as their author; the file waits for the reviewer.

        Args:
            document: The rules as written.
            reviewer: Name of the supervisor who reviews them.
            begins: First day on which they are used, inclusive.
            word: That the author's own secret gave; used up once nothing is in the way.
            at: Now, with its zone.

        Raises:
            OwnSecretMissingError: The word was used before, or is of somebody else.
            SupervisorNeededError: The person signed in is no supervisor.
            HallSignerUnlistedError: The person signed in is not on the certificate.
            ReviewerUnknownError: The reviewer is not, or is the author.
            HallRulesRefusedError: Not to be released as it is; one subclass per cause.
        """
        release = self._as_author(document, reviewer, begins, at)
        self._rules.prove(unsigned(release), at.date())
        return sign_first(release, self._context.access.own_secret.use(word))

    def author_proof(
        self, document: PlaceDocument, reviewer: str, begins: date, at: datetime
    ) -> Callable[[], None]:
        """Return the work of proving what an author is to sign.

        It takes seconds and may be done in any thread; :meth:`sign_as_author` need not
        do it once more.

        Raises:
            MedCounterError: As :meth:`sign_as_author` has it; the work too raises it.
        """
        made = unsigned(self._as_author(document, reviewer, begins, at))
        return self._rules.prover(made, at.date())

    def _as_author(
        self, document: PlaceDocument, reviewer: str, begins: date, at: datetime
    ) -> HallRelease:
        me = self._author()
        named = [one for one in self.reviewers if plain_person(one.name) == plain_person(reviewer)]
        if len(named) != 1:
            raise ReviewerUnknownError
        base = self._context.opened
        release = HallRelease(
            self._rules.state.certificates,
            me.id,
            named[0].id,
            self._rules.state.next_revision,
            begins,
            at.date(),
            Floor(base.bundle.id, base.bundle.revision, base.sha256),
            document.written(),
            dict(document.vocabulary),
        )
        require_uncovered(release, base)
        return release

    def reviewing(self, data: bytes, at: datetime) -> Callable[[], Reviewing]:
        """Return the work of showing what the author signed, and what it changes.

        It takes seconds and may be done in any thread.

        Raises:
            HallRulesRefusedError: One subclass per cause; the work too raises it.
        """
        release = open_half(data)
        planner = self._rules.planner_of(unsigned(release), at.date())
        return lambda: Reviewing(release, planner())

    def review(self, data: bytes, at: datetime) -> Reviewing:
        """Show a reviewer what the author signed, as :meth:`reviewing` does.

        Raises:
            HallRulesRefusedError: One subclass per cause.
        """
        return self.reviewing(data, at)()

    def lines_of(self, release: HallRelease, plan: HallPlan) -> tuple[ReviewLine, ...]:
        """List what signed rules change, in the words of the form.

        Touches no store, and may be done in any thread.
        """
        # The form and the sample residents are read only where somebody looks at a file.
        from medcounter.desk.authoring.reviewed_lines import file_lines  # noqa: PLC0415 - see above

        return file_lines(release, plan, self._context.opened)

    def secret_checking(self, secret: str) -> Callable[[], Callable[[datetime], SigningWord]]:
        """Return the work of checking the own secret of who is to sign.

        As :meth:`OwnSecret.checking`, for whoever may sign rules.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            HallSignerUnlistedError: The person signed in is not on the certificate.
            MedCounterError: As :meth:`OwnSecret.checking` has it.
        """
        self._author()
        return self._context.access.own_secret.checking(secret)

    def check_secret(self, secret: str, at: datetime) -> SigningWord:
        """Check the own secret at once, as :meth:`secret_checking` does.

        Raises:
            OwnSecretWrongError: It is not the own secret, or it is too early to try.
            MedCounterError: As :meth:`secret_checking` has it.
        """
        return self.secret_checking(secret)()(at)

    def signed_by_reviewer(
        self, data: bytes, word: SigningWord, at: datetime
    ) -> Callable[[], HallBundle]:
        """Return the work of signing as the reviewer; desks may install what it gives.

        It takes seconds and may be done in any thread.

        Args:
            data: What the author signed.
            word: That the reviewer's own secret gave; used up.
            at: Now, with its zone.

        Raises:
            OwnSecretMissingError: The word was used before, or is of somebody else.
            SupervisorNeededError: The person signed in is no supervisor.
            HallSignerUnlistedError: The author asked somebody else.
            HallPersonRemovedError: The author was taken off the certificate since.
            HallRulesRefusedError: One subclass per cause; the work too raises it.
        """
        self._author()
        whole = sign_second(data, self._context.access.own_secret.use(word))
        planner = self._rules.planner_of(whole, at.date())

        def work() -> HallBundle:
            planner()
            return whole

        return work

    def sign_as_reviewer(self, data: bytes, word: SigningWord, at: datetime) -> HallBundle:
        """Sign as the reviewer, as :meth:`signed_by_reviewer` does.

        Raises:
            MedCounterError: As it has it.
        """
        return self.signed_by_reviewer(data, word, at)()

    def office_payload(
        self, document: PlaceDocument, revision: int, review_by: date, at: datetime
    ) -> bytes:
        """Lay a place's rules over the bundle in use, for an office's keys to sign.

        Args:
            document: The rules as written.
            revision: Of the new bundle.
            review_by: Day after which it is to be looked at again.
            at: Now, with its zone.

        Raises:
            BundleUnreadableError: With every fault of the whole.
            MedCounterError: The rules contradict others.
        """
        base = read_strict(self._context.opened.payload)
        whole = laid_over(
            base if isinstance(base, dict) else {}, document.content, document.vocabulary
        )
        head = {
            "issued": at.date().isoformat(),
            "review_by": review_by.isoformat(),
            "revision": revision,
        }
        payload = canonical({**whole, **head})
        known = KnownProofs(prover_version(), kept_proofs(cache_dir()))
        try:
            check_payload(payload, one_file(payload).places(), known)
        finally:
            keep_proofs(cache_dir(), known)
        return payload

    def _person(self) -> HallPerson | None:
        given = self._context.access.given
        signer = None if given is None else given.key.signer
        people = self._rules.state.people
        return next((one for one in people if signer and one.public == signer.public), None)

    def _author(self) -> HallPerson:
        given, me = self._context.access.given, self._person()
        if given is None or given.key.signer is None:
            raise errors.HallRulesUnsignedDeskError
        if given.role != SUPERVISOR or given.recovered:
            raise SupervisorNeededError
        if me is None:
            raise errors.HallSignerUnlistedError
        return me


def require_office_keys(key_files: Iterable[Path]) -> None:
    """See that keys can be read and are of different holders.

    Raises:
        OfficeKeyTwiceError: One was named twice.
        SigningKeyUnreadableError: One is no such key.
    """
    from medcounter.trust import keys  # noqa: PLC0415 - as for signing

    ids = [keys.read_signing_key(path).root.id for path in key_files]
    if len(set(ids)) < len(ids):
        raise OfficeKeyTwiceError


def sign_for_office(data: bytes, key_file: Path) -> bytes:
    """Sign an office's bundle with a key that its holder brought on a stick.

    Args:
        data: The payload, or the file that another holder signed.
        key_file: The private key.

    Raises:
        OfficeKeyTwiceError: The holder signed already.
        SigningKeyUnreadableError: It is no such key.
    """
    # Loaded only here: nobody else at a desk signs as an office.
    from medcounter.trust import envelope, keys  # noqa: PLC0415 - see above

    key = keys.read_signing_key(key_file)
    try:
        before = envelope.take_apart(data)
    except PackageRefusedError:
        return envelope.sign(data, (key,))
    if key.root.id in {key_id for key_id, _ in before.signatures}:
        raise OfficeKeyTwiceError
    return envelope.countersign(data, (key,))
