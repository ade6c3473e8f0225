"""The view 规则编制 with its sessions, its dialogs and its files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from medcounter.desk.authoring.draft_rolling import DraftRolling
from medcounter.errors import MedCounterError

from ..access.approval_flow import ApprovalFlow
from ..dialogs.before_leaving import before_leaving
from ..file_dialogs import file_dialog, folder_dialog
from ..messages import GOOD, NO_DRAFT, PLAIN, PROBLEM, Message
from ..shortcuts import key_of
from ..views.studio.base_dialog import LOOK_AT_BASE
from ..views.studio.begin_dialog import BeginDialog
from ..views.studio.begin_session import BeginSession
from ..views.studio.confirm_dialog import ConfirmDialog
from ..views.studio.draft_list_session import DraftListSession
from ..views.studio.draft_words import PROPOSALS
from ..views.studio.history_dialog import HistoryDialog
from ..views.studio.live.base_flow import BaseFlow
from ..views.studio.live.live_work import LiveWork
from ..views.studio.live.proposals_dialog import ProposalsDialog
from ..views.studio.reason_line_dialog import ReasonLineDialog
from ..views.studio.release.release_flow import ReleaseFlow
from ..views.studio.sheets.sign_papers import SignPapers
from ..views.studio.source_files.source_file_flow import SourceFileFlow
from ..views.studio.studio_panel import StudioPanel
from ..views.studio.studio_session import StudioSession
from .view_wiring import ViewContext, ViewWiring

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.authoring.form.form_records import CardOffer
    from medcounter.authoring.live.draft_warnings import DraftWarning
    from medcounter.desk.authoring.authoring_records import DraftLine
    from medcounter.desk.authoring.draft_rolling import CarriedText
    from medcounter.desk.authoring.open_draft import OpenDraft

_AS_ABOVE = "公告没有另外规定，照上级的规定办。"
_WITHOUT_DRAFT = {"studio_new", "studio_import", "studio_drop", "lock", "view_counter"}
_READ = "规则文件 (*.json);;所有文件 (*)"


class StudioWiring(ViewWiring):
    """The view 规则编制 of one window."""

    view = "view_studio"

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        window = context.window
        self._panel = StudioPanel(window)
        self._session = StudioSession(context.desk, context.clock, self)
        ask_first = ApprovalFlow(context.desk, context.clock, window).do
        self._drafts = DraftListSession(context.desk, context.clock, ask_first, self)
        self._live = LiveWork(self._panel.editor.live.seen, self)
        self._papers = SignPapers(context.desk, context.clock, window, context.printer)
        self._release = ReleaseFlow(window, context.desk, context.clock, self._make_gate())
        self._base = BaseFlow(window, self._make_gate())
        self._source_files = SourceFileFlow(window, context.clock)
        self._parts = (
            self._release,
            self._base,
            self._papers,
            self._source_files,
            self._live,
            self._drafts,
            self._session,
        )
        self._acts: dict[str, Callable[[], object]] = {
            "studio_new": self._open_begin,
            "studio_import": self._ask_for_file,
            "studio_drop": self._drop,
            "studio_confirm": self._confirm,
            "studio_confirm_all": self._confirm_all,
            "studio_undo": self._session.undo,
            "studio_redo": self._session.redo,
            "studio_before": partial(self._session.turn_section, -1),
            "studio_after": partial(self._session.turn_section, 1),
            "studio_acts": self._panel.editor.cards.open_acts,
            "studio_unanswered": self._next_open,
            "studio_pane": self._panel.editor.next_pane,
            "studio_history": self._open_history,
            LOOK_AT_BASE: self._open_base,
            "studio_export": self._ask_for_folder,
            "studio_hand_on": partial(self._open_papers, self._release),
            "studio_sheet": partial(self._open_papers, self._papers),
            **{act: partial(context.window.act, act) for act in ("lock", "view_counter")},
            "studio_source_files": partial(self._open_papers, self._source_files),
        }
        self._wire()
        # What these keys do at the desk, this view does in its own way while it is in front.
        own = {
            "new_member": "studio_new",
            "undo": "studio_undo",
            "redo": "studio_redo",
            "next_problem": "studio_unanswered",
            "next_member": "studio_pane",
            "history": "studio_history",
            "preview": "studio_sheet",
            "issue": "studio_hand_on",
        }
        acts = {act: partial(self._act, name) for act, name in own.items()}
        self._put(self._panel, self._list_drafts, self._panel.focus_first, acts)

    def open_waiting(self) -> None:
        """Open the draft that waits for who is here; of several, show the list."""

        def go_on() -> None:
            self._session.leave()
            self.open()
            self._drafts.open_waiting()

        before_leaving(self._context.window, self._session.held, go_on)

    def _leave(self) -> None:
        """Go back to the list; what is typed and not kept is asked about first."""
        before_leaving(self._context.window, self._session.held, self._session.leave)

    def _list_drafts(self) -> None:
        """Show the drafts as they are now, unless one is open."""
        if self._session.draft is None:
            self._drafts.refresh()

    def _wire(self) -> None:
        panel, session, drafts = self._panel, self._session, self._drafts
        panel.pressed.connect(self._act)
        panel.left.connect(self._leave)
        panel.start.opened.connect(drafts.open)
        panel.start.removed.connect(self._ask_to_remove)
        editor = panel.editor
        editor.section_chosen.connect(session.open_section)
        editor.cards.typed.connect(session.type)
        editor.cards.left.connect(session.settle)
        editor.cards.offered.connect(self._on_offered)
        editor.cards.ended.connect(self._on_section_ended)
        editor.live.wanted.connect(session.go_to)
        drafts.listed.connect(panel.show_drafts)
        drafts.reported.connect(panel.show_message)
        drafts.opened.connect(session.take)
        session.updated.connect(panel.show_state)
        session.reported.connect(panel.show_message)
        session.went.connect(editor.go_to)
        session.opened.connect(self._on_session_opened)
        session.changed.connect(self._live.follow)
        self._live.meant.connect(editor.live.show_meaning)
        self._live.meant.connect(session.hear)
        self._live.failed.connect(self._on_live_failed)
        editor.live.ticked.connect(self._on_ticked)
        editor.live.to_answer.connect(self._ask_for_answer)
        editor.live.day_pointed.connect(self._live.point)
        session.left.connect(self._on_session_left)
        session.to_confirm.connect(self._ask_for_clauses)
        self._release.reported.connect(panel.show_message)
        self._release.reported.connect(self.reported)
        self._release.settled.connect(session.follow_draft)
        self._release.taken.connect(self.rules_taken)
        self._base.taken.connect(session.take_base)
        self._base.reported.connect(panel.show_message)
        for flow, bar in ((self._release, editor.work), (self._base, editor.base_work)):
            flow.worked.connect(bar.show_work)
            flow.busy.connect(self._on_flow_busy)
            bar.stopped.connect(flow.leave)
        for papers in (self._papers, self._source_files):
            papers.reported.connect(panel.show_message)
            papers.kept.connect(session.follow_draft)
        self._source_files.beside.connect(editor.show_source_file)
        drafts.held_by_another.connect(self._ask_to_take_over)

    def _act(self, name: str) -> None:
        doer = self._acts.get(name)
        if doer is None:
            return
        if name in _WITHOUT_DRAFT or self._session.draft is not None:
            doer()
        else:
            self._panel.show_message(NO_DRAFT)

    def _open_begin(self) -> None:
        begin = BeginSession(self._context.desk, self._context.clock, self)
        dialog = BeginDialog(self._context.window)
        dialog.sought.connect(begin.seek)
        dialog.edited.connect(begin.edit)
        dialog.begun.connect(begin.begin)
        begin.updated.connect(dialog.show_state)
        begin.found.connect(dialog.show_places)
        begin.begun.connect(partial(self._on_begun, dialog))
        dialog.finished.connect(begin.deleteLater)
        begin.refresh()
        dialog.open()

    def _on_begun(self, dialog: BeginDialog, draft: OpenDraft) -> None:
        dialog.accept()
        self._session.take(draft)

    def _ask_for_file(self) -> None:
        files = file_dialog(self._context.window, "studio_files", "导入规则文件", _READ)
        files.fileSelected.connect(self._drafts.bring)
        files.open()

    def _ask_for_folder(self) -> None:
        draft = self._session.draft
        if draft is None:
            return
        if self._release.has_file(draft):
            self._release.ask_for_file(draft)
            return
        files = folder_dialog(
            self._context.window, "studio_folders", "存到哪个文件夹", str(Path.home())
        )
        files.fileSelected.connect(self._session.export)
        files.open()

    def _ask_to_take_over(self, line: DraftLine) -> None:
        about = (
            f"“{line.title}”{line.year} 年度的草稿"
            f"从 {line.held_since:%m-%d %H:%M} 起由“{line.holder}”编着。"
            "接过来以后，那边不能再改；原因会写进历史和台账。"
        )
        dialog = ReasonLineDialog("接过这份草稿", about, "接过来", self._context.window)
        dialog.given.connect(partial(self._drafts.take_over, line.number))
        dialog.open()

    def _ask_to_remove(self, line: DraftLine) -> None:
        about = (
            f"“{line.title}”{line.year} 年度的草稿（{line.state_label}）从一览里删去；"
            "写过的内容和历史仍留在草稿文件里，原因也记在那里。"
        )
        dialog = ReasonLineDialog("删去这份草稿", about, "删去", self._context.window)
        dialog.given.connect(partial(self._drafts.remove, line.number))
        dialog.open()

    def _on_ticked(self, row_id: str) -> None:
        self._session.tick(row_id, is_ticked=self._live.is_ticked(row_id))

    def _ask_for_answer(self, warning: DraftWarning) -> None:
        proposed = _AS_ABOVE if warning.may_stay_above else ""
        window = self._context.window
        dialog = ReasonLineDialog("答复这条提醒", warning.text, "答复", window, proposed)
        dialog.given.connect(partial(self._session.answer, warning))
        dialog.open()

    def _drop(self) -> None:
        if self._panel.is_editing:
            self._panel.editor.cards.take_last_offer()
        else:
            self._panel.start.remove_marked()

    def _confirm(self) -> None:
        card = self._panel.editor.cards.card_here()
        self._session.confirm(() if card is None else (card.path,))

    def _confirm_all(self) -> None:
        self._session.confirm(self._panel.editor.cards.card_paths())

    def _ask_for_clauses(self, texts: tuple[CarriedText, ...]) -> None:
        dialog = ConfirmDialog(texts, self._context.window)
        dialog.given.connect(self._session.confirm_as)
        dialog.open()

    def _next_open(self) -> None:
        cards = self._panel.editor.cards
        card = cards.card_here()
        self._session.next_open(cards.path_here() or (card.path if card else None))

    def _open_history(self) -> None:
        dialog = HistoryDialog(self._session.history(), self._context.window)
        dialog.chosen.connect(self._session.restore)
        dialog.open()

    def _on_offered(self, offer: CardOffer) -> None:
        draft = self._session.draft
        if offer.maker != PROPOSALS or draft is None:
            self._session.do(offer)
            return
        season = DraftRolling(draft)
        dialog = ProposalsDialog(season.proposals, self._context.window)
        dialog.taken.connect(partial(self._decide, dialog, season.accept_examples))
        dialog.left.connect(partial(self._decide, dialog, season.dismiss_examples))
        dialog.open()

    def _decide(
        self,
        dialog: ProposalsDialog,
        act: Callable[[tuple[str, ...], datetime], None],
        ids: tuple[str, ...],
    ) -> None:
        draft = self._session.draft
        if draft is None or not ids:
            return
        try:
            act(ids, self._context.clock())
        except MedCounterError as err:
            dialog.show_refused(err.text)
            return
        self._session.follow_draft()
        dialog.show_lines(DraftRolling(draft).proposals)

    def _open_base(self) -> None:
        draft = self._session.draft
        if draft is not None:
            self._base.open(draft)

    def follow_rules(self) -> None:
        """Let an open draft lie over rules that have just come into use."""
        self._session.follow_rules()

    def _open_papers(self, papers: SignPapers | SourceFileFlow | ReleaseFlow) -> None:
        if self._session.draft is not None:
            papers.open(self._session.draft)

    def _on_session_opened(self) -> None:
        self._panel.show_editor()
        if self._session.draft is not None:
            self._live.begin(self._session.draft)

    def _on_section_ended(self, waiting: int) -> None:
        more = f"，还有 {waiting} 处要核对" if waiting else ""
        sentence = f"本节填完{more}；{key_of('studio_after')} 下一节"
        self._panel.show_message(Message(PLAIN if waiting else GOOD, sentence))

    def _on_flow_busy(self) -> None:
        self._live.make_way(self._release.is_on or self._base.is_on)

    def _on_live_failed(self, text: str) -> None:
        self._panel.show_message(Message(PROBLEM, text))

    def _on_session_left(self) -> None:
        self._release.leave()
        self._base.leave()
        self._live.leave()
        self._panel.editor.hide_source_file()
        self._drafts.refresh()
        self._panel.focus_first()
