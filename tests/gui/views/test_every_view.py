"""Every view of the gallery, walked as a screen reader and a keyboard would.

The scenes are the gallery's, so a new view is held to this by its one line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFontMetrics, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDial,
    QLabel,
    QLineEdit,
    QSlider,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.gui.finding import child
from tools.gallery.halls import hall_for, make_halls
from tools.gallery.looks import LOOKS
from tools.gallery.scenes import SCENES
from tools.gallery.stage import Stage, staged
from ui.widgets.message_row import MessageText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

Kind = TypeVar("Kind", bound=QWidget)
Tested = TypeVar("Tested", bound="Callable[..., None]")
LOOK = {look.name: look for look in LOOKS}
SCENE = {scene.name: scene for scene in SCENES}
# Where room is scarce. A scene is played in the tightest, where its dialogs open smallest.
TIGHT = ("screen-150", "screen-125")
TIGHTEST = TIGHT[0]
LEAST_TARGET = 24
# Void, close, restore, erase and what a supervisor answers for; and what a clerk
# opened by a key of its own, which goes no further without an answer.
MODAL = {"VoidDialog", "CloseDayDialog", "PreviewDialog", "SyncDialog", "PracticeDialog"}
MODAL |= {"RestoreDialog", "EmergencyDialog", "RetentionDialog", "ClockDialog", "ClerksDialog"}
MODAL |= {
    "ApprovalDialog",
    "BackupKeyDialog",
    "BaseDialog",
    "BeginDialog",
    "ColumnsDialog",
    "ConfirmDialog",
    "HallDialog",
    "HandOverDialog",
    "HistoryDialog",
    "ListQuestionsDialog",
    "SourceFilesDialog",
    "ProposalsDialog",
    "ReasonLineDialog",
    "ReviewDialog",
    "OfficeDialog",
    "QMessageBox",
    "RunVoidDialog",
    "SignDialog",
}
FIGURE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}年\d|¥[\d,]+\.\d\d")
# What the offscreen platform says of dialogs and of a second window.
POPUPS = r"This plugin does not support"
Role = QAccessible.Role
ROLES = {Role.Button, Role.CheckBox, Role.EditableText, Role.ComboBox, Role.Table, Role.List}
ROLES |= {Role.PageTab, Role.PageTabList, Role.SpinBox, Role.Link, Role.RadioButton, Role.Tree}

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.qt_log_ignore(POPUPS, extend=True),
]


@pytest.fixture(scope="session")
def halls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Counters to begin a scene with."""
    work = tmp_path_factory.mktemp("gallery")
    make_halls(work / "halls")
    return work


@pytest.fixture(scope="module")
def played(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    halls: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """One scene where room is scarcest, played once for all that is asked of it."""
    if not qapp.styleSheet():
        qapp.setStyle("Fusion")
    scene = SCENE[request.param]
    copy = tmp_path_factory.mktemp("scene") / "hall"
    folder = hall_for(halls / "halls", scene.hall, LOOK[TIGHTEST], copy)
    with staged(folder, LOOK[TIGHTEST], scene.at) as opened:
        if scene.opened:
            opened.open()
        for step in scene.steps:
            step(opened)
        opened.rest()
        yield opened


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest, played: Stage) -> Stage:
    """The scene in the room of a look; a dialog stays as small as it opened."""
    played.fit(LOOK[request.param].size)
    return played


def scenes(*looks: str) -> Callable[[Tested], Tested]:
    """Try every scene in these looks."""
    return tried([scene.name for scene in SCENES], looks)


def tried(names: Sequence[str], looks: Sequence[str]) -> Callable[[Tested], Tested]:
    """Try some scenes in some looks."""

    def marked(test: Tested) -> Tested:
        for name, values in (("stage", looks), ("played", names)):
            mark = pytest.mark.parametrize(name, values, indirect=True, scope="module")
            test = mark(test)
        return test

    return marked


def inside(stage: Stage, kind: type[Kind]) -> list[Kind]:
    """The widgets of a kind that are seen, in all windows that are open."""
    found: list[Kind] = []
    for window in stage.windows():
        found += window.findChildren(kind)
    return [one for one in found if one.isVisible() and not one.visibleRegion().isEmpty()]


def nodes(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """A window's accessible tree, from the top down, as far as it is seen."""
    # The stubs of PySide6 6.8.3 do not know the fields of a state.
    state: Any = node.state()
    if not node.isValid() or state.invisible:
        return
    yield node
    if node.role() in {Role.Table, Role.Tree}:
        return
    for number in range(node.childCount()):
        below = node.child(number)
        if below is not None:
            yield from nodes(below)


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


@scenes(TIGHTEST)
def test_whatever_takes_the_focus_has_a_name_and_a_role(stage: Stage) -> None:
    nameless = []
    for window in stage.windows():
        for node in nodes(QAccessible.queryAccessibleInterface(window)):
            widget = node.object()
            state: Any = node.state()
            if not isinstance(widget, QWidget) or not state.focusable:
                continue
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            if not node.text(QAccessible.Text.Name).strip() or node.role() == Role.NoRole:
                nameless.append((widget.objectName(), type(widget).__name__, node.role()))
    assert nameless == []


@scenes(TIGHTEST)
def test_every_field_has_a_label_or_a_name_of_its_own(stage: Stage) -> None:
    labelled = {id(label.buddy()) for label in inside(stage, QLabel)}
    fields: list[QWidget] = [*inside(stage, QLineEdit), *inside(stage, QComboBox)]
    bare = [
        field.objectName()
        for field in fields
        if id(field) not in labelled and not field.accessibleName()
    ]
    assert bare == []


def turned(widget: QWidget) -> bool:
    """Turn the wheel both ways over a widget; tell whether that changed what is chosen."""

    def chosen() -> object:
        return widget.property("currentIndex" if hasattr(widget, "currentIndex") else "value")

    before = chosen()
    middle = QPointF(widget.rect().center())
    for way in (-120, 120, 120, -120, -120):
        event = QWheelEvent(
            middle,
            widget.mapToGlobal(middle),
            QPoint(),
            QPoint(0, way),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        if chosen() != before:
            return True
    return False


@scenes(TIGHTEST)
def test_a_wheel_over_a_closed_list_changes_nothing(stage: Stage) -> None:
    kinds: tuple[type[QWidget], ...] = (QComboBox, QAbstractSpinBox, QTabBar, QSlider, QDial)
    windows = {*stage.windows(), stage.shell}
    lists: list[QWidget] = []
    for window in windows:
        for kind in kinds:
            lists += window.findChildren(kind)
    # The first frame, before the window is built, has none.
    assert not lists or {"region", "benefit_year"} <= {one.objectName() for one in lists}
    assert [one.objectName() for one in lists if turned(one)] == []


@scenes(*TIGHT)
def test_every_target_can_be_hit(stage: Stage) -> None:
    targets: list[QWidget] = [
        *inside(stage, QAbstractButton),
        *inside(stage, QLineEdit),
        *inside(stage, QComboBox),
    ]
    small = [
        (one.objectName(), one.width(), one.height())
        for one in targets
        if min(one.width(), one.height()) < LEAST_TARGET
        and not isinstance(one.parent(), QComboBox)
        and not one.objectName().startswith("qt_")
    ]
    assert small == []


@scenes(*TIGHT)
def test_no_label_cuts_an_amount_or_a_date(stage: Stage) -> None:
    cut = []
    for label in inside(stage, QLabel):
        text = label.text()
        # Where a message is cut, a word in it opens all of it.
        if isinstance(label, MessageText):
            continue
        if not FIGURE.search(text) or label.textFormat() == Qt.TextFormat.RichText:
            continue
        room, lines = label.contentsRect(), label.heightForWidth(label.width())
        wide = QFontMetrics(label.font()).horizontalAdvance(text) > room.width() + 1
        if lines > label.height() if label.wordWrap() else wide:
            cut.append((label.objectName(), text, room.width()))
    assert cut == []


@scenes(*TIGHT)
def test_no_table_cuts_an_amount_or_a_date(stage: Stage) -> None:
    cut = []
    for table in inside(stage, QTableView):
        metrics = table.fontMetrics()
        for row in range(min(table.model().rowCount(), 30)):
            for column in range(table.model().columnCount()):
                index = table.model().index(row, column)
                text = str(index.data() or "")
                if table.isColumnHidden(column) or not FIGURE.search(text):
                    continue
                room = table.visualRect(index).width()
                lines = max(1, table.rowHeight(row) // metrics.lineSpacing())
                if metrics.horizontalAdvance(text) > room * lines:
                    cut.append((table.objectName(), text, room, lines))
    assert cut == []


@scenes(*TIGHT)
def test_the_window_is_no_wider_than_the_screen(stage: Stage) -> None:
    width, height = stage.size
    assert stage.shell.width() <= width
    assert stage.shell.height() <= height
    beyond = [
        area.objectName()
        for area in inside(stage, QAbstractScrollArea)
        if area.window() is stage.shell and place(area).right() > place(stage.shell).right()
    ]
    assert beyond == []


@tried(["desk-lapsed"], [*TIGHT, "light"])
def test_fee_wait_cover_and_options_are_seen_without_scrolling(stage: Stage) -> None:
    answer = child(stage.shell, QAbstractScrollArea, "answer_scroll")
    assert answer.verticalScrollBar().maximum() == 0
    port = place(answer.viewport())
    for name in ("amount_value", "wait_value", "cover_value", "options"):
        assert port.contains(place(child(stage.shell, QWidget, name))), name
    options = child(stage.shell, QTableView, "options")
    rows = range(min(3, options.model().rowCount()))
    seen = options.viewport().rect()
    assert all(seen.contains(options.visualRect(options.model().index(row, 0))) for row in rows)


@tried(["desk-lapsed"], ["light"])
def test_the_result_is_read_as_a_list_with_a_name_for_each_item(stage: Stage) -> None:
    result = QAccessible.queryAccessibleInterface(child(stage.shell, QWidget, "result"))
    assert result.role() == Role.List
    items = [node for node in nodes(result) if node.role() == Role.ListItem]
    names = [item.text(QAccessible.Text.Name) for item in items]
    assert names[0].startswith("应缴金额 · 普通居民")
    assert "¥400.00" in names[0]
    assert "2025-06-05" in names[2]
    assert any(name.startswith(("推定：", "告知：")) for name in names[3:])


@scenes(TIGHTEST)
def test_only_what_cannot_be_taken_back_is_asked_in_a_dialog(stage: Stage) -> None:
    modal = QApplication.activeModalWidget()
    if modal is not None:
        assert modal in stage.windows()
        assert type(modal).__name__ in MODAL


@scenes(TIGHTEST)
def test_a_message_never_covers_the_field_that_is_typed_into(stage: Stage) -> None:
    strips = [label for label in inside(stage, QLabel) if label.objectName() == "message_strip"]
    focused = stage.focused()
    beside = [strip for strip in strips if strip.window() is focused.window()]
    over = [strip for strip in beside if place(strip).intersects(place(focused))]
    assert over == []
