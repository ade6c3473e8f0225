"""Writing rules at a desk: list drafts, begin one, take files in, open one.

Whoever is at the desk may write and try rules; that two people release them is
for ``release``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.document.starting_documents import (
    NewPlaceHead,
    document_of_programme,
    documents_in,
    new_document,
    without_known_words,
)
from medcounter.authoring.source_files.source_folder import FILES_FOLDER
from medcounter.bundle.signed_package import read_package
from medcounter.desk.access.access_records import Approval
from medcounter.desk.access.desk_access import TAKE_OVER
from medcounter.desk.authoring import authoring_errors
from medcounter.desk.authoring.authoring_records import DraftLine, StartingPlace
from medcounter.desk.authoring.draft_contents import DraftContents, base_stamp, document_of
from medcounter.desk.authoring.draft_export import ABOVE
from medcounter.desk.authoring.draft_lines import draft_line, waiting_for
from medcounter.desk.desk_context import DeskContext
from medcounter.paths import MissingResourceError, resource
from medcounter.places.place_code import NATION, is_code
from medcounter.places.place_table import full_name
from medcounter.store.journal.typed_reason import typed_reason
from medcounter.store.rule_drafts.draft_acts import (
    DraftEntry,
    DraftPlace,
    NewRuleDraft,
    RuleDraft,
)
from medcounter.store.rule_drafts.draft_errors import RuleDraftLockedError
from medcounter.strict_json import read_strict
from medcounter.wording.terms import INSURANCES

if TYPE_CHECKING:
    from medcounter.authoring.rolling.roll_records import NewSource, RollAnswer
    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.desk.authoring.rule_rolling import RollPlan


class RuleAuthoring:
    """The rule drafts of one desk."""

    def __init__(self, context: DeskContext) -> None:
        """Work on an open counter."""
        self._context = context
        self._store = context.store.rule_drafts

    @property
    def author(self) -> str:
        """Who writes now; empty where sign-in is off and no name is set."""
        return self._context.settings.clerk

    @property
    def may_release(self) -> bool:
        """Whether rules written here can come into force: not without sign-in."""
        return self._context.access.who is not None and not self._context.practice

    @property
    def read_only(self) -> str:
        """Why no draft can be changed; empty while all can."""
        return self._context.store.read_only or self._store.read_only

    def listed(self) -> tuple[DraftLine, ...]:
        """List the drafts, the one changed last first.

        Raises:
            AuditorLooksOnlyError: An auditor sees no drafts.
            StoreError: They cannot be read.
        """
        self._context.access.require_clerk()
        drafts = self._store.listed()
        waiting = waiting_for(drafts, self._context)
        return tuple(draft_line(one, drafts, waits_here=one in waiting) for one in drafts)

    def starting_places(self) -> tuple[StartingPlace, ...]:
        """List what the rules in use and the hall's own cover, to start a draft from."""
        bundle = self._context.opened.bundle
        names = {region.code: region.name for region in bundle.regions}
        of_hall = self._context.store.hall_state().newest.items()
        return (
            *(StartingPlace.of_hall(name, release) for name, release in of_hall),
            *(
                StartingPlace(
                    one.id,
                    one.region,
                    names.get(one.region, one.region),
                    one.scheme,
                    one.benefit_years.start,
                    one.benefit_years.end,
                )
                for one in sorted(bundle.programmes, key=lambda one: (one.region, one.id))
                if one.region != NATION
            ),
        )

    def begin_new(self, head: NewPlaceHead, at: datetime) -> OpenDraft:
        """Begin a draft without a rule of its own, over the nation's.

        Args:
            head: Place, name, scheme and year; an empty name is that of the
                nation's table.
            at: Now.

        Raises:
            PlaceCodeError, PlaceNameMissingError, YearWithoutNationError: It
                cannot be begun.
            StoreError: It was not kept.
        """
        code = head.region
        if not is_code(code):
            raise authoring_errors.PlaceCodeError(
                f"地区代码应是六位数字，写的是“{code}”，没有新建草稿；请核对后重试。"
            )
        name = head.name.strip() or full_name(code)
        if not name:
            raise authoring_errors.PlaceNameMissingError
        self._require_nation(head.scheme, head.year)
        document = new_document(head._replace(name=name))
        return self._begin(document, "新建", at)

    def begin_from(self, programme_id: str, at: datetime) -> OpenDraft:
        """Begin a draft with a programme of the rules in use, or of the hall.

        Raises:
            ProgrammeUnknownError: There is none of that id.
            StoreError: It was not kept.
        """
        return self._begin(self._started(programme_id), f"从现行规则“{programme_id}”开始", at)

    def roll_plan(self, programme_id: str, to_year: int | None = None) -> RollPlan:
        """List what must be asked to roll a programme in use forward.

        Args:
            programme_id: Last year's.
            to_year: The benefit year; the one after last year's when None.

        Raises:
            ProgrammeUnknownError: There is none of that id.
            RollYearMissingError: The nation has no such year.
            MedCounterError: It cannot be rolled to that year.
        """
        from medcounter.desk.authoring.rule_rolling import roll_plan  # noqa: PLC0415 - as for an open draft

        last_year = self._started(programme_id)
        year = to_year or last_year.own["benefit_years"]["to"] + 1
        return roll_plan(last_year, year, self._context.opened)

    def roll_forward(
        self,
        plan: RollPlan,
        answers: Mapping[str, RollAnswer],
        source: NewSource,
        at: datetime,
    ) -> OpenDraft:
        """Begin a draft with last year's rules rolled forward.

        What is not answered stays asked; all else is carried over until somebody
        confirms it against the new announcement.

        Args:
            plan: What was asked.
            answers: By key of the question.
            source: The new source; ``usual_source`` offers one.
            at: Now.

        Raises:
            MedCounterError: An answer or the announcement cannot be used; or it was not
                kept.
        """
        from medcounter.desk.authoring.rule_rolling import rolled_contents  # noqa: PLC0415 - as for an open draft

        contents = rolled_contents(plan, answers, source, self._context.opened)
        own = plan.last_year.own
        words = f"从“{own['id']}”沿用到 {plan.to_year} 年度"
        return self._begin_with(contents, words, at)

    def take_in(self, path: Path, at: datetime) -> tuple[int, ...]:
        """Begin a draft for each place of a rule file or of a folder of rules.

        Args:
            path: A place's file, a bundle in one file, or a bundle's folder.
            at: Now.

        Returns:
            The numbers of the drafts; none of them stays open.

        Raises:
            MedCounterError: It cannot be read or is something else; then no
                draft is begun.
        """
        self._context.access.require_clerk()
        paths = sorted(path.glob("*.json")) if path.is_dir() else [path]
        own = [one for one in paths if not (path.is_dir() and one.name.startswith(ABOVE))]
        documents = [
            without_known_words(document, document_of(self._context.opened.payload))
            for document in documents_in({one.name: read_package(one) for one in own})
        ]
        places = [_place(document) for document in documents]
        numbers = []
        for document, place in zip(documents, places, strict=True):
            draft = self._begin(document, f"从文件导入：{path.name}", at, place)
            if path.is_dir():
                draft.bring_source_files(path / FILES_FOLDER, at)
            draft.close(at)
            numbers.append(draft.stored.number)
        return tuple(numbers)

    def open(
        self,
        number: int,
        at: datetime,
        take_over_reason: str = "",
        approval: Approval | None = None,
    ) -> OpenDraft:
        """Open a draft; from here on it is this author's until it is closed.

        Args:
            number: The draft's.
            at: Now.
            take_over_reason: Why it is taken from who has it open; empty to be
                refused then.
            approval: A supervisor's consent to that, where none is here.

        Raises:
            RuleDraftLockedError: Somebody else has it, and no reason was given.
            SupervisorNeededError: It may be taken over by a supervisor only.
            RuleDraftUnknownError: There is none.
            DraftUnreadableError: A newer program wrote it.
            StoreError: It was not opened.
        """
        self._context.access.require_clerk()
        try:
            stored = self._store.take(number, self._entry("打开", at))
        except RuleDraftLockedError:
            if not take_over_reason.strip():
                raise
            permit = self._context.access.require(TAKE_OVER, approval)
            entry = self._entry(f"接过来继续编制，原因：{typed_reason(take_over_reason)}", at)
            with permit.during():
                stored = self._store.take_over(number, entry, take_over_reason)
        return self._opened(stored)

    def look(self, number: int) -> OpenDraft:
        """Open a draft only to look, whoever has it; it stays theirs.

        Raises:
            AuditorLooksOnlyError: An auditor sees no drafts.
            RuleDraftUnknownError: There is none.
            StoreError: It cannot be read.
        """
        self._context.access.require_clerk()
        return self._opened(self._store.one(number))

    def remove(self, number: int, at: datetime, reason: str = "") -> None:
        """Take a draft off the list, with a reason for its history.

        Raises:
            RuleDraftNotHeldError: Somebody else has it open.
            StoreError: It is still there.
        """
        self._context.access.require_clerk()
        words = "，原因：".join(filter(None, ("删去草稿", typed_reason(reason))))
        self._store.remove(number, self._entry(words, at))

    def accept(self, reason: str, at: datetime) -> None:
        """Accept a drafts file older than the one the ledger recorded.

        Raises:
            SupervisorNeededError: Only a supervisor may.
            StoreError: They are only looked at, as before.
        """
        with self._context.access.require(TAKE_OVER).during():
            self._store.accept(self._entry("确认接着用", at), reason)

    def _begin(
        self, document: PlaceDocument, words: str, at: datetime, place: DraftPlace | None = None
    ) -> OpenDraft:
        contents = DraftContents(document, base_stamp(self._context.opened))
        return self._begin_with(contents, words, at, place)

    def _begin_with(
        self, contents: DraftContents, words: str, at: datetime, place: DraftPlace | None = None
    ) -> OpenDraft:
        self._context.access.require_clerk()
        where = place or _place(contents.document)
        title = _title(contents.document, where)
        new = NewRuleDraft(where, title, contents.parts())
        return self._opened(self._store.begin(new, self._entry(words, at)))

    def _opened(self, stored: RuleDraft) -> OpenDraft:
        # The form and the live table take a fifth of a second that no start has to wait for.
        from medcounter.desk.authoring.open_draft import (  # noqa: PLC0415 - see above
            OpenDraft,
        )

        return OpenDraft(self._context, stored)

    def _started(self, programme_id: str) -> PlaceDocument:
        hall = self._context.store.hall_state().newest.get(programme_id)
        if hall is not None:
            return PlaceDocument.opened(hall.part, vocabulary=hall.vocabulary)
        document = document_of_programme(document_of(self._context.opened.payload), programme_id)
        return _as_shipped(document, programme_id)

    def _require_nation(self, scheme: str, year: int) -> None:
        spans = [
            one.benefit_years
            for one in self._context.opened.bundle.programmes
            if one.region == NATION and one.scheme == scheme
        ]
        if not any(span.start <= year <= span.end for span in spans):
            known = "、".join(f"{span.start} 至 {span.end}" for span in spans) or "没有"
            raise authoring_errors.YearWithoutNationError(
                f"现行规则里{INSURANCES.get(scheme, scheme)}的全国规则有的年度：{known}，"
                f"没有 {year} 年度，没有新建草稿；请先由编制全国规则的单位续写这个年度。"
            )

    def _entry(self, words: str, at: datetime) -> DraftEntry:
        return DraftEntry(self.author, at, words)


def _place(document: PlaceDocument) -> DraftPlace:
    """Return the place of a document.

    Raises:
        NotAPlaceError: It does not say so.
    """
    own = document.own
    years = own.get("benefit_years")
    region, scheme = own.get("region"), own.get("scheme")
    first = years.get("from") if isinstance(years, dict) else None
    if not (isinstance(region, str) and isinstance(scheme, str) and isinstance(first, int)):
        raise authoring_errors.PlaceUnsaidError
    if not is_code(region):
        raise authoring_errors.PlaceUnsaidError
    return DraftPlace(region, scheme, first)


def _title(document: PlaceDocument, place: DraftPlace) -> str:
    regions = document.content.get("regions")
    for one in regions if isinstance(regions, list) else ():
        if isinstance(one, dict) and one.get("code") == place.region and one.get("name"):
            return str(one["name"])
    return full_name(place.region) or place.region


def _as_shipped(document: PlaceDocument, programme_id: str) -> PlaceDocument:
    """Return the very file of a programme where it ships."""
    wanted = f'"id": "{programme_id}"'.encode()
    try:
        files = sorted(resource("bundles").glob("*.json"))
    except MissingResourceError:
        return document
    for path in files:
        data = path.read_bytes()
        if wanted in data:
            shipped = PlaceDocument.opened(data) if _has_place(data) else document
            if shipped.own == document.own:
                return shipped
    return document


def _has_place(data: bytes) -> bool:
    content: Mapping[str, Any] | object = read_strict(data)
    return isinstance(content, dict) and bool(content.get("programmes"))
