"""The author's answers to an open draft: rows ticked, warnings answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from medcounter.authoring.live.draft_warnings import DraftWarning
from medcounter.authoring.live.ticks import OwnExampleError, own_rows, ticked, unticked
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.errors import MedCounterError
from medcounter.store.journal.typed_reason import typed_reason

_ACCEPTED = "accepted"


class RowUnknownError(MedCounterError):
    """参保人样本里没有这一行，没有核对，草稿不变；规则改动后样本会变，请刷新后重试。"""


class WarningReasonError(MedCounterError):
    """没有写明为什么就是这样，提醒没有答复，草稿不变；请写明理由，例如公告第几条。"""


class WarningNotAnsweredError(MedCounterError):
    """这一条要改正规则，不能只写理由，草稿不变；请按提醒改正。"""


class DraftTicks:
    """Ticks and answered warnings of an open draft."""

    def __init__(self, draft: OpenDraft) -> None:
        """Work on an open draft."""
        self._draft = draft

    def tick(self, row_ids: Collection[str], at: datetime) -> None:
        """Record that rows were compared with the announcement; they become examples.

        Raises:
            RowUnknownError: There is no such row.
            OwnExampleError: A row is an example by hand.
            MedCounterError: A row has no answer; or it was not kept.
        """
        live = self._draft.live
        rows = [live.table.row(one) for one in row_ids]
        known = [row for row in rows if row is not None]
        if len(known) != len(rows) or not known:
            raise RowUnknownError
        self._refuse_own(row_ids)
        document = ticked(live.rules, known)
        self._draft.keep(
            self._draft.contents.with_document(document),
            f"与公告核对相符：{self._people(row_ids)}",
            at,
        )

    def untick(self, row_ids: Collection[str], at: datetime) -> None:
        """Remove ticks; the history names whose rows they were.

        Raises:
            RowUnknownError: None of the rows is ticked.
            OwnExampleError: A row is an example by hand.
            MedCounterError: It was not kept.
        """
        self._refuse_own(row_ids)
        document = unticked(self._draft.live.rules, row_ids)
        if document == self._draft.document:
            raise RowUnknownError
        self._draft.keep(
            self._draft.contents.with_document(document),
            f"取消核对：{self._people(row_ids)}",
            at,
        )

    def answer(self, warning: DraftWarning, reason: str, at: datetime) -> None:
        """Accept a warning as intended, with a reason.

        Raises:
            WarningReasonError: No reason is given.
            WarningNotAnsweredError: It has to be put right instead.
            MedCounterError: It was not kept.
        """
        if warning.blocks:
            raise WarningNotAnsweredError
        if not reason.strip():
            raise WarningReasonError
        kept, document = typed_reason(reason), self._draft.document
        path = (*document.base, _ACCEPTED)
        held = document.at(path) if document.has(path) else []
        key = (warning.kind, warning.where)
        others = [one for one in held if (one.get("warning"), one.get("where")) != key]
        answer = {"warning": warning.kind, "where": warning.where, "reason": kept}
        changed = document.replaced(path, [*others, answer])
        self._draft.keep(self._draft.contents.with_document(changed), f"答复提醒：{kept}", at)

    def _refuse_own(self, row_ids: Collection[str]) -> None:
        if own_rows(self._draft.live.rules).intersection(row_ids):
            raise OwnExampleError

    def _people(self, row_ids: Collection[str]) -> str:
        """Name a resident with the payment day; of several, the first and how many."""
        table = self._draft.live.table
        rows = [row for one in row_ids if (row := table.row(one)) is not None]
        if not rows:
            return f"{len(row_ids)} 行"
        first = f"{rows[0].person}，{rows[0].facts.payment_date} 缴"
        return first if len(row_ids) == 1 else f"{first}，等 {len(row_ids)} 行"
