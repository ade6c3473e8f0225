"""The main window: views in a stack, every key, and the wiring of its panels.

Connects session and panels; computes nothing and opens no file.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from . import messages
from .acts import Acts, Doer
from .dialogs.waiting_dialogs import WaitingDialogs
from .frame.action_bar import ActionBar
from .frame.alert_bar import AlertBar
from .frame.asking import Asking
from .frame.beside import close_beside
from .frame.practice_band import PracticeBand
from .frame.question_bar import QuestionBar
from .frame.safety_mark import add_mark
from .frame.start_error import StartError
from .frame.top_bar import TopBar
from .shortcuts import COUNTER_OR_WHY, LEADS, SHORTCUTS, key_of
from .views.counter.counter_view import CounterView
from .views.counter.foot_wiring import wire_foot
from .views.counter.form_wiring import wire_form
from .widgets.key_action import ANYWHERE, add_key
from .widgets.message_row import HasStrip, MessageRow
from .widgets.painted_once import PaintedOnce

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from medcounter.assess.engine.rule_book import RuleBook
    from medcounter.desk.access.access_records import Clerk
    from medcounter.desk.desk import Desk
    from medcounter.desk.evaluate.outcome import Outcome
    from medcounter.desk.recovery.startup_trouble import Trouble
    from medcounter.desk.safety.alerts import Alert
    from medcounter.desk.safety.backup_schedule import BackupState

    from .messages import Message
    from .session.session import Session
    from .views.counter.why_page import WhyPage
    from .views.help.help_page import HelpPage

VIEW_COUNTER = "view_counter"
WHY = "why"
HELP = "help"
START_ERROR, _EDGE = "start_error", 12
REPRINT_LAST = key_of("reprint_last")


class MainWindow(PaintedOnce):
    """Everything a clerk works with.

    Attributes:
        dialogs: What opens by itself goes through here.

    Signals:
        left: The clerk wants to end the program.
        retried: The clerk wants the desk to be opened once more.
        snoozed: Kind of an alert that may wait.
    """

    left = Signal()
    retried = Signal()
    snoozed = Signal(str)

    def __init__(self, session: Session, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("main_window")
        self._session = session
        self._acts = acts
        self._fronts = {entry.action: entry.front for entry in SHORTCUTS if entry.front}
        self._band = PracticeBand(self)
        self._top = TopBar(self)
        self._access = add_mark("access_mark", self._top, partial(self.act, "set_up_access"))
        self._safety = add_mark("safety_mark", self._top, partial(self.act, "back_up"))
        self._alerts = AlertBar(self)
        self._stack = QStackedWidget(self)
        self.dialogs = WaitingDialogs(self, self._stack, self.shows, self.show_message)
        self._question = QuestionBar(self)
        self._asking = Asking(session, self._question)
        self._bar = ActionBar(self)
        self._below = MessageRow("window_message", self, edge=_EDGE)
        self._below.hide()
        self._counter_view = CounterView(self._stack)
        self._stack.addWidget(self._counter_view)
        self._views: dict[str, QWidget] = {VIEW_COUNTER: self._counter_view}
        self._own: dict[QWidget, Mapping[str, Doer]] = {}
        self._why: WhyPage | None = None
        self._book: RuleBook | None = None
        self._help: HelpPage | None = None
        self._cover: QWidget | None = None
        self._body = QWidget(self)
        self._outer = QVBoxLayout(self)
        column = QVBoxLayout(self._body)
        for layout in (self._outer, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._outer.addWidget(self._body)
        above = (self._band, self._top, self._alerts)
        for widget in (*above, self._stack, self._question, self._bar, self._below):
            column.addWidget(widget, int(widget is self._stack))
        acts.offer(self._own_acts())
        for entry in SHORTCUTS:
            if entry.bound:
                add_key(self, entry.action, partial(self.act, entry.action), ANYWHERE)
        self._wire()
        self._counter_view.form.focus_first()

    def begin_with(self, typed: str) -> None:
        """Go on from what was typed before this window stood."""
        self._counter_view.form.begin_with(typed)

    def cover(self, page: QWidget) -> None:
        """Hide everything behind a page, and do no act until it is lifted."""
        self._lift()
        self._cover = page
        self._body.hide()
        self._outer.addWidget(page)
        page.show()

    @property
    def is_covered(self) -> bool:
        """Whether a page hides everything."""
        return self._cover is not None

    @property
    def covered_by(self) -> str:
        """Name of the page that hides everything; empty while nothing does."""
        return "" if self._cover is None else self._cover.objectName()

    def uncover(self) -> None:
        """Show the window again, with the cursor in the form."""
        self._lift()
        self._body.show()
        self.open_counter_view()
        self.dialogs.tell()

    def _lift(self) -> None:
        if self._cover is not None:
            self._cover.hide()
            self._cover.deleteLater()
            self._cover = None

    def act(self, name: str) -> None:
        """Do one of the acts of the table of shortcuts, as the view in front means it."""
        if self._cover is not None:
            return
        own = self._own.get(self._stack.currentWidget(), {}).get(name)
        if own is not None:
            own()
            return
        needed = self._fronts.get(name, "")
        if not needed or self._shows_counter(name, needed):
            self._acts.do(name)

    def _shows_counter(self, name: str, needed: str) -> bool:
        """Bring who is served to the front; say whether an act may be done now.

        What gives a notice out or changes a draft waits for another press
        where the clerk could not see whom it meant.
        """
        front = self._stack.currentWidget()
        if front is self._counter_view or (front is self._why and needed == COUNTER_OR_WHY):
            return True
        if front is self._views.get(START_ERROR):
            return False
        self.open_counter_view()
        if needed == LEADS:
            return True
        self.show_message(messages.look_first_message(key_of(name)))
        return False

    def add_view(self, act: str, view: QWidget, own: Mapping[str, Doer] | None = None) -> None:
        """Take a view into the stack, to be opened by its act.

        Args:
            act: Opens it.
            view: What is opened.
            own: What it does itself for acts of the window, while it is in front.
        """
        self._views[act] = view
        self._own[view] = own or {}
        self._stack.addWidget(view)

    def shows(self, act: str) -> bool:
        """Whether the view of an act is in front, and nothing covers it."""
        return not self.is_covered and self._stack.currentWidget() is self._views.get(act)

    def view(self, act: str) -> QWidget | None:
        """Return the view of an act; None while it was never made."""
        return self._views.get(act)

    def open_view(self, act: str) -> None:
        """Bring a view of the stack to the front."""
        self._stack.setCurrentWidget(self._views[act])
        self._top.show_view(act)
        serves = act in {VIEW_COUNTER, WHY}
        self._bar.setVisible(serves)
        has_strip = serves or isinstance(self._views[act], HasStrip)
        self._below.stand_below(is_bare=not has_strip)
        self._question.show_in_front(in_front=serves)

    def open_counter_view(self) -> None:
        """Come back to the resident, with the cursor in the form."""
        self.open_view(VIEW_COUNTER)
        self._counter_view.form.focus_first()

    def show_trouble(self, trouble: Trouble) -> None:
        """Show why the desk could not be opened, in place of the desk."""
        page = self._views.get(START_ERROR)
        if not isinstance(page, StartError):
            page = StartError(self._stack)
            page.retried.connect(self.retried)
            page.left.connect(self.left)
            page.pressed.connect(self.act)
            self.add_view(START_ERROR, page)
        page.show_trouble(trouble)
        self.open_view(START_ERROR)

    def show_trouble_message(self, message: Message, *, busy: bool = False) -> None:
        """Show what became of a way on, where the desk is not open."""
        page = self._views.get(START_ERROR)
        if isinstance(page, StartError):
            page.show_message(message)
            page.set_busy(busy=busy)

    def show_desk(self, desk: Desk, on: date) -> None:
        """Offer what the desk's rules know and name what it works from."""
        if self._stack.currentWidget() is self._views.get(START_ERROR):
            self.open_counter_view()
        self._band.setVisible(desk.practice)
        self._top.show_desk(desk, on)
        self._book = desk.rule_book

    @property
    def outcome(self) -> Outcome | None:
        """What is shown at the desk; None until one is open."""
        return self._session.outcome

    def show_outcome(self, outcome: Outcome) -> None:
        """Show an outcome in every panel."""
        self._top.show_outcome(outcome)
        self._counter_view.show_outcome(outcome)
        self._bar.show_outcome(outcome)
        if self._why is not None and self._stack.currentWidget() is self._why:
            self._why.show_outcome(outcome, self._book)

    def show_message(self, message: Message) -> None:
        """Show one message in the strip of what is in front."""
        self._bar.show_message(message)
        # No other view shows the bar, and what came of an act is seen everywhere.
        front = self._stack.currentWidget()
        strip = front if isinstance(front, HasStrip) else self._below
        strip.show_message(message)

    def show_backups(self, state: BackupState) -> None:
        """Show how the copies of the ledger stand."""
        self._safety.show_backups(state)

    def show_access(self, who: Clerk | None) -> None:
        """Show in which role somebody signed in, or that nobody does; not in practice."""
        if self._band.isHidden():
            self._access.show_access(who)

    def show_alerts(self, alerts: tuple[Alert, ...]) -> None:
        """Show what stands in the way, the most serious first."""
        self._alerts.show_alerts(alerts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: Esc that no widget wanted."""
        on_desk = self._stack.currentWidget() is self._counter_view
        if event.key() == Qt.Key.Key_Escape and not self.is_covered:
            self._step_back()
        elif on_desk and QKeySequence(event.keyCombination()) == QKeySequence(REPRINT_LAST):
            self.act("reprint_last")
        else:
            super().keyPressEvent(event)

    def _own_acts(self) -> dict[str, Doer]:
        form, options = self._counter_view.form, self._counter_view.options
        return {
            "new_person": self._new_person,
            "undo": self._session.undo,
            "redo": self._session.redo,
            "new_member": self._session.add_member,
            "remove_member": self._session.remove_member,
            "park": self._session.parking.turn,
            "next_member": self._session.turn,
            "previous_member": partial(self._session.turn, -1),
            "next_problem": self._next_problem,
            "focus_region": self._top.open_regions,
            "focus_year": self._top.open_years,
            "focus_options": options.focus_table,
            **form.acts,
            WHY: self._toggle_why,
            HELP: self._show_help,
            "glossary": partial(self._show_help, glossary=True),
            "issue": self._session.issue,
            "agree": self._asking.agree,
            "preview": self._session.preview,
            VIEW_COUNTER: self.open_counter_view,
        }

    def _wire(self) -> None:
        session, form = self._session, self._counter_view.form
        form.completed.connect(self._on_form_completed)
        form.reported.connect(self.show_message)
        self._top.edited.connect(session.edit)
        self._top.pressed.connect(self.act)
        self._bar.pressed.connect(self.act)
        session.gathered.connect(self._bar.show_gathering)
        session.parking.counted.connect(self._bar.show_waiting)
        session.served.connect(self._on_session_served)
        session.updated.connect(self.show_outcome)
        session.reported.connect(self.show_message)
        self._asking.left.connect(self.open_counter_view)
        session.issuing.over.connect(self._bar.show_issued)
        self._asking.reported.connect(self.show_message)
        self._alerts.pressed.connect(self.act)
        self._alerts.snoozed.connect(self.snoozed)
        wire_form(self._counter_view, session, self.act)
        wire_foot(self._counter_view, session, self._acts)

    def _on_form_completed(self) -> None:
        outcome = self._session.outcome
        problems = outcome.problems if outcome else ()
        if not any(self._top.focus_field(problem.field) for problem in problems):
            self._counter_view.options.focus_table()

    def _on_session_served(self) -> None:
        # A card may be read over a dialog; that keeps the cursor.
        if QApplication.activeModalWidget() is None:
            self.open_view(VIEW_COUNTER)
            self._counter_view.form.focus_served()

    def _new_person(self) -> None:
        self._session.clear()
        self.open_counter_view()

    def _step_back(self) -> None:
        if self._asking.decline() or close_beside(self):
            return
        form = self._counter_view.form
        if self._stack.currentWidget() is not self._counter_view or not form.is_at_first():
            self.open_counter_view()
        elif not self._session.end_search():
            self._session.clear()

    def _next_problem(self) -> None:
        outcome = self._session.outcome
        if outcome is None or not outcome.problems:
            self.show_message(messages.NOTHING_WRONG)
            return
        self.open_view(VIEW_COUNTER)
        names = [problem.field for problem in outcome.problems]
        focused = QApplication.focusWidget()
        here = self._counter_view.form.field_of(focused) if focused else ""
        problem = outcome.problems[(names.index(here) + 1 if here in names else 0) % len(names)]
        self.show_message(messages.Message(messages.PROBLEM, problem.text))
        if not self._top.focus_field(problem.field):
            self._counter_view.form.focus_field(problem.field)

    def _toggle_why(self) -> None:
        outcome = self._session.outcome
        if self._stack.currentWidget() is self._why or outcome is None:
            self.open_counter_view()
            return
        if self._why is None:
            # A text browser takes long to load and few keystrokes need one.
            from .views.counter.why_page import WhyPage  # noqa: PLC0415 - first paint does not wait for it

            self._why = WhyPage(self._stack)
            self.add_view(WHY, self._why)
        self._why.show_outcome(outcome, self._book)
        self.open_view(WHY)
        self._why.focus_steps()

    def _show_help(self, *, glossary: bool = False) -> None:
        focused = QApplication.focusWidget()
        field = self._counter_view.form.field_of(focused) if focused else ""
        if self._help is None:
            from .views.help.help_page import HelpPage  # noqa: PLC0415 - first paint does not wait for it

            self._help = HelpPage(self._stack)
            self.add_view(HELP, self._help)
        self._help.show_field(field)
        self.open_view(HELP)
        if glossary:
            self._help.open_page(self._help.glossary)
