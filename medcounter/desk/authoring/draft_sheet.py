"""The sheet for the wet signature of an open draft: made, sent out, taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.place_form import form_of
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.row_outcome import INCOMPLETE
from medcounter.authoring.live.sample_table import BesideRules, SampleRow, SampleTable, table_slices
from medcounter.authoring.live.ticks import ticked
from medcounter.authoring.sign_sheet.returned_table import ReturnedTable, returned_table
from medcounter.authoring.sign_sheet.sign_form import names_of, sign_sheet
from medcounter.authoring.sign_sheet.sign_residents import signed_residents
from medcounter.authoring.sign_sheet.sign_result import SignResult, sign_result
from medcounter.authoring.sign_sheet.sign_sheet import SignedState, SignSheet
from medcounter.authoring.sign_sheet.sign_table import write_sign_table
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.authoring.returned_marks import RETURNED, kept_answer
from medcounter.destinations import Destination
from medcounter.strict_json import canonical


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet, and what it was made of.

    Attributes:
        tables: The sample residents, one table for each year.
    """

    sheet: SignSheet
    rules: DraftRules
    tables: tuple[SampleTable, ...]

    def write_table(self, destination: Destination) -> None:
        """Write it to be ticked.

        Args:
            destination: Ends in ``.xlsx``.

        Raises:
            MedCounterError: It was not written.
        """
        write_sign_table(self.sheet, destination)


class DraftSheet:
    """The sheet of an open draft."""

    def __init__(self, draft: OpenDraft) -> None:
        """Work on an open draft."""
        self._draft = draft

    def making(self, on: date, reviewer: str = "") -> Callable[[], MadeSheet]:
        """Take the draft as it is now; return what makes its sheet, in any thread.

        Asks the rules of every resident, which takes seconds for a large place.

        Args:
            on: Today.
            reviewer: Who looks it through; may be empty.
        """
        draft = self._draft
        document, under = draft.document, draft.under
        settings = draft.context.settings
        own = draft.stored.place
        state = SignedState(
            draft=f"{own.region}-{own.scheme}-{own.year}-{draft.stored.number}",
            what=f"草稿第 {draft.version} 版",
            sha256=draft_hash(document),
            author=settings.clerk,
            reviewer=reviewer,
            hall=settings.hall,
            on=on,
            practice=draft.context.practice,
        )
        payload = draft.context.opened.payload

        def make() -> MadeSheet:
            rules = DraftRules.of(document, InheritedRules.of(payload, document))
            tables = tuple(_whole_table(rules, year) for year in rules.years)
            names = names_of(document, under)
            form = form_of(document, under)
            sheet = sign_sheet(state, form, names, signed_residents(tables))
            return MadeSheet(sheet, rules, tables)

        return make

    def made(self, on: date, reviewer: str = "") -> MadeSheet:
        """Make the sheet of the draft as it is now; arguments as for :meth:`making`."""
        return self.making(on, reviewer)()

    def take_back(self, path: Path, at: datetime) -> SignResult:
        """Read a table that came back, and keep what it says with the draft.

        Args:
            path: As the user named it.
            at: Now.

        Raises:
            MedCounterError: It cannot be read, is of another draft, or was not
                kept; the draft is as before.
        """
        return self.keep(self.made(at.date()), returned_table(path), at)

    def keep(self, made: MadeSheet, returned: ReturnedTable, at: datetime) -> SignResult:
        """Keep what a table says with the draft.

        Sample residents that were ticked become examples; all else that was
        ticked, refused or remarked is kept beside the document.

        Args:
            made: The sheet of the draft as it is now.
            returned: What came back.
            at: Now.

        Raises:
            MedCounterError: It is of another draft, or was not kept; the draft
                is as before.
        """
        draft = self._draft
        result = sign_result(made.sheet, returned)
        rows = tuple(_ticked_rows(made.tables, result.ticked_residents))
        document = ticked(made.rules, rows) if rows else draft.document
        contents = draft.contents.with_document(document)
        answers = [
            kept_answer(one, document)
            for one in result.answers
            if one.verdict.value != "open" or one.remark
        ]
        kept = {
            "at": at.isoformat(timespec="seconds"),
            "sha256": returned.sha256,
            "rows": answers,
            "others": list(result.others),
            "problems": list(result.problems),
        }
        yes = len(result.ticked) + len(result.ticked_residents)
        words = f"读回审签单：√ {yes} 项，× {len(result.refused)} 项"
        draft.keep(contents.with_beside(RETURNED, kept), words, at)
        return result


def draft_hash(document: PlaceDocument) -> str:
    """Return the hash of a draft: of its file, and of the codes that it adds, if any."""
    own = {key: value for key, value in document.vocabulary.items() if value}
    return hashlib.sha256(document.written() + (canonical(own) if own else b"")).hexdigest()


def _whole_table(draft: DraftRules, benefit_year: int) -> SampleTable:
    """Compute a whole table."""
    table = SampleTable(benefit_year)
    for step in table_slices(table, draft, BesideRules()):
        table = table if step is None else step
    return table


def _ticked_rows(tables: Iterable[SampleTable], row_ids: Iterable[str]) -> Iterable[SampleRow]:
    """Find the rows that were ticked; what contradicts itself can be no example."""
    wanted = set(row_ids)
    for table in tables:
        for row in table.rows:
            if row.id in wanted and row.now.refused != INCOMPLETE:
                yield row
