"""The session of a draft that is open: typed into, asked about, taken back.

One call in for each thing the user does, one signal out for what is to be shown.
Reads no value itself: the desk does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.authoring.form.rule_cards import REMOVE
from medcounter.desk.authoring.draft_rolling import DraftRolling
from medcounter.desk.authoring.draft_ticks import DraftTicks
from medcounter.desk.authoring.roll_section import SEASON
from medcounter.errors import MedCounterError

from ... import messages
from ...messages import GOOD, PLAIN, Message
from ...session.desk_session import DeskSession
from ...work.newest_act import NewestAct
from .draft_words import (
    check_text,
    editor_state,
    first_open,
    form_marks,
    form_with_rolling,
    kept_typed,
    next_stop,
    section_of,
)
from .studio_state import FormMarks, Typed, TypedRuns

if TYPE_CHECKING:
    from datetime import datetime

    from medcounter.authoring.form.form_records import CardOffer, FormSection, PlaceForm
    from medcounter.authoring.live.draft_warnings import DraftWarning
    from medcounter.desk.authoring.authoring_records import HistoryLine
    from medcounter.desk.authoring.draft_rolling import CarriedText
    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.desk.desk import Desk
    from medcounter.json_path import JsonPath

    from .live.live_work import Meaning


class StudioSession(DeskSession):
    """The draft that is open at a desk.

    Signals:
        updated: The EditorState to show.
        reported: A Message.
        went: Path where the keys go; empty for the section's first field, None for the list.
        opened: A draft is open now.
        left: The draft was closed.
        changed: Path of the field that changed, empty where more than one did.
        to_confirm: The CarriedText whose clauses are to be asked before they are confirmed.
    """

    updated = Signal(object)
    went = Signal(object)
    opened = Signal()
    left = Signal()
    changed = Signal(object)
    to_confirm = Signal(object)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Override DeskSession.__init__: no draft is open."""
        super().__init__(desk, clock, parent)
        self.setObjectName("studio_session")
        self._draft: OpenDraft | None = None
        self._form: PlaceForm | None = None
        self._key = self._check = self._news = ""
        self._typed: dict[JsonPath, Typed] = {}
        self._warned: dict[JsonPath, str] = {}
        self._runs = TypedRuns()
        self._version = 0
        # The field typed in last, and what follows once the key is painted.
        self._path: JsonPath = ()
        self._following = NewestAct(self)

    @property
    def draft(self) -> OpenDraft | None:
        """The draft that is open, with all that was typed; None in the list."""
        self._following.do_now()
        return self._draft

    @property
    def held(self) -> str:
        """Override DeskSession.held: what could not be read was not kept."""
        self._settle_all()
        unread = sum(1 for one in self._typed.values() if one.sentence)
        return f"规则草稿里有 {unread} 处写的还读不懂，没有存" if unread else ""

    def stop(self) -> None:
        """Override DeskSession.stop: the draft is given back."""
        self.leave()

    def follow_draft(self) -> None:
        """Show what something beside the form has changed in the draft."""
        self._following.do_now()
        self._reload()

    def export(self, folder: str) -> None:
        """Write the draft out as a folder of rules within a folder."""
        draft = self.draft
        if draft is None:
            return
        at, place = self._clock(), draft.stored.place
        destination = Path(folder) / f"{place.region}-{place.year}"
        if self._attempt(lambda: draft.export(destination, at.date())):
            text = f"已存到文件夹“{destination.name}”，可以交给签发单位核对和签名"
            self.reported.emit(Message(GOOD, text))

    def take(self, draft: OpenDraft) -> None:
        """Go on with a draft that is open."""
        self.leave()
        self._draft = draft
        self._typed.clear()
        self._warned.clear()
        self._runs.forget()
        self._version = draft.version
        self._key = ""
        self._check = ""
        self._news = draft.base_news
        self.opened.emit()
        self.reported.emit(Message(PLAIN, ""))
        self._reload()
        self.went.emit(None)

    def follow_rules(self) -> None:
        """Work over rules that came into use while a draft is open; it stays as it is."""
        draft = self.draft
        if draft is not None and draft.base_news != self._news:
            self._news = draft.base_news
            draft.lie_over_new()
            self.opened.emit()
            self._reload()

    def take_base(self) -> None:
        """Note that what the new rules change was looked at."""
        draft = self.draft
        if draft is not None and self._attempt(lambda: draft.take_base(self._clock())):
            self._news = draft.base_news
            self._reload()

    def leave(self) -> None:
        """Give the draft back; the drafts are listed again."""
        self._settle_all()
        draft, self._draft, self._form = self._draft, None, None
        if draft is None:
            return
        self._typed.clear()
        self._attempt(lambda: draft.close(self._clock()))
        self.left.emit()

    def type(self, path: JsonPath, text: str) -> None:
        """Take what was typed into a field; unreadable text stays in it as typed.

        The draft and all that is shown of it follow once the key is painted.
        """
        if path != self._path:
            self._following.do_now()
        if self._draft is None:
            return
        self._path = path
        known = self._typed.get(path)
        self._typed[path] = Typed(text, "" if known is None else known.sentence)
        self._following.put(partial(self._follow, path, text))

    def _follow(self, path: JsonPath, text: str) -> None:
        draft = self._draft
        if draft is None:
            return
        self._typed = {at: one for at, one in self._typed.items() if one.sentence or at == path}
        if path[0] == SEASON:
            # Half an answer is none: it is given when the keys leave.
            self._typed[path] = Typed(text)
            self._show()
            return
        sentence = ""
        try:
            draft.change(path, text, self._clock())
        except MedCounterError as err:
            sentence = err.text
        self._typed[path] = Typed(text, sentence)
        if sentence:
            self._show()
        else:
            self._reload(path)

    def settle(self, path: JsonPath) -> None:
        """Write out what was typed into a field that lost the focus."""
        self._following.do_now()
        typed = self._typed.get(path)
        if typed is None or typed.sentence:
            return
        del self._typed[path]
        if path[0] == SEASON and typed.text.strip():
            self._answer_roll(path, typed.text)
        else:
            self._show()

    def _settle_all(self) -> None:
        """Write out all that was typed, as if the keys had left it."""
        self._following.do_now()
        for path in [path for path, one in self._typed.items() if not one.sentence]:
            self.settle(path)

    def _answer_roll(self, path: JsonPath, text: str) -> None:
        draft = self.draft
        if draft is None:
            return
        try:
            DraftRolling(draft).answer(str(path[1]), text, self._clock())
        except MedCounterError as err:
            self._typed[path] = Typed(text, err.text)
            self._show()
        else:
            self._reload()

    def confirm(self, paths: tuple[JsonPath, ...]) -> None:
        """Confirm carried records; a clause of last year's announcement is asked first.

        Args:
            paths: Of the cards.
        """
        draft = self.draft
        if draft is None:
            return
        texts = DraftRolling(draft).texts(paths)
        if not texts:
            self.reported.emit(messages.NOTHING_CARRIED)
            self.next_open(paths[-1] if paths else None)
        elif any(one.is_old for one in texts):
            self.to_confirm.emit(texts)
        else:
            self.confirm_as(texts)

    def confirm_as(self, texts: tuple[CarriedText, ...]) -> None:
        """Confirm carried records, each with the clause that was given for it."""
        draft = self.draft
        if draft is None:
            return
        roll, done = DraftRolling(draft), 0
        for one in texts:
            if not self._attempt(partial(roll.confirm, one.path, one.clause, self._clock())):
                break
            done += 1
        if done:
            self._reload()
            self.next_open(texts[-1].path)
            self.reported.emit(Message(GOOD, f"已照新通知确认 {done} 项"))

    def do(self, offer: CardOffer) -> None:
        """Do what a card or a section offers, and go to what it made."""
        draft = self.draft
        made: list[JsonPath] = []
        if draft is None or not self._attempt(lambda: made.append(draft.do(offer, self._clock()))):
            return
        self._typed = kept_typed(self._typed, offer)
        self._reload()
        self.reported.emit(Message(PLAIN, f"{offer.label}；按 Ctrl+Z 撤销"))
        if made[0] and offer.maker != REMOVE:
            self._open_section_of(made[0])
            self.went.emit(made[0])

    def tick(self, row_id: str, *, is_ticked: bool) -> None:
        """Note that a resident was compared with the announcement, or take that back."""
        draft = self.draft
        if draft is None:
            return
        checks, at = DraftTicks(draft), self._clock()
        turn = checks.untick if is_ticked else checks.tick
        if self._attempt(lambda: turn((row_id,), at)):
            self._reload()

    def answer(self, warning: DraftWarning, reason: str) -> None:
        """Answer a warning."""
        draft = self.draft
        if draft is not None and self._attempt(
            lambda: DraftTicks(draft).answer(warning, reason, self._clock())
        ):
            self._reload()

    def undo(self) -> None:
        """Undo the last change."""
        kept: list[int] = []
        draft = self.draft
        if draft is not None and self._attempt(lambda: kept.append(draft.last_run)):
            self._step("undo", self._runs.back(kept[0]), messages.NOTHING_TO_UNDO_HERE)

    def redo(self) -> None:
        """Redo what was undone last."""
        self._step("redo", self._runs.again(), messages.NOTHING_TO_REDO)

    def history(self) -> tuple[HistoryLine, ...]:
        """List what was done to the draft, newest first."""
        return () if self.draft is None else self.draft.history()

    def restore(self, version: int) -> None:
        """Go back to an older version."""
        draft = self.draft
        if draft is not None and self._attempt(lambda: draft.restore(version, self._clock())):
            self._typed.clear()
            self._reload()
            self.reported.emit(Message(GOOD, f"已回到第 {version} 版，按 Ctrl+Z 可以撤销"))

    def open_section(self, key: str) -> None:
        """Show another section; what was typed into this one counts first."""
        self._settle_all()
        self._key = key
        self._show()

    def turn_section(self, step: int) -> None:
        """Show the section so many after this one, and focus its first field."""
        self._following.do_now()
        form = self._form
        if form is None:
            return
        keys = [section.key for section in form.sections]
        at = keys.index(self._section(form).key) + step
        if 0 <= at < len(keys):
            self.open_section(keys[at])
            self.went.emit(())
        else:
            self.reported.emit(messages.LAST_SECTION)

    def next_open(self, here: JsonPath | None) -> None:
        """Go to the next field after the focused one that still needs an answer."""
        self._following.do_now()
        if self._form is not None:
            path = next_stop(self._form, self._marks(), here)
            if path is None:
                self.reported.emit(messages.ALL_ANSWERED)
            else:
                self.go_to(path)

    def go_to(self, path: JsonPath) -> None:
        """Show the section of a path, and focus its field."""
        self._open_section_of(path)
        self.went.emit(path)

    def hear(self, meant: Meaning) -> None:
        """Show the warnings at their fields, and the progress of the check."""
        check = check_text(meant)
        warned = {one.path: one.text for one in reversed(meant.warnings) if one.is_open}
        if (check, warned) != (self._check, self._warned):
            self._check, self._warned = check, warned
            self._show()

    def _step(self, way: str, versions: int, nothing: Message) -> None:
        draft = self.draft
        if draft is None:
            return
        done: list[bool] = []
        steps = [getattr(draft, way)] * versions
        if self._attempt(lambda: done.extend(step(self._clock()) for step in steps)):
            self._typed.clear()
            self._version = draft.version
            self._reload()
            self.reported.emit(Message(PLAIN, "") if done[0] else nothing)

    def _reload(self, path: JsonPath = ()) -> None:
        if self._draft is not None:
            version = self._draft.version
            self._runs.note(path or None, version - self._version)
            self._version = version
            self._form = form_with_rolling(self._draft)
            self._key = self._key or first_open(self._form, self._marks())
            self._show()
            self.changed.emit(path)

    def _show(self) -> None:
        form, draft = self._form, self._draft
        if form is None or draft is None:
            return
        marks, section = self._marks(), self._section(form)
        state = editor_state(draft, form, section, marks)
        self.updated.emit(replace(state, check=self._check, base_news=self._news))

    def _marks(self) -> FormMarks:
        return form_marks(self._draft, self._form, self._typed, self._warned)

    def _section(self, form: PlaceForm) -> FormSection:
        return next((one for one in form.sections if one.key == self._key), form.sections[0])

    def _open_section_of(self, path: JsonPath) -> None:
        key = "" if self._form is None else section_of(self._form, path)
        if key:
            self.open_section(key)
