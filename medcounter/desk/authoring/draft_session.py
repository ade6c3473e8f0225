"""One rule draft open at a desk: every change is kept before the call returns.

Coordinates the store and what is pure in ``medcounter/authoring``; computes
nothing itself.
"""

from __future__ import annotations

from datetime import datetime

from medcounter.authoring.document.document_path import Path
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.form_records import CardOffer, PlaceForm
from medcounter.desk.authoring.authoring_records import HistoryLine
from medcounter.desk.authoring.draft_contents import DraftContents, contents
from medcounter.desk.context import DeskContext
from medcounter.store.drafts.draft_acts import DraftSaid, RuleDraft


class DraftSession:
    """A draft that its author has open; ``RuleAuthoring.open`` gives it.

    Every method that changes it keeps the change durably and raises otherwise;
    then the draft is as before.

    Attributes:
        draft: As it stands in the store.
        contents: All that its newest version holds.
    """

    draft: RuleDraft
    contents: DraftContents

    def __init__(self, context: DeskContext, draft: RuleDraft) -> None:
        """Take an open desk and a draft that its author has taken."""
        self._context = context
        self._store = context.store.rule_drafts
        self._load(draft)

    @property
    def document(self) -> PlaceDocument:
        """The rules being written."""
        return self.contents.document

    @property
    def form(self) -> PlaceForm:
        """The document as a form, with marks of what is carried over."""
        raise NotImplementedError

    @property
    def version(self) -> int:
        """Number of the newest version; rises with every change."""
        return self.draft.version

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return self._store.steps(self.draft.number).undo is not None

    @property
    def can_redo(self) -> bool:
        """Whether something undone can come again."""
        return self._store.steps(self.draft.number).redo is not None

    def change(self, path: Path, text: str, at: datetime) -> None:
        """Put what was typed into a field.

        Args:
            path: Of the field.
            text: As typed; empty takes the value out.
            at: Now.

        Raises:
            MedCounterError: It cannot be read, with the sentence for the field;
                or it was not kept.
        """
        raise NotImplementedError

    def do(self, offer: CardOffer, at: datetime) -> Path:
        """Do what a card or section offers: add, keep, change, remove.

        Returns:
            Path of what it made, where the form goes next; empty for none.

        Raises:
            MedCounterError: It cannot be done; or it was not kept.
        """
        raise NotImplementedError

    def undo(self, at: datetime) -> bool:
        """Take the last change back; False when there is none.

        Raises:
            MedCounterError: It was not kept.
        """
        act = self._store.undo(self.draft.number, self._said("撤销", at))
        self._load(self._store.one(self.draft.number))
        return act is not None

    def redo(self, at: datetime) -> bool:
        """Make what was undone last come again; False when nothing was.

        Raises:
            MedCounterError: It was not kept.
        """
        act = self._store.redo(self.draft.number, self._said("重做", at))
        self._load(self._store.one(self.draft.number))
        return act is not None

    def history(self) -> tuple[HistoryLine, ...]:
        """List what was done to the draft, newest first.

        Raises:
            MedCounterError: The store failed.
        """
        return tuple(
            HistoryLine(
                act.version,
                act.at,
                act.author,
                act.words,
                can_restore=act.version not in (None, self.draft.version),
            )
            for act in reversed(self._store.acts(self.draft.number))
        )

    def restore(self, version: int, at: datetime) -> None:
        """Make an older version's contents a new version.

        Raises:
            MedCounterError: There is no such version; or it was not kept.
        """
        self._store.restore(self.draft.number, version, self._said(f"改回第 {version} 版", at))
        self._load(self._store.one(self.draft.number))

    def close(self, at: datetime) -> None:
        """Give the draft back, so that others may open it.

        Raises:
            MedCounterError: It was not given back.
        """
        self._store.give_back(self.draft.number, self._said("交还", at))

    def _said(self, words: str, at: datetime) -> DraftSaid:
        return DraftSaid(self._context.settings.clerk, at, words)

    def _load(self, draft: RuleDraft) -> None:
        self.draft = draft
        self.contents = contents(self._store.parts(draft.number))
