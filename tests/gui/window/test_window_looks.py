"""What meets the eye: contrast, room for every text, targets, names for readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from tests.gui.counter_window import LARGE, RESIDENT, SMALL, CounterWindow, dress
from tests.gui.finding import child
from tests.support.desk.counter_samples import Clock
from ui.look.theme import PALETTES, TEXT_ON_GROUND, apply_theme, font_px, style_sheet
from ui.widgets.field_edit import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

Kind = TypeVar("Kind", bound=QWidget)
LEAST_CONTRAST = 4.5
LEAST_TARGET = 24


def luminance(color: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio. Source: WCAG 2.2, definition of contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_contrast_the_standard_gives() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_every_text_stands_out_from_its_ground(name: str, text: str, ground: str) -> None:
    palette = PALETTES[name]
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= LEAST_CONTRAST


@pytest.mark.parametrize("name", PALETTES)
def test_the_frame_of_a_field_stands_out_from_the_card(name: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette.control, palette.card) >= 3
    assert contrast(palette.focus, palette.card) >= 3


@pytest.mark.parametrize("name", PALETTES)
def test_the_style_sheet_is_filled_whole(name: str) -> None:
    assert "$" not in style_sheet(PALETTES[name])


def test_a_window_is_not_dressed_again_in_what_it_wears(qtbot: QtBot, qapp: QApplication) -> None:
    class Dressed(QLabel):
        times = 0

        def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - an override
            self.times += event.type() == QEvent.Type.StyleChange

    label = Dressed()
    qtbot.addWidget(label)
    for theme, times in (("dark", 1), ("dark", 0), ("light", 1)):
        label.times = 0
        apply_theme(qapp, theme)
        assert label.times == times, theme
        assert qapp.palette().windowText().color().name() == PALETTES[theme].text.lower()


def has_sign_in(button: QAbstractButton, colours: set[str]) -> bool:
    """Whether a button's sign, where least is seen through it, has one of the colours."""
    image = button.icon().pixmap(LEAST_TARGET).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    seen = max(pixels, key=lambda pixel: pixel.alpha())
    rounding = 2
    return any(
        abs(seen.red() - wanted.red()) <= rounding
        and abs(seen.green() - wanted.green()) <= rounding
        and abs(seen.blue() - wanted.blue()) <= rounding
        for wanted in map(QColor, colours)
    )


def test_a_theme_put_on_a_running_window_colours_the_signs_on_its_buttons(
    qtbot: QtBot, qapp: QApplication, hall_folder: Path
) -> None:
    dress(qapp)
    window = CounterWindow(qtbot, hall_folder, Clock())
    window.open()
    dress(qapp, "dark")
    palette = PALETTES["dark"]
    colours = {palette.text, palette.muted, palette.on_bar, palette.on_accent}
    signed = [button for button in all_of(window.shell, QAbstractButton) if button.objectName()]
    signs = {
        button.objectName(): has_sign_in(button, colours)
        for button in signed
        if not button.icon().isNull()
    }
    window.counter.close()
    assert {"issue_button", "more_button"} <= set(signs)
    assert [name for name, fits in signs.items() if not fits] == []


def test_a_larger_scale_makes_every_size_larger() -> None:
    for step in ("tiny", "small", "normal", "title", "large", "huge"):
        assert font_px(step, 90) < font_px(step, 125) < font_px(step, 200)


@pytest.fixture(params=[SMALL, LARGE], ids=["1093x614", "1366x768"])
def served(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, hall_folder: Path
) -> Iterator[CounterWindow]:
    """A resident answered, on the screens of the halls."""
    dress(qapp)
    window = CounterWindow(qtbot, hall_folder, Clock(), request.param)
    window.open()
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")
    yield window
    window.counter.close()


def place_of(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def all_of(window: QWidget, kind: type[Kind]) -> list[Kind]:
    found: list[Kind] = list(window.findChildren(kind))
    return found


def visible(window: QWidget, kind: type[Kind]) -> list[Kind]:
    return [one for one in all_of(window, kind) if one.isVisible() and one.width() > 0]


def test_the_window_is_no_larger_than_the_screen(served: CounterWindow) -> None:
    assert served.window.width() in {SMALL[0], LARGE[0]}
    assert served.window.height() in {SMALL[1], LARGE[1]}


def test_the_whole_decision_is_seen_without_scrolling(served: CounterWindow) -> None:
    for name in ("answer_scroll", "form_scroll"):
        bar = child(served.window, QScrollArea, name).verticalScrollBar()
        assert bar.maximum() == 0, name
    options = child(served.window, QTableView, "options")
    assert options.verticalScrollBar().maximum() == 0
    derivation = child(served.window, QTableView, "derivation")
    row_height = derivation.verticalHeader().defaultSectionSize()
    assert derivation.viewport().height() >= 3 * row_height


def test_no_text_is_cut(served: CounterWindow) -> None:
    cut = []
    for label in visible(served.window, QLabel):
        if isinstance(label, ElidedLabel) or label.wordWrap():
            continue
        if label.sizeHint().width() > label.width() or label.sizeHint().height() > label.height():
            cut.append((label.objectName(), label.text()))
    cut += [
        (button.objectName(), button.text())
        for button in visible(served.window, QAbstractButton)
        if button.sizeHint().width() > button.width()
    ]
    assert cut == []


def test_wrapped_texts_have_room_for_all_their_lines(served: CounterWindow) -> None:
    cut = [
        (label.objectName(), label.text())
        for label in visible(served.window, QLabel)
        if label.wordWrap() and label.heightForWidth(label.width()) > label.height()
    ]
    assert cut == []


def test_what_stands_below_the_large_figures_fits_one_line(served: CounterWindow) -> None:
    for name in ("amount_detail", "wait_detail", "cover_detail"):
        label = child(served.window, QLabel, name)
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width(), name


def test_every_target_is_large_enough_to_hit(served: CounterWindow) -> None:
    targets: list[QWidget] = [
        *visible(served.window, QAbstractButton),
        *visible(served.window, QLineEdit),
        *visible(served.window, QComboBox),
    ]
    small = [
        (widget.objectName(), widget.width(), widget.height())
        for widget in targets
        if min(widget.width(), widget.height()) < LEAST_TARGET
    ]
    assert small == []


def test_everything_that_takes_keys_has_a_name_for_a_screen_reader(
    served: CounterWindow,
) -> None:
    taking: list[QWidget] = [
        *visible(served.window, QAbstractButton),
        *visible(served.window, QLineEdit),
        *visible(served.window, QComboBox),
        *visible(served.window, QAbstractItemView),
    ]
    nameless = [widget.objectName() for widget in taking if not widget.accessibleName()]
    assert nameless == []


def test_every_field_has_a_label_that_leads_to_it(served: CounterWindow) -> None:
    buddies = [label.buddy() for label in all_of(served.window, QLabel)]
    fields = visible(served.window, QLineEdit)
    assert [edit.objectName() for edit in fields if edit not in buddies] == []


def test_tab_walks_the_form_in_the_order_it_is_read(served: CounterWindow) -> None:
    served.press("F2")
    walked = []
    while served.focus() not in walked:
        walked.append(served.focus())
        served.press("Tab")
    assert walked == [
        "id_number",
        "name",
        "birth_date",
        "payment_date",
        "other_day",
        "categories_destitute",
        "events_military_discharge",
        "insured_years_not_known",
        "unpaid_years",
        "repair_years",
        "agent",
        "agent_relation",
        "scheme_resident",
        "clerk_words",
        "options",
        "derivation",
        "region",
        "benefit_year",
        "undo_button",
        "new_person_button",
        "new_member_button",
        "park_button",
        "why_button",
    ]


def test_the_input_method_is_on_where_a_name_may_be_typed(served: CounterWindow) -> None:
    taking = {
        edit.objectName()
        for edit in all_of(served.window, QLineEdit)
        if edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    }
    # The first field also finds a resident by name; who issues is asked for once, in words.
    who = {"question_hall", "question_clerk"}
    assert taking == {"id_number", "name", "agent", "agent_relation", "clerk_words"} | who
