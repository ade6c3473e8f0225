"""The middle of the editor: one section of the form, typed straight down.

Shows a section and emits what the user did; what stands in the document is not
its business.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from ...widgets.field_edit import show_text
from ...widgets.flow_layout import FlowLayout
from ...widgets.gutter_scroll import GutterScroll
from ...widgets.labels import plain_label
from .card_box import CardBox
from .draft_words import section_line
from .field_controls import menu_words
from .studio_state import Fold, answer_count, card_key, card_shape, first_fold, usable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QKeyEvent

    from medcounter.authoring.form.form_records import CardOffer, FormSection, RuleCard
    from medcounter.json_path import JsonPath

    from .field_rows import FieldRow
    from .studio_state import FormMarks

_NUMBERED = 9
# So many fields of a section are seen at once without unfolding anything.
_MOST_AT_ONCE = 18
_EMPTY = "这一节还没有内容：按上面的按钮加一项；通知里没有写的，可以空着。"
_NOTHING = "这一节没有要填的。"


class CardColumn(GutterScroll):
    """The cards of one section.

    Signals:
        typed: Path of a field and the text the user made of it.
        left: Path of a field that the keys went away from.
        offered: A CardOffer the user takes.
        ended: Enter was pressed in the last field, and none is empty: how many are to be
            looked at all the same.
    """

    typed = Signal(object, str)
    left = Signal(object)
    offered = Signal(object)
    ended = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        body = QWidget(parent)
        super().__init__("studio_cards", body, parent)
        self._em = self.fontMetrics().height()
        self._section: FormSection | None = None
        self._marks: FormMarks | None = None
        self._is_short = True
        self._boxes: list[CardBox] = []
        # Of which something is said otherwise, since they were laid out last.
        self._told: list[CardBox] = []
        self._folds: dict[tuple[object, ...], Fold] = {}
        self._offers: list[QPushButton] = []
        self._title = plain_label("studio_section_title", body, "title")
        self._note = plain_label("studio_section_note", body, "muted")
        self._empty = plain_label("studio_section_empty", body, "muted")
        self._offer_bar = QWidget(body)
        self._offer_flow = FlowLayout(self._offer_bar, self._em // 3)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, self._em // 4, 0)
        self._column.setSpacing(self._em // 4)
        for widget in (self._title, self._note, self._offer_bar, self._empty):
            self._column.addWidget(widget)
        self._column.addStretch(1)

    def show_section(self, section: FormSection, marks: FormMarks) -> None:
        """Show a section; what has the cursor keeps it."""
        row = self._row_here()
        here, cursor = (None, None) if row is None else (row.path, row.cursor)
        lost = self._number_here()
        looked = self.looked_at(self._box_here() if row is None else row.control)
        same = self._section is not None and self._section.key == section.key
        if not same:
            self._folds.clear()
        self._section, self._marks = section, marks
        self._is_short = sum(answer_count(card) for card in section.cards) <= _MOST_AT_ONCE
        show_text(self._title, section.title)
        show_text(self._note, "\n".join(filter(None, (marks.fixed, section.note))))
        self._note.setVisible(bool(self._note.text()))
        show_text(self._empty, _EMPTY if section.offers else _NOTHING)
        self._empty.setVisible(not section.cards)
        self._offer_bar.setEnabled(not marks.fixed)
        built = self._show_offers(section.offers)
        built |= self._show_boxes(section.cards, marks)
        if built:
            self._chain()
            self._settle(self._boxes)
        elif self._told:
            self._settle(self._told)
        if same:
            self.keep_place(looked)
        if same and here is not None and self.path_here() != here:
            self.focus_path(here, cursor)
        if self._focused() is self:
            self._stay_near(lost)
        if not same:
            self.verticalScrollBar().setValue(0)

    def focus_path(self, path: JsonPath, cursor: int | None = None) -> bool:
        """Focus a field, or the card around it; return False if there is neither."""
        for row in self._rows():
            if row.path == path:
                self._go(row, cursor)
                return True
        holder = self._holder(path)
        if holder is None:
            return False
        if holder.card.inherited_from and path == holder.path():
            # What it says stands in its line and its warning; its fields are not to be typed in.
            self._enter(holder)
            return True
        held = path in {field.path for field in holder.card.fields}
        if holder.fold is not Fold.WHOLE and (held or holder.fold is Fold.LINE):
            self._turn(card_key(holder.card))
            return self.focus_path(path, cursor)
        waiting = next((row for row in holder.rows() if row.waits), None)
        if waiting is None:
            self._enter(holder)
        else:
            self._go(waiting)
        return True

    def focus_first(self) -> None:
        """Focus the first empty field, else a card or an offer."""
        rows = [row for row in self._rows() if row.control.isEnabled()]
        first = next((row for row in rows if row.waits), None)
        own = next((box for box in self._boxes if not box.card.inherited_from), None)
        if first is not None:
            self._go(first)
        elif own is not None:
            enabled = [row for row in own.rows() if row.control.isEnabled()]
            if enabled:
                self._go(enabled[0])
            else:
                self._enter(own)
        elif self._offers:
            self._offers[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif self._boxes:
            self._enter(self._boxes[0])

    def path_here(self) -> JsonPath | None:
        """Return the path of the field that has the cursor."""
        row = self._row_here()
        return None if row is None else row.path

    def card_here(self) -> RuleCard | None:
        """Return the card that has the cursor."""
        box = self._box_here()
        return None if box is None else box.card

    def card_paths(self) -> tuple[JsonPath, ...]:
        """Return where the cards of the section stand."""
        return tuple(box.path() for box in self._boxes if not box.card.inherited_from)

    def add_by_number(self, number: int) -> None:
        """Take the offer of the section with a number, from 1."""
        if self._section is not None and 0 < number <= len(self._section.offers):
            self.offered.emit(self._section.offers[number - 1])

    def take_last_offer(self) -> None:
        """Take the last offer of the focused card: remove it, or drop the rule."""
        card = self.card_here()
        offers = () if card is None else usable(card.offers)
        if offers:
            self.offered.emit(offers[-1])

    def open_acts(self) -> None:
        """Offer all that may be done where the cursor is."""
        box = self._box_here()
        if box is None:
            return
        menu = QMenu(self)
        menu.setObjectName("studio_acts")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, offer in enumerate(box.offers_at(self.path_here()), start=1):
            action = menu.addAction(menu_words(number, offer.label))
            action.triggered.connect(partial(self.offered.emit, offer))
        if not menu.isEmpty():
            menu.popup(box.mapToGlobal(box.rect().topLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QScrollArea.keyPressEvent: Enter goes to the next field to fill."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        rows = list(self._rows())
        here = self._row_here()
        after = rows.index(here) + 1 if here in rows else 0
        following = next((row for row in rows[after:] if row.waits), None)
        if following is None:
            before = rows[: max(after - 1, 0)]
            following = next((row for row in before if row.is_unanswered), None)
        if following is not None:
            self._go(following)
        else:
            self._end(here)

    def stops(self) -> Iterator[QWidget]:
        """List the widgets that take the focus, in tab order."""
        yield from self._offers
        for box in self._boxes:
            yield from box.stops()

    def _end(self, here: FieldRow | None) -> None:
        """Leave the last field, and the section too if nothing in it is empty."""
        before = self._section
        if here is not None:
            self.left.emit(here.path)
        unanswered = next((row for row in self._rows() if row.is_unanswered), None)
        if unanswered is not None:
            self._go(unanswered)
            return
        if self._offers:
            self._offers[0].setFocus(Qt.FocusReason.TabFocusReason)
        if before is not None and self._section is not None and before.key == self._section.key:
            # The same count as in the list of sections.
            self.ended.emit(section_line(self._section, self._marks).open if self._marks else 0)

    def _number_here(self) -> int:
        box = self._box_here()
        return 0 if box is None else self._boxes.index(box)

    def _stay_near(self, number: int) -> None:
        """Focus the card that now stands where the focused one was."""
        if number < len(self._boxes):
            self._enter(self._boxes[number])
        elif self._boxes:
            self._enter(self._boxes[-1])
        elif self._offers:
            self._offers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_go(self, widget: QWidget) -> None:
        """Take the focus from what goes away, before Qt gives it to another widget."""
        focused = self._focused()
        if focused is not None and (focused is widget or widget.isAncestorOf(focused)):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> QWidget | None:
        """Return what has the focus, or will once a dialog above closes."""
        focused: QWidget | None = self.window().focusWidget()
        return focused

    def _show_boxes(self, cards: tuple[RuleCard, ...], marks: FormMarks) -> bool:
        """Show each card in its own box; return whether anything had to be built."""
        before, self._told = self._boxes, []
        shapes = [card_shape(card, self._fold(card, marks)) for card in cards]
        self._boxes = self._boxes_for(cards, shapes)
        built = moved = self._boxes != before
        for box in before:
            if box not in self._boxes:
                self._drop(box)
        for number, (card, box) in enumerate(zip(cards, self._boxes, strict=True)):
            if box.shape != shapes[number]:
                box.build(card, self._fold(card, marks))
                built = True
            if moved:
                # Above the cards stand title, note, offers and the word of an empty section.
                self._column.insertWidget(4 + number, box)
                # The layout shows it later; the keys go only to what is seen.
                box.show()
            if box.show_card(card, marks):
                self._told.append(box)
        return built

    def _boxes_for(
        self, cards: tuple[RuleCard, ...], shapes: Sequence[tuple[object, ...]]
    ) -> list[CardBox]:
        """Choose each card's box: its own, one of its shape, any, or a new one."""
        own = {card_key(box.card): box for box in self._boxes}
        kept = [own.pop(card_key(card), None) for card in cards]
        spare = list(own.values())
        chosen = []
        for card, shape, one in zip(cards, shapes, kept, strict=True):
            box = one or next((box for box in spare if box.shape == shape), next(iter(spare), None))
            if box is None:
                box = CardBox(card, self.widget(), self._folds.get(card_key(card), Fold.LINE))
                box.typed.connect(self.typed)
                box.left.connect(self.left)
                box.offered.connect(self.offered)
                box.turned.connect(self._turn)
            elif one is None:
                spare.remove(box)
            chosen.append(box)
        return chosen

    def _drop(self, box: CardBox) -> None:
        box.end()
        self._let_go(box)
        self._column.removeWidget(box)
        box.hide()
        box.setParent(None)
        box.deleteLater()

    def _show_offers(self, offers: tuple[CardOffer, ...]) -> bool:
        self._offer_bar.setVisible(bool(offers))
        if [str(one.property("said")) for one in self._offers] == [one.label for one in offers]:
            return False
        for button in self._offers:
            self._let_go(button)
            self._offer_flow.removeWidget(button)
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self._offers = []
        for number, offer in enumerate(offers, start=1):
            key = f"  Alt+{number}" if number <= _NUMBERED else ""
            button = QPushButton(f"＋ {offer.label}{key}", self._offer_bar)
            button.setProperty("role", "quiet")
            button.setObjectName(f"studio_add_{number}")
            button.setAccessibleName(offer.label)
            button.setProperty("said", offer.label)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.add_by_number, number))
            self._offer_flow.addWidget(button)
            button.show()
            self._offers.append(button)
        return True

    def _fold(self, card: RuleCard, marks: FormMarks) -> Fold:
        """Decide how far a card is unfolded where the user has not."""
        fold = self._folds.get(card_key(card))
        if fold is None:
            fold = first_fold(card, marks, is_short=self._is_short)
            # What was unfolded because it asked stays so while its last field is typed in.
            if not card.inherited_from:
                self._folds[card_key(card)] = fold
        return fold

    def _turn(self, key: tuple[object, ...]) -> None:
        """Unfold a card a step further, or fold it."""
        section, marks = self._section, self._marks
        if section is None or marks is None:
            return
        card = next((one for one in section.cards if card_key(one) == key), None)
        if card is None:
            return
        fold = self._fold(card, marks)
        self._folds[key] = Fold((fold + 1) % len(Fold))
        here = self._box_here()
        self.show_section(section, marks)
        box = next((one for one in self._boxes if card_key(one.card) == key), None)
        if box is not None and here is not None and self.path_here() is None:
            self._enter(box)

    def _chain(self) -> None:
        stops = list(self.stops())
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _settle(self, boxes: Sequence[CardBox]) -> None:
        """Lay out what was built before it is painted; Qt takes a round a level."""
        for box in boxes:
            box.settle()
        self._column.invalidate()
        room = self.viewport().size()
        height = self._column.totalHeightForWidth(room.width())
        self.widget().resize(room.width(), max(height, room.height()))
        self._column.activate()

    def _enter(self, box: CardBox) -> None:
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(box, 0, self._em * 3)

    def _go(self, row: FieldRow, cursor: int | None = None) -> None:
        row.focus(cursor)
        self.ensureWidgetVisible(row.control, 0, self._em * 3)

    def _holder(self, path: JsonPath) -> CardBox | None:
        around = [box for box in self._boxes if path[: len(box.path())] == box.path()]
        return max(around, key=lambda box: len(box.path()), default=None)

    def _rows(self) -> Iterator[FieldRow]:
        for box in self._boxes:
            yield from box.rows()

    def _row_here(self) -> FieldRow | None:
        focused = self._focused()
        return next((row for row in self._rows() if focused in row.stops()), None)

    def _box_here(self) -> CardBox | None:
        focused = self._focused()
        return next((box for box in self._boxes if focused in {box, *box.stops()}), None)
