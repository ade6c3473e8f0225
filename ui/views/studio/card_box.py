"""One card of the form: its line, its fields, what may be done with it."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QWidget,
)

from medcounter.authoring.form.form_records import CardOffer
from medcounter.authoring.form.rule_cards import REMOVE

from ...widgets.field_edit import NEEDED, show_state, show_text
from ...widgets.flow_layout import FlowLayout
from ...widgets.labels import plain_label
from .field_controls import menu_words
from .field_rows import CONTROL, LABEL, NOTE, FieldRow, row_shape
from .studio_state import (
    Fold,
    card_key,
    card_shape,
    every_group,
    head_shape,
    offer_labels,
    shown_groups,
    turn_text,
    usable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from medcounter.authoring.form.form_records import FieldGroup, FormField, RuleCard
    from medcounter.json_path import JsonPath

    from .studio_state import FormMarks

_RAW = "这条规则有表单写不了的写法，原样保留。"
_NOTE_WIDTH = 6
_ACT = "studio_card_act"
# More things to add than this are offered in a menu.
_MOST_BUTTONS = 2


class CardBox(QFrame):
    """A card, as far as it is unfolded.

    Signals:
        typed: Path of a field and the text the user made of it.
        left: Path of a field that the keys went away from.
        offered: A CardOffer the user takes.
        turned: The card's key: the user unfolds or folds it.
    """

    typed = Signal(object, str)
    left = Signal(object)
    offered = Signal(object)
    turned = Signal(object)

    def __init__(self, card: RuleCard, parent: QWidget, fold: Fold) -> None:
        super().__init__(parent)
        self.setObjectName("studio_card")
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        em = self.fontMetrics().height()
        self.card = card
        self._rows: list[FieldRow] = []
        self._said: tuple[str, ...] = ()
        self._allowed = True
        self._built: list[FieldGroup] = []
        self._parts: dict[tuple[object, ...], QWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(em // 2, em // 5, em // 2, em // 5)
        self._grid.setHorizontalSpacing(em // 2)
        self._grid.setVerticalSpacing(em // 6)
        self._grid.setColumnStretch(CONTROL, 3)
        self._grid.setColumnStretch(NOTE, 3)
        self._title = self._text("studio_card_title", "title")
        self._origin = self._text("studio_card_origin", "detail")
        self._head = QHBoxLayout()
        self._head.setSpacing(em // 3)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._origin)
        self._grid.addLayout(self._head, 0, LABEL, 1, 3)
        self._warning = self._text("studio_card_warning", "note")
        show_state(self._warning, NEEDED)
        self._grid.addWidget(self._warning, 1, LABEL, 1, 3)
        self.build(card, fold)

    def build(self, card: RuleCard, fold: Fold) -> None:
        """Build what a card needs; what stands there already is used again."""
        self.shape, self.fold = card_shape(card, fold), fold
        before, self._parts = self._parts, {}
        groups = list(shown_groups(card, fold)) if fold else []
        fields = [field for group in groups for field in group.fields]
        rows = self._rows
        self._rows = self._rows_for(fields)
        for row in rows:
            if row not in self._rows:
                self._let_go(*row.widgets())
                row.end()
        self._build_head(card, before)
        width = self.fontMetrics().height() * _NOTE_WIDTH if fold else 0
        self._grid.setColumnMinimumWidth(NOTE, width)
        self._build_body(card, groups, before)
        self._let_go(*before.values())

    def show_card(self, card: RuleCard, marks: FormMarks) -> bool:
        """Show a card of the shape the box was built from.

        Returns:
            Whether something is said otherwise than before, so that the height may change.
        """
        self.card = card
        asked = (card.path, *(field.path for field in card.fields))
        mark = "⚠ " if any(map(marks.is_open, asked)) else ""
        show_text(self._warning, marks.warned.get(card.path, ""))
        self._warning.setVisible(bool(self._warning.text()))
        show_text(self._title, f"{mark}{card.title}")
        show_text(self._origin, f"取自{card.inherited_from}" if card.inherited_from else "")
        self._origin.setVisible(bool(card.inherited_from))
        show_state(self._title, "faint" if card.inherited_from else "")
        self.setAccessibleName(f"{card.title}，{self._origin.text()}")
        self._built = list(shown_groups(card, self.fold)) if self.fold else []
        fields = (field for group in self._built for field in group.fields)
        for row, field in zip(self._rows, fields, strict=True):
            row.show_field(field, marks, fixed=bool(card.inherited_from or marks.fixed))
        self._allow_acts(allowed=not marks.fixed)
        before = self._said
        self._said = (self._title.text(), self._warning.text(), *(row.said for row in self._rows))
        return self._said != before

    def _allow_acts(self, *, allowed: bool) -> None:
        """Let what changes the card be done or not; unfolding always may."""
        if allowed and self._allowed:
            return
        self._allowed = allowed
        acts: list[QPushButton] = list(self.findChildren(QPushButton, _ACT))
        for button in acts:
            button.setEnabled(allowed or button.text() == turn_text(self.card, self.fold))

    def settle(self) -> None:
        """Lay out what was built, without waiting for a round of events."""
        self._grid.invalidate()
        self._grid.activate()

    def end(self) -> None:
        """Stop emitting signals: the card is being removed."""
        for row in self._rows:
            row.end()

    def rows(self) -> tuple[FieldRow, ...]:
        """Return the rows in tab order."""
        return tuple(self._rows)

    def stops(self) -> Iterator[QWidget]:
        """List the widgets that take the focus, in tab order."""
        yield self
        for row in self._rows:
            yield from row.stops()

    def path(self) -> JsonPath:
        """Return where the card's object stands."""
        return self.card.path

    def offers_at(self, path: JsonPath | None) -> tuple[CardOffer, ...]:
        """List what may be done with the card and with the group of a path.

        Args:
            path: Of the field that has the cursor; None for the card alone.
        """
        groups = tuple(every_group(self.card.groups))
        around = [one for one in groups if path in {field.path for field in one.every_field()}]
        bare = [one for one in groups if not tuple(one.every_field())]
        here = (offer for one in reversed(around) for offer in one.offers)
        more = (offer for one in bare for offer in one.offers)
        # What only this card offers comes before what every card does, taking it away last.
        own = [offer for offer in self.card.offers if offer.maker != REMOVE]
        removing = [offer for offer in self.card.offers if offer.maker == REMOVE]
        return usable((*here, *own, *more, *removing))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QFrame.keyPressEvent: Enter or Space unfolds and folds."""
        turns = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if self.hasFocus() and event.key() in turns:
            self._turn()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Override QFrame.mouseReleaseEvent: a click on a folded card unfolds it."""
        super().mouseReleaseEvent(event)
        if self.fold is Fold.LINE:
            self._turn()

    def _rows_for(self, fields: Sequence[FormField]) -> list[FieldRow]:
        """Choose a row for each field: its own, else one of its shape, else a new one."""
        own = {(row.path, row.shape): row for row in self._rows}
        kept = [own.pop((field.path, row_shape(field)), None) for field in fields]
        spare = list(own.values())
        chosen = []
        for field, one in zip(fields, kept, strict=True):
            row = one or next((row for row in spare if row.shape == row_shape(field)), None)
            if row is None:
                row = FieldRow(field, self)
                row.typed.connect(self.typed)
                row.left.connect(self.left)
            elif one is None:
                spare.remove(row)
            chosen.append(row)
        return chosen

    def _let_go(self, *widgets: QWidget) -> None:
        """Take widgets out; the keys stay at the card."""
        for widget in widgets:
            focused: QWidget | None = self.window().focusWidget()
            if focused is not None and (focused is widget or widget.isAncestorOf(focused)):
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()

    def _part(
        self,
        before: dict[tuple[object, ...], QWidget],
        key: tuple[object, ...],
        make: Callable[[], QWidget],
    ) -> QWidget:
        """Return what stood there before under this key, or make it."""
        part = self._parts[key] = before.pop(key) if key in before else make()
        return part

    def _build_head(self, card: RuleCard, before: dict[tuple[object, ...], QWidget]) -> None:
        turn = turn_text(card, self.fold)
        acts = [
            self._part(before, (text, at), partial(self._button, text, partial(self._take, at)))
            for at, text in enumerate(offer_labels(card.offers) if self.fold else ())
        ]
        acts.append(self._part(before, (turn,), partial(self._button, turn, self._turn)))
        for act in acts:
            self._head.addWidget(act)
            act.show()

    def _build_body(
        self,
        card: RuleCard,
        groups: Sequence[FieldGroup],
        before: dict[tuple[object, ...], QWidget],
    ) -> None:
        self._line = 2
        if card.raw and self.fold:
            self._add_across(self._part(before, (_RAW,), self._raw_note))
        rows = iter(self._rows)
        for number, group in enumerate(groups):
            if group.removable or usable(group.offers) or (group.title and group.fields):
                key = (number, *head_shape(group))
                make = partial(self._group_head, group, number)
                self._add_across(self._part(before, key, make))
            for row in islice(rows, len(group.fields)):
                self._line = row.put(self._grid, self._line)

    def _raw_note(self) -> QLabel:
        note = self._text("studio_card_raw", "note")
        note.setText(_RAW)
        return note

    def _group_head(self, group: FieldGroup, number: int) -> QWidget:
        line = QWidget(self)
        flow = FlowLayout(line, self.fontMetrics().height() // 4)
        title = QLabel(f"{group.title}　", line)
        title.setProperty("role", "group")
        title.setMinimumHeight(self.fontMetrics().height() * 5 // 4)
        flow.addWidget(title)
        offers = usable(group.offers)
        if len(offers) > _MOST_BUTTONS:
            flow.addWidget(self._button("＋ 加 ▾", partial(self._open_offers, number)))
        else:
            for place, offer in enumerate(offers):
                do = partial(self._take_of, number, place)
                flow.addWidget(self._button(f"＋ {offer.label}", do))
        if group.removable:
            flow.addWidget(self._button("✕ 去掉", partial(self._remove, number)))
        return line

    def _add_across(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._line, LABEL, 1, 3)
        widget.show()
        self._line += 1

    def _button(self, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(_ACT)
        button.setProperty("role", "quiet")
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.clicked.connect(do)
        return button

    def _text(self, name: str, role: str) -> QLabel:
        label = plain_label(name, self, role, wraps=role != "detail")
        label.setProperty("state", "")
        return label

    def _take(self, number: int) -> None:
        self._hold_keys()
        self.offered.emit(usable(self.card.offers)[number])

    def _open_offers(self, number: int) -> None:
        menu = QMenu(self)
        menu.setObjectName("studio_offers")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, offer in enumerate(usable(self._built[number].offers)):
            action = menu.addAction(menu_words(place + 1, offer.label))
            action.triggered.connect(partial(self._take_of, number, place))
        menu.popup(QCursor.pos())

    def _take_of(self, number: int, place: int) -> None:
        self._hold_keys()
        self.offered.emit(usable(self._built[number].offers)[place])

    def _remove(self, number: int) -> None:
        self._hold_keys()
        self.offered.emit(CardOffer(REMOVE, "去掉", self._built[number].path))

    def _hold_keys(self) -> None:
        """Take the focus from a clicked button: its next act may be another."""
        focused = QApplication.focusWidget()
        if focused is not None and focused.objectName() == _ACT:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        self.turned.emit(card_key(self.card))
