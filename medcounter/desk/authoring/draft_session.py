"""One rule draft open at a desk: every change is kept before the call returns.

Coordinates the store and what is pure in ``medcounter/authoring``; computes
nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from medcounter.authoring.document.document_path import Path as FieldPath
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.form_records import CardOffer, PlaceForm
from medcounter.authoring.form.place_form import form_of
from medcounter.bundle.overlay import narrowed
from medcounter.desk.authoring.authoring_records import HistoryLine
from medcounter.desk.authoring.draft_contents import (
    DraftContents,
    base_stamp,
    contents,
    document_of,
)
from medcounter.desk.authoring.draft_export import export_files, write_export
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
        self._form: tuple[PlaceDocument, PlaceForm] | None = None
        self._load(draft)

    @property
    def document(self) -> PlaceDocument:
        """The rules being written."""
        return self.contents.document

    @property
    def form(self) -> PlaceForm:
        """The document as a form; built once for each version."""
        known = self._form
        if known is None or known[0] is not self.document:
            own = self.draft.place
            base = narrowed(self.base, own.region, own.scheme)
            others = [one for one in base["programmes"] if one["region"] != own.region]
            known = self._form = (
                self.document,
                form_of(self.document, {**base, "programmes": others}),
            )
        return known[1]

    @property
    def base(self) -> Mapping[str, Any]:
        """Document of the rules in use, which the draft lies over."""
        return document_of(self._context.opened.payload)

    @property
    def is_mine(self) -> bool:
        """Whether who is at the desk has it open, and may change it."""
        holder = self.draft.holder
        return holder is not None and holder.name == self._context.settings.clerk

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

    @property
    def base_news(self) -> str:
        """Say that other rules came into use since the draft was written over them.

        Empty while the same are in use. Nothing of the draft is lost: it lies over
        the new ones from now on, and what it inherits may have changed.
        """
        old, new = self.contents.base, base_stamp(self._context.opened)
        if old == new:
            return ""
        text = (
            f"这份草稿是在第 {old.revision} 版规则上写的，现在用的是第 {new.revision} 版；"
            "草稿没有丢失，继承的规则可能变了，请重新核对参保人样本"
        )
        if self._is_covered():
            text += "；现行规则里已有这个地区、险种和年度的规则，本厅的规则不能代替它"
        return f"{text}。"

    def take_base(self, at: datetime) -> None:
        """Note that the draft was compared with the rules now in use.

        Raises:
            MedCounterError: It was not kept.
        """
        stamp = base_stamp(self._context.opened)
        words = f"核对过：改为写在第 {stamp.revision} 版规则上"
        self._keep(replace(self.contents, base=stamp), words, at)

    def change(self, path: FieldPath, text: str, at: datetime) -> None:
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

    def do(self, offer: CardOffer, at: datetime) -> FieldPath:
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

    def export(self, folder: Path, on: date) -> tuple[str, ...]:
        """Write the draft out as a folder of rules.

        Returns:
            The names of its files.

        Raises:
            MedCounterError: It was not written, or not all of it.
        """
        files = export_files(self.document, self.base, on)
        write_export(files, folder, self._context.folder)
        return tuple(files)

    def close(self, at: datetime) -> None:
        """Give the draft back, so that others may open it.

        Raises:
            MedCounterError: It was not given back.
        """
        self._store.give_back(self.draft.number, self._said("交还", at))

    def _is_covered(self) -> bool:
        place = self.draft.place
        return any(
            (one["region"], one["scheme"]) == (place.region, place.scheme)
            and one["benefit_years"]["from"] <= place.year <= one["benefit_years"]["to"]
            for one in self.base["programmes"]
        )

    def _keep(self, contents: DraftContents, words: str, at: datetime) -> None:
        """Keep new contents; what is shown changes only once they lie on the disk."""
        self._store.keep(self.draft.number, contents.parts(), self._said(words, at))
        self.draft = self._store.one(self.draft.number)
        self.contents = contents

    def _said(self, words: str, at: datetime) -> DraftSaid:
        return DraftSaid(self._context.settings.clerk, at, words)

    def _load(self, draft: RuleDraft) -> None:
        self.draft = draft
        self.contents = contents(self._store.parts(draft.number))
