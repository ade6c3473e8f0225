"""The form: who the resident is, what happened to them, when they pay.

Built from the core's FIELDS: those that are typed and have no place of their own
stand two to a line, and Enter and Tab walk the lines as they stand. Shows an
outcome, emits what was typed or ticked, and finds the next field to be filled in.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from medcounter.desk.draft.draft import FIELDS, TYPED, Field
from medcounter.desk.evaluate.missing_fields import needed_fields
from medcounter.wording.terms import SCHEMES

from ...messages import spelt_message
from ...widgets.aids.count_stepper import CountStepper
from ...widgets.chips import ChipStrip
from ...widgets.field_edit import FieldEdit, show_state, show_text
from .answer_fields import AnswerFields
from .event_fields import EventFields
from .form_rows import FormGrid, FormLine, FormRow
from .insist_button import InsistButton
from .omnibox import Omnibox
from .phrase_menu import PhraseMenu
from .result_text import compared_text, lapse_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent

    from medcounter.assess.engine.rule_book import AnswerField, OfferedTerms
    from medcounter.desk.evaluate.outcome import Outcome

_FIELD = {field.name: field for field in FIELDS}
_UNPAID = Field("unpaid_years", "最近断缴", "几年", "count")
_OTHER_DAY = Field("other_day", "换一天看", "如 4月1日", "date")
_DATES = ("birth_date", "payment_date", _OTHER_DAY.name)
# Enter walks past these: what is asked beside the draft, and what seldom changes.
_NOT_WALKED = {_OTHER_DAY.name, _UNPAID.name, "scheme"}
_GROUPS = (ChipStrip, EventFields, AnswerFields)
_YEARS_SHOWN = 6
_NOT_KNOWN = "not-known"


class CaseForm(QFrame):
    """All fields of one resident.

    Attributes:
        phrases: Put into the field for a clerk's own words.

    Signals:
        edited: A field's name and its new value.
        day_asked: Text of another payment day to compare with.
        day_taken: That text, to become the payment day.
        completed: Enter was pressed and no field needs anything more.
        taken: Number of the notice of a known person who was chosen.
        unknown: Text of a search that found nobody.
        reported: A Message about what was typed.
    """

    edited = Signal(str, object)
    day_asked = Signal(str)
    day_taken = Signal(str)
    completed = Signal()
    taken = Signal(str)
    unknown = Signal(str)
    reported = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("case_form")
        self.setProperty("role", "card")
        self._year_shown = 0
        self._offered: OfferedTerms | None = None
        self._needed: list[QWidget] = []
        self._to_check: dict[str, object] = {}
        self._focus_before: QWidget | None = None
        self._lines: dict[str, FormLine] = {}
        self._rows: dict[str, FormRow] = {}
        grid = FormGrid(self)
        self._add(grid.add_search(_FIELD["id_number"]))
        self.omnibox.setProperty("role", "main")
        self._insist = InsistButton(self)
        self._insist.taken.connect(self.edited)
        grid.add_below(self._insist)
        self._add(grid.add_edits(_FIELD["name"], _FIELD["birth_date"]))
        self._add(grid.add_edits(_FIELD["payment_date"], _OTHER_DAY))
        self._other_note = grid.add_note("other_day_note")
        self._take_day = grid.add_button("take_day_button", "改为这一天缴")
        self._take_day.clicked.connect(self._on_other_day_entered)
        self._build_choices(grid)
        placed = {*self._rows, "clerk_words"}
        rest = [one for one in FIELDS if one.name in TYPED and one.name not in placed]
        for first in range(0, len(rest), 2):
            self._add(grid.add_edits(*rest[first : first + 2], tight=True))
        self._scheme = ChipStrip("scheme", _FIELD["scheme"].label, self)
        self._scheme.show_choices((code, name, "") for code, name in SCHEMES.items())
        self._scheme.ticked.connect(self._on_scheme_ticked)
        words = _FIELD["clerk_words"]
        self._add(grid.add_control(_FIELD["scheme"], self._scheme, words, spread=False))
        self.phrases = PhraseMenu(self._edit(words.name))
        self.phrases.edited.connect(self.edited)
        grid.finish()
        self._connect_edits()

    @property
    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What is done in the form itself, by the names of the table of shortcuts."""
        return {
            "turn_scheme": self.turn_scheme,
            "take_as_shown": self._insist.take,
            "focus_categories": self.focus_categories,
            "focus_events": self.focus_events,
            "focus_insured_years": self.focus_insured_years,
            "focus_unpaid": self.focus_unpaid,
            "what_if": self.focus_other_day,
            "phrases": self.phrases.open,
        }

    @property
    def omnibox(self) -> Omnibox:
        """The field a resident begins with."""
        control = self._rows["id_number"].control
        if not isinstance(control, Omnibox):
            raise TypeError("id_number")
        return control

    def show_terms(self, offered: OfferedTerms) -> None:
        """Offer the identities and events that this region and year know."""
        if offered == self._offered:
            return
        self._offered = offered
        self._categories.show_choices(
            (term.code, term.label, term.hint)
            for term in offered.identities
            if term.code != "ordinary"
        )
        self._events.show_choices((term.code, term.label, term.hint) for term in offered.events)
        self._order_tabs()

    def show_questions(
        self, questions: tuple[AnswerField, ...], on_demand: tuple[str, ...]
    ) -> None:
        """Ask what this region and year want to know.

        Args:
            questions: In the order they are put.
            on_demand: Codes that stay hidden until they matter.
        """
        self._answers.show_questions(questions, on_demand)
        self._order_tabs()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show every field as typed, how it was read and what is wrong."""
        draft = outcome.draft
        for name in TYPED:
            self._edit(name).show_text(getattr(draft, name))
        for name in _DATES:
            self._edit(name).show_today(outcome.on)
        self._categories.show_ticked(draft.categories)
        self._scheme.show_ticked((draft.scheme,))
        self._events.show_outcome(outcome)
        self._show_years(outcome)
        self._answers.show_outcome(outcome)
        self._rows["answers"].label.setHidden(self._answers.isHidden())
        person = outcome.person
        self.omnibox.show_masked(person.id_masked)
        self._insist.show_outcome(outcome, typing=self.omnibox.hasFocus())
        notes = {
            "id_number": (person.line, *person.notes),
            _UNPAID.name: (lapse_text(outcome),),
            "scheme": (outcome.season,),
        }
        for name, line in self._lines.items():
            line.show(outcome, *notes.get(name, ()))
        self._needed = [self._rows[name].control for name in needed_fields(outcome)]
        self._to_check = {name: getattr(draft, name) for name in draft.fields_to_confirm}

    def show_compared(self, text: str, outcome: Outcome | None) -> None:
        """Show what paying on another day comes to; None clears the answer."""
        edit = self._edit("other_day")
        edit.show_text(text)
        problem = outcome.problem_at("payment_date") if outcome else None
        state = "invalid" if problem else ""
        edit.show_state(state)
        show_state(self._other_note, state)
        show_text(self._other_note, problem.text if problem else compared_text(outcome))
        self._other_note.setHidden(not self._other_note.text())
        self._take_day.setVisible(outcome is not None and problem is None)

    def focus_first(self) -> None:
        """Put the cursor where a resident begins, over what stands there."""
        self._edit("id_number").setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edit("id_number").selectAll()

    def begin_with(self, typed: str) -> None:
        """Take what was typed before the form stood, and let typing go on."""
        first = self.omnibox
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed:
            first.insert(typed)
            self.edited.emit("id_number", typed)

    def focus_served(self) -> None:
        """Put the cursor where somebody who stepped up needs it."""
        needed = next(iter(self._needed), None)
        if needed is None or needed is self.omnibox:
            self.focus_first()
        else:
            self._focus(needed)

    def is_at_first(self) -> bool:
        """Return whether the cursor stands where a resident begins."""
        return self._edit("id_number").hasFocus()

    def focus_categories(self) -> None:
        """Let the arrow keys walk the identities."""
        self._categories.take_focus()

    def focus_events(self) -> None:
        """Let the arrow keys walk the special events."""
        self._events.chips.take_focus()

    def focus_insured_years(self) -> None:
        """Let the arrow keys walk the insured years."""
        self._years.take_focus()

    def focus_unpaid(self) -> None:
        """Wait for the digit that says how many years were not paid."""
        self._focus_before = QApplication.focusWidget()
        self._focus(self._edit(_UNPAID.name))

    def focus_other_day(self) -> None:
        """Put the cursor into the question about another payment day."""
        self._focus(self._edit(_OTHER_DAY.name))

    def field_of(self, widget: QWidget) -> str:
        """Name the draft field a widget of the form belongs to; else empty."""
        for name, row in self._rows.items():
            if row.control is widget or row.control.isAncestorOf(widget):
                return self._events.field_of(widget) if name == "events" else name
        return ""

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field named by the draft or by a problem."""
        head, _, inside = name.partition(".")
        if head == "events":
            self._focus(self._events.stop(inside))
        elif head == "answers":
            self._focus(self._answers.stop(inside))
        elif head in self._rows:
            self._focus(self._rows[head].control)

    def focus_next_needed(self, origin: QWidget | None = None) -> None:
        """Go to the next field that still needs something, round the form."""
        stops = self._stops()
        start = stops.index(origin) + 1 if origin in stops else 0
        for widget in stops[start:] + stops[:start]:
            if widget is not origin and (widget.property("state") or widget in self._needed):
                self._focus(widget)
                return
        self.completed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QFrame.keyPressEvent: Enter on a chip agrees and goes on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.focusWidget()
            name = self.field_of(focused)
            if name in self._to_check:
                self.edited.emit(name, self._to_check[name])
            self.focus_next_needed(self._rows[name].control if name in self._rows else focused)
        else:
            super().keyPressEvent(event)

    def _build_choices(self, grid: FormGrid) -> None:
        self._categories = ChipStrip("categories", _FIELD["categories"].label, self)
        self._categories.ticked.connect(self._on_categories_ticked)
        self._add(grid.add_control(_FIELD["categories"], self._categories))
        self._events = EventFields(_FIELD["events"], self)
        self._events.edited.connect(self.edited)
        self._events.entered.connect(self.focus_next_needed)
        self._events.grown.connect(self._order_tabs)
        self._rows["events"] = grid.add_control(_FIELD["events"], self._events).rows[0]
        self._years = ChipStrip("insured_years", _FIELD["insured_years"].label, self)
        self._years.ticked.connect(self._on_years_ticked)
        self._add(grid.add_control(_FIELD["insured_years"], self._years))
        self._add(grid.add_edits(_UNPAID, _FIELD["repair_years"], tight=True))
        CountStepper(self._edit("repair_years"))
        self._answers = AnswerFields(self)
        self._answers.edited.connect(self.edited)
        self._answers.entered.connect(self.focus_next_needed)
        answers = grid.add_control(_FIELD["answers"], self._answers, spread=False)
        self._rows["answers"] = answers.rows[0]
        self._rows["answers"].label.hide()

    def _add(self, line: FormLine) -> None:
        self._lines[line.rows[0].name] = line
        self._rows |= {row.name: row for row in line.rows}

    def _connect_edits(self) -> None:
        for name in TYPED:
            self._connect_edit(self._edit(name))
        self.omnibox.taken.connect(self.taken)
        self.omnibox.editingFinished.connect(self._insist.show_all)
        self.omnibox.unknown.connect(self.unknown)
        unpaid = self._edit(_UNPAID.name)
        unpaid.edited.connect(self._on_unpaid_edited)
        unpaid.entered.connect(self.focus_next_needed)
        other_day = self._edit(_OTHER_DAY.name)
        other_day.edited.connect(self._on_other_day_edited)
        other_day.entered.connect(self._on_other_day_entered)

    def _connect_edit(self, edit: FieldEdit) -> None:
        edit.edited.connect(self.edited)
        edit.entered.connect(self.focus_next_needed)
        edit.spelt.connect(self._on_edit_spelt)

    def _on_edit_spelt(self, text: str) -> None:
        self.reported.emit(spelt_message(text))

    def _edit(self, name: str) -> FieldEdit:
        control = self._rows[name].control
        if not isinstance(control, FieldEdit):
            raise TypeError(name)
        return control

    def _show_years(self, outcome: Outcome) -> None:
        year = outcome.draft.benefit_year
        if year != self._year_shown:
            self._year_shown = year
            years = range(year - _YEARS_SHOWN, year)
            known = ((str(year), str(year), f"{year} 年度参加过基本医保") for year in years)
            self._years.show_choices(((_NOT_KNOWN, "不清楚", "按没有断保处理"), *known))
            self._order_tabs()
        insured = outcome.draft.insured_years
        ticked = (_NOT_KNOWN,) if insured is None else map(str, insured)
        self._years.show_ticked(ticked)

    def _stops(self) -> list[QWidget]:
        """Return the fields in the order Enter walks them, which is that of the lines."""
        inside = {"events": self._events.edits, "answers": self._answers.controls}
        return [
            stop
            for name, row in self._rows.items()
            if name not in _NOT_WALKED
            for stop in (inside[name]() if name in inside else (row.control,))
        ]

    def _order_tabs(self) -> None:
        order = [
            stop
            for row in self._rows.values()
            for stop in (
                row.control.tab_stops() if isinstance(row.control, _GROUPS) else (row.control,)
            )
        ]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _focus(self, widget: QWidget) -> None:
        if isinstance(widget, ChipStrip):
            widget.take_focus()
            return
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(widget, FieldEdit):
            widget.selectAll()

    def _on_unpaid_edited(self, name: str, text: str) -> None:
        self._edit(name).clear()
        self.edited.emit(name, text)
        if self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._focus_before = None

    def _on_other_day_edited(self, _name: str, text: str) -> None:
        self.day_asked.emit(text)

    def _on_other_day_entered(self) -> None:
        self.day_taken.emit(self._edit(_OTHER_DAY.name).text())

    def turn_scheme(self) -> None:
        """Choose the other kind of scheme."""
        ticked = self._scheme.ticked_codes()
        self.edited.emit("scheme", next(code for code in SCHEMES if code not in ticked))

    def _on_scheme_ticked(self, code: str) -> None:
        self.edited.emit("scheme", code)

    def _on_categories_ticked(self) -> None:
        self.edited.emit("categories", self._categories.ticked_codes())

    def _on_years_ticked(self, code: str, ticked: bool) -> None:  # noqa: FBT001 - the signal's own
        years = tuple(int(c) for c in self._years.ticked_codes() if c != _NOT_KNOWN)
        self.edited.emit("insured_years", None if code == _NOT_KNOWN and ticked else years)
