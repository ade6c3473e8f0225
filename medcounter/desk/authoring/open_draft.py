"""One rule draft open at a desk: every change is kept before the call returns.

Coordinates the store and what is pure in ``medcounter/authoring``; computes
nothing itself. What else can be done with an open draft is in its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.changes import field_at, removed, typed_in
from medcounter.authoring.form.form_records import CardOffer, FormField, PlaceForm
from medcounter.authoring.form.kept_cards import KeptCards
from medcounter.authoring.form.makers.making import done
from medcounter.authoring.form.place_form import card_at, form_of
from medcounter.authoring.live.base_changes import base_changes
from medcounter.authoring.source_files.named_files import named_files
from medcounter.authoring.source_files.source_file_errors import SourceFileError
from medcounter.authoring.source_files.source_folder import FILES_FOLDER, SourceFolder
from medcounter.bundle.overlay import lying_under
from medcounter.desk.authoring.authoring_records import HistoryLine
from medcounter.desk.authoring.draft_contents import (
    DraftContents,
    base_stamp,
    contents,
    document_of,
)
from medcounter.desk.authoring.draft_export import export_files, write_export
from medcounter.desk.authoring.live_draft import LiveDraft
from medcounter.desk.desk_context import DeskContext
from medcounter.json_path import JsonPath
from medcounter.store.rule_drafts.draft_acts import (
    FIELD,
    GIVEN_BACK,
    TAKEN,
    DraftEntry,
    RuleDraft,
    last_run,
)

_LONGEST_WORD = 40


class OpenDraft:
    """A draft that its author has open; ``RuleAuthoring.open`` gives it.

    Every method that changes it keeps the change durably and raises otherwise;
    then the draft is as before.

    Attributes:
        stored: As it stands in the store.
        contents: All that its newest version holds.
    """

    stored: RuleDraft
    contents: DraftContents

    def __init__(self, context: DeskContext, draft: RuleDraft) -> None:
        """Take an open desk and a draft that its author has taken."""
        self.context = context
        self.store = context.store.rule_drafts
        self._form: tuple[PlaceDocument, PlaceForm] | None = None
        self._cards = KeptCards()
        self._under: tuple[object, Mapping[str, Any]] | None = None
        self._live: tuple[object, LiveDraft] | None = None
        self._building = Lock()
        self._load(draft)

    @property
    def document(self) -> PlaceDocument:
        """The rules being written."""
        return self.contents.document

    @property
    def form(self) -> PlaceForm:
        """The document as a form; built once for each version."""
        return self._form_of(self.document)

    @property
    def live(self) -> LiveDraft:
        """What the draft means; worked out when first asked for, then at every change."""
        live = self.build_live()
        if live.rules.document != self.document:
            # Somebody typed while a thread was building it.
            live.edited(self.document)
        return live

    def build_live(self) -> LiveDraft:
        """Work out once over the rules in use what the draft means; any thread may ask."""
        with self._building:  # while other rules may come into use
            opened = self.context.opened
            if self._live is None or self._live[0] is not opened:
                live = LiveDraft(self.document, opened.payload, self.context.rule_book)
                self._live = opened, live
            return self._live[1]

    @property
    def base(self) -> Mapping[str, Any]:
        """Document of the rules in use, which the draft lies over."""
        return document_of(self.context.opened.payload)

    @property
    def under(self) -> Mapping[str, Any]:
        """What the draft inherits, as a document without its own place's rules."""
        whole = self.base
        if self._under is None or self._under[0] is not whole:
            own = self.stored.place
            self._under = (whole, lying_under(whole, own.region, own.scheme))
        return self._under[1]

    @property
    def is_mine(self) -> bool:
        """Whether who is at the desk has it open."""
        holder = self.stored.holder
        return holder is not None and holder.name == self.context.settings.clerk

    @property
    def version(self) -> int:
        """Number of the newest version; rises with every change."""
        return self.stored.version

    @property
    def last_run(self) -> int:
        """How many versions typing in the last field made; 1 for any other act."""
        return last_run(self.store.acts(self.stored.number))

    @property
    def base_news(self) -> str:
        """Say that other rules came into use since the draft was written over them.

        Empty while the same are in use. Nothing of the draft is lost: it lies over
        the new ones from now on, and what it inherits may have changed.
        """
        old, new = self.contents.base, base_stamp(self.context.opened)
        if old == new:
            return ""
        text = (
            f"这份草稿是在第 {old.revision} 版规则上写的，现在用的是第 {new.revision} 版；"
            "草稿没有丢失，继承的规则可能变了，请重新核对参保人样本"
        )
        if self._is_covered():
            text += "；现行规则里已有这个地区、险种和年度的规则，本厅的规则不能代替它"
        return f"{text}。"

    def base_comparison(self) -> Callable[[], tuple[str, ...]] | None:
        """Return the work of telling who comes out otherwise over the rules in use now.

        Of the residents worked out so far; it touches no store, so that any thread may.
        None where the older rules are not here any more.
        """
        before = self.context.store.rules.payload_of(self.contents.base.sha256)
        if before is None:
            return None
        return partial(base_changes, self.document, before, self.live.table.rows)

    def lie_over_new(self) -> None:
        """Work from now on over the rules that have come into use."""
        self._form = self._under = None
        self._cards = KeptCards()

    def take_base(self, at: datetime) -> None:
        """Note that the draft was compared with the rules now in use.

        Raises:
            MedCounterError: It was not kept.
        """
        stamp = base_stamp(self.context.opened)
        words = f"核对过：改为写在第 {stamp.revision} 版规则上"
        self.keep(replace(self.contents, base=stamp), words, at)

    def change(self, path: JsonPath, text: str, at: datetime) -> None:
        """Put what was typed into a field, with all that follows.

        Args:
            path: Of the field.
            text: As typed; empty takes the value out.
            at: Now.

        Raises:
            MedCounterError: It cannot be read, with the sentence for the field;
                or it was not kept.
        """
        field = self._field_at(path)
        document = typed_in(self.document, field, text, self.under)
        if document == self.document:
            return
        title = self._title_at(path)
        # What was inherited and becomes the place's own stands elsewhere from now on.
        after = self._form_of(document).field_at(path) if document.has(path) else None
        now = text.strip() if after is None else after.text
        words = f"{_short(title)}，{field.label}：{_short(field.text)} → {_short(now)}"
        self.keep(self.contents.with_document(document), words, at, {FIELD: list(path)})

    def do(self, offer: CardOffer, at: datetime) -> JsonPath:
        """Do what the form offers: add a card or a condition, change what is inherited.

        Returns:
            Where the form goes next.

        Raises:
            MedCounterError: It cannot be done there; or it was not kept.
        """
        made = done(self.document, offer, self.under, at.date())
        if made.document != self.document:
            self.keep(self.contents.with_document(made.document), f"表单：{offer.label}", at)
        return made.path

    def remove(self, path: JsonPath, at: datetime) -> None:
        """Take a card, a group or an entry out.

        Raises:
            MedCounterError: Nothing stands there; or it was not kept.
        """
        base = self.under
        title = card_at(self.document, path, base).title
        document = removed(self.document, path, base)
        self.keep(self.contents.with_document(document), f"删去：{_short(title)}", at)

    def undo(self, at: datetime) -> bool:
        """Undo the last change; return False if there is none.

        Raises:
            MedCounterError: It was not kept.
        """
        act = self.store.undo(self.stored.number, self.entry("撤销", at))
        self._load(self.store.one(self.stored.number))
        return act is not None

    def redo(self, at: datetime) -> bool:
        """Redo what was undone last; return False if nothing was.

        Raises:
            MedCounterError: It was not kept.
        """
        act = self.store.redo(self.stored.number, self.entry("重做", at))
        self._load(self.store.one(self.stored.number))
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
                can_restore=act.version not in (None, self.stored.version),
                is_lock=act.kind in (TAKEN, GIVEN_BACK),
            )
            for act in reversed(self.store.acts(self.stored.number))
        )

    def restore(self, version: int, at: datetime) -> None:
        """Make an older version's contents a new version.

        Raises:
            MedCounterError: There is no such version; or it was not kept.
        """
        self.store.restore(self.stored.number, version, self.entry(f"改回第 {version} 版", at))
        self._load(self.store.one(self.stored.number))

    def export(self, folder: Path, on: date) -> tuple[str, ...]:
        """Write the draft out as a folder of rules.

        Returns:
            The names of its files.

        Raises:
            MedCounterError: It was not written, or not all of it.
        """
        files = export_files(self.document, self.base, on)
        write_export(files, folder, self.context.folder)
        names = self.write_source_files(SourceFolder(folder / FILES_FOLDER))
        return (*files, *(f"{FILES_FOLDER}/{name}" for name in names))

    def write_source_files(self, folder: SourceFolder) -> tuple[str, ...]:
        """Write the source files that are kept with the draft.

        Args:
            folder: Beside the rules.

        Returns:
            The names of the files.

        Raises:
            MedCounterError: One was not written.
        """
        kept = [one.file for one in named_files(self.document) if self.store.has(one.file.sha256)]
        for file in kept:
            data = self.store.attached(file.sha256)[1]
            folder.write(file, data, data_folder=self.context.folder)
        return tuple(file.name for file in kept)

    def bring_source_files(self, folder: Path, at: datetime) -> None:
        """Keep the source files beside rules taken in, where they are still theirs.

        Raises:
            StoreError: One could not be kept.
        """
        for one in named_files(self.document):
            with suppress(SourceFileError):
                data = SourceFolder(folder).read(one.file)
                self.store.attach(one.file.name, data, self.entry("带入公告文件", at))

    def close(self, at: datetime) -> None:
        """Close the draft, so that others may open it.

        Raises:
            MedCounterError: It was not given back.
        """
        self.store.give_back(self.stored.number, self.entry("交还", at))
        self.stored = self.store.one(self.stored.number)

    def keep(
        self,
        contents: DraftContents,
        words: str,
        at: datetime,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        """Keep new contents; what is shown changes only once they lie on the disk.

        Args:
            contents: What the draft holds from now on.
            words: What was changed, for the history.
            at: Now.
            detail: What else is kept of it.

        Raises:
            MedCounterError: They were not kept; the draft is as before.
        """
        self.store.keep(self.stored.number, contents.parts(), self.entry(words, at, detail))
        self._show(self.store.one(self.stored.number), contents)

    def entry(
        self, words: str, at: datetime, detail: Mapping[str, object] | None = None
    ) -> DraftEntry:
        """Make the record of who acts on the draft now, and when."""
        return DraftEntry(self.context.settings.clerk, at, words, detail or {})

    def reload(self) -> None:
        """Read the draft anew: another part of the program settled it.

        Raises:
            MedCounterError: It cannot be read.
        """
        self._load(self.store.one(self.stored.number))

    def _form_of(self, document: PlaceDocument) -> PlaceForm:
        known = self._form
        if known is None or known[0] is not document:
            form = form_of(document, self.under, kept=self._cards)
            known = self._form = (document, form)
        return known[1]

    def _field_at(self, path: JsonPath) -> FormField:
        """Return a field of the form; one that is only offered is built."""
        found = self.form.field_at(path)
        return field_at(self.document, path, self.under) if found is None else found

    def _title_at(self, path: JsonPath) -> str:
        found = self.form.card_at(path)
        return (card_at(self.document, path, self.under) if found is None else found).title

    def _is_covered(self) -> bool:
        place = self.stored.place
        return any(
            (one["region"], one["scheme"]) == (place.region, place.scheme)
            and one["benefit_years"]["from"] <= place.year <= one["benefit_years"]["to"]
            for one in self.base["programmes"]
        )

    def _load(self, stored: RuleDraft) -> None:
        self._show(stored, contents(self.store.parts(stored.number)))

    def _show(self, stored: RuleDraft, held: DraftContents) -> None:
        changed = not hasattr(self, "contents") or held.document != self.contents.document
        self.stored, self.contents = stored, held
        if changed and self._live is not None:
            self._live[1].edited(held.document)


def _short(text: str) -> str:
    """Cut a long value for the history."""
    if not text:
        return "空"
    return text if len(text) <= _LONGEST_WORD else f"{text[:_LONGEST_WORD]}…"
