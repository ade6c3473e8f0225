"""A draft on its way out: handed over, looked through, signed by two.

The author signs the very rules of the draft, which nobody changes until the
reviewer has signed too or the draft is taken back; then the first signature is void.
``HallRules.take`` and ``RuleUpdates.install`` put rules into force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from medcounter.authoring.live.review_line import ReviewLine
from medcounter.authoring.live.row_outcome import NOTHING
from medcounter.authoring.live.sample_table import RowKind, SampleRow
from medcounter.authoring.source_files.source_folder import SourceFolder
from medcounter.bundle.hall.hall_bundle import HallBundle
from medcounter.desk.access.access_records import SigningWord
from medcounter.desk.authoring.draft_rolling import DraftRolling
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.authoring.release_signing import (
    ReleaseSigning,
    Reviewing,
    require_office_keys,
    sign_for_office,
)
from medcounter.desk.authoring.reviewed_lines import people_of, reviewed_lines
from medcounter.destinations import destination
from medcounter.errors import MedCounterError
from medcounter.store.journal.typed_reason import typed_reason
from medcounter.store.rule_drafts.draft_acts import HANDED_OVER, RELEASED, WRITING
from medcounter.trust.hall.hall_certificate import HallPerson

_HALF, _WHOLE = "half", "bundle"
_MOST_TOLD = 5
_TOLD = frozenset({"pays", "waits", "covered"})


class DraftNotReadyError(MedCounterError):
    """草稿还有要改正或要答复的，没有交出去，草稿不变；请先用 authoring check 列出并逐条办完。"""


class NotHandedOverError(MedCounterError):
    """这份草稿没有交复核，没有可以复核的；请编制的人先交复核。"""


class NotReleasedError(MedCounterError):
    """这份草稿还没有由两人签名，没有可以发出的文件；请先交复核并签名。"""


class SignedFileUnwritableError(MedCounterError):
    """签了名的规则写不出去，没有写，规则仍在本窗口；请检查 U 盘、磁盘空间和文件夹权限后重试。"""


class DraftInPracticeError(MedCounterError):
    """没有启用登录，或这是练习，草稿可以编制和试算，不能交复核和发布；请在启用登录的窗口办理。"""


class OfficeHead(NamedTuple):
    """The head of an office's bundle.

    Attributes:
        revision: Its number; only rises.
        review_by: Day after which it is to be looked at again.
    """

    revision: int
    review_by: date


class DraftRelease:
    """The way of one open draft to the desks of the hall."""

    def __init__(self, draft: OpenDraft, release: ReleaseSigning) -> None:
        """Work on an open draft; who signs is who is at the desk."""
        self._draft = draft
        self._release = release

    @property
    def reviewers(self) -> tuple[HallPerson, ...]:
        """Who may review what the person here writes."""
        return self._release.reviewers

    def obstacles(self) -> tuple[str, ...]:
        """List what has to be done before the draft can be handed over.

        Goes through :meth:`checking` first, which takes seconds where nobody has.
        """
        for _ in self.checking():
            pass
        live = self._draft.live
        left = [one.text for one in live.warnings if one.is_open]
        return (*DraftRolling(self._draft).obstacles, *left)

    def checking(self) -> Iterator[None]:
        """Check the whole draft bit by bit; over at once where that was done."""
        live = self._draft.live
        while not live.is_checked:
            yield from live.slices()

    @property
    def usual_steps(self) -> int:
        """How many steps the last check took; 0 before the first one."""
        return self._draft.live.steps

    def working_out(self) -> Iterator[None]:
        """Work out the sample residents bit by bit; over at once where that was done."""
        return self._draft.live.working_out()

    def residents(self) -> tuple[SampleRow, ...]:
        """List the sample residents this year beside last year, who differ first.

        Who can pay in neither year is left out. Goes through :meth:`working_out` first,
        which takes a second or two where nobody has.
        """
        for _ in self.working_out():
            pass
        rows = (row for row in self._draft.live.table.rows if row.kind is RowKind.SAMPLE)
        paying = [
            row
            for row in rows
            if row.now.pays != NOTHING or (row.last_year and row.last_year.pays != NOTHING)
        ]
        return tuple(sorted(paying, key=lambda row: not row.moved & _TOLD))

    def lines(self, reviewing: Reviewing) -> tuple[ReviewLine, ...]:
        """List what will stand otherwise, in the words of the form.

        Args:
            reviewing: What ``review`` gave; its signed rules are compared, not the draft.
        """
        live = self._draft.live
        people = people_of(live.rules, live.table.rows)
        return reviewed_lines(reviewing.release, reviewing.plan, self._draft.under, people)

    def proof(self, reviewer: str, begins: date, at: datetime) -> Callable[[], None]:
        """Return the work of proving what :meth:`hand_over` then signs at once.

        It takes seconds and may be done in any thread.

        Raises:
            MedCounterError: As :meth:`hand_over` has it; the work too raises it.
        """
        self._require_author()
        return self._release.author_proof(self._draft.document, reviewer, begins, at)

    def hand_over(self, reviewer: str, begins: date, word: SigningWord, at: datetime) -> bytes:
        """Sign as the author and let the reviewer look; nobody changes it meanwhile.

        Args:
            reviewer: Name of the supervisor who reviews it.
            begins: First day on which the rules are used, inclusive.
            word: That the author's own secret gave, by :meth:`check_secret`.
            at: Now.

        Returns:
            The file with one signature, for a reviewer at another desk.

        Raises:
            DraftInPracticeError: Without sign-in nothing is released.
            DraftNotReadyError: Something has to be put right or answered first.
            MedCounterError: It may not be signed; or it was not kept.
        """
        draft = self._draft
        self._require_author()
        half = self._release.sign_as_author(draft.document, reviewer, begins, word, at)
        entry = draft.entry(f"签名，交“{reviewer}”复核", at)
        digest = draft.store.attach("half.json", half, entry)
        number = draft.stored.number
        detail = {_HALF: digest, "reviewer": reviewer, "begins": begins.isoformat()}
        draft.store.settle(number, HANDED_OVER, draft.entry(entry.words, at, detail))
        draft.close(at)
        draft.reload()
        return half

    def office_head(self) -> OfficeHead:
        """Propose the number and the day of an office's next bundle."""
        draft = self._draft
        used = draft.context.opened.bundle.revision
        return OfficeHead(used + 1, date(max(draft.live.years), 12, 31))

    def office_work(
        self, head: OfficeHead, keys: tuple[Path, ...], at: datetime
    ) -> Callable[[], bytes]:
        """Return the work of laying the draft over the rules in use, and signing.

        Proving takes seconds; the work itself touches no store and may be done in any
        thread.

        Args:
            head: Number of the bundle, and when it is to be looked at again.
            keys: Files with private keys, as their holders brought them.
            at: Now.

        Raises:
            DraftNotReadyError: Something has to be put right or answered first.
            MedCounterError: It contradicts other rules, or a key is none; the work
                raises it.
        """
        self._require_ready()
        document, release = self._draft.document, self._release

        def work() -> bytes:
            require_office_keys(keys)
            data = release.office_payload(document, head.revision, head.review_by, at)
            for key in keys:
                data = sign_for_office(data, key)
            return data

        return work

    def take_back(self, reason: str, at: datetime) -> None:
        """Return the draft to its author; the author's signature is void.

        Args:
            reason: Why, from the author or from the reviewer; may be empty.
            at: Now.

        Raises:
            NotHandedOverError: It is with no reviewer.
            MedCounterError: It was not kept.
        """
        self._half()
        draft = self._draft
        kept = typed_reason(reason)
        words = "收回草稿，原来的签名作废" + (f"：{kept}" if kept else "")
        draft.store.settle(draft.stored.number, WRITING, draft.entry(words, at))
        draft.reload()

    def reviewing(self, at: datetime) -> Callable[[], Reviewing]:
        """Return the work of :meth:`review`; it may be done in any thread.

        Raises:
            MedCounterError: As :meth:`review` has it; the work too raises it.
        """
        return self._release.reviewing(self._half(), at)

    def review(self, at: datetime) -> Reviewing:
        """Show a reviewer what the author signed and what it changes.

        Raises:
            NotHandedOverError: It is with no reviewer.
            MedCounterError: It is not to be signed as it is; one subclass per cause.
        """
        return self.reviewing(at)()

    def secret_checking(self, secret: str) -> Callable[[], Callable[[datetime], SigningWord]]:
        """Return the work of checking the own secret of who is to sign.

        It may be done in any thread; what it gives is the desk's: it tells the ledger
        and gives the word, or raises ``OwnSecretWrongError``.

        Raises:
            MedCounterError: Who is here may not sign.
        """
        return self._release.secret_checking(secret)

    def check_secret(self, secret: str, at: datetime) -> SigningWord:
        """Check the own secret at once, as :meth:`secret_checking` does.

        Raises:
            OwnSecretWrongError: It is not the own secret, or it is too early to try.
            MedCounterError: As :meth:`secret_checking` has it.
        """
        return self._release.check_secret(secret, at)

    def signing(
        self, word: SigningWord, at: datetime
    ) -> Callable[[], Callable[[datetime], HallBundle]]:
        """Return the work of signing as the reviewer; what it gives keeps the signature.

        The work takes seconds and may be done in any thread, the keeping is the desk's.

        Args:
            word: That the reviewer's own secret gave, by :meth:`check_secret`.
            at: Now.

        Raises:
            MedCounterError: As :meth:`sign` has it; the work too raises it.
        """
        work = self._release.signed_by_reviewer(self._half(), word, at)
        return lambda: partial(self._keep_signed, work())

    def sign(self, word: SigningWord, at: datetime) -> HallBundle:
        """Sign as the reviewer; desks may install the rules from now on.

        Args:
            word: That the reviewer's own secret gave, by :meth:`check_secret`.
            at: Now.

        Raises:
            NotHandedOverError: It is with no reviewer.
            MedCounterError: The person signed in may not sign it; or it was not kept.
        """
        return self.signing(word, at)()(at)

    def _keep_signed(self, whole: HallBundle, at: datetime) -> HallBundle:
        # Taken back meanwhile, it is not: the signatures are void.
        self._half()
        draft = self._draft
        entry = draft.entry("复核签名，可以启用", at)
        digest = draft.store.attach("rules.json", whole.data, entry)
        detail = {_WHOLE: digest, "sha256": whole.sha256}
        draft.store.settle(draft.stored.number, RELEASED, draft.entry(entry.words, at, detail))
        draft.reload()
        return whole

    @property
    def data(self) -> bytes:
        """The file that both have signed, for this desk and the others.

        Raises:
            NotReleasedError: They have not.
            MedCounterError: It cannot be read.
        """
        return self._signed(RELEASED, _WHOLE, NotReleasedError())

    def save(self, path: Path) -> None:
        """Write the file that both have signed, its announcements beside it.

        Args:
            path: As the user named it, who was asked whether it may replace another.

        Raises:
            NotReleasedError: They have not signed.
            DestinationRefusedError: It may not be written there; one subclass per cause.
            SignedFileUnwritableError: The disk is full, broken or gone.
            MedCounterError: It cannot be read; or an announcement was not written.
        """
        self._write(path, self.data)

    def save_office(self, path: Path, data: bytes) -> None:
        """Write the bundle that an office signed, its announcements beside it.

        Args:
            path: As the user named it, who was asked whether it may replace another.
            data: As :meth:`office_work` gave it.

        Raises:
            DestinationRefusedError: It may not be written there; one subclass per cause.
            SignedFileUnwritableError: The disk is full, broken or gone.
            MedCounterError: An announcement was not written.
        """
        self._write(path, data)

    def _write(self, path: Path, data: bytes) -> None:
        draft = self._draft
        place = destination(path, draft.context.folder, people=False, replace=True)
        try:
            place.write(data)
        except OSError as err:
            raise SignedFileUnwritableError(
                f"签了名的规则写不到“{path}”（{err.strerror or err}），没有写，规则仍在本窗口；"
                "请检查 U 盘、磁盘空间和文件夹权限后重试。"
            ) from err
        draft.write_source_files(SourceFolder.beside(path))

    def _require_author(self) -> None:
        context = self._draft.context
        if context.access.who is None or context.practice:
            raise DraftInPracticeError
        self._require_ready()

    def _require_ready(self) -> None:
        if left := self.obstacles():
            raise DraftNotReadyError(
                f"草稿还有 {len(left)} 条要改正或要答复的，没有交出去，草稿不变：\n"
                + "\n".join(left[:_MOST_TOLD])
            )

    def _half(self) -> bytes:
        return self._signed(HANDED_OVER, _HALF, NotHandedOverError())

    def _signed(self, state: str, name: str, refusal: MedCounterError) -> bytes:
        stored = self._draft.stored
        digest = stored.state_detail.get(name)
        if stored.state != state or not isinstance(digest, str):
            raise refusal
        return self._draft.store.attached(digest)[1]
