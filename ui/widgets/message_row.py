"""What came of an act, at a place that is kept; with the folder of a saved file.

Nothing moves when a message comes or goes. One that is longer than its place ends in a
word that opens all of it, by a click or by a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QPainter, QTextLayout
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ..look.theme import palette_in_use
from ..messages import PLAIN, Message, marked
from .field_edit import show_state, show_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

_MORE = "看全文"
_OPENING_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_WIDEST = 44


@runtime_checkable
class HasStrip(Protocol):
    """A view that shows messages itself."""

    def show_message(self, message: Message) -> None:
        """Show a message."""


class FolderButton(QPushButton):
    """Opens the folder a message names; hidden while it names none."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__("打开所在文件夹", parent)
        self.setObjectName(name)
        self.setProperty("role", "quiet")
        self.setAutoDefault(False)
        self._folder = ""
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Offer the folder of what a message says was saved."""
        self._folder = message.folder
        self.setVisible(bool(message.folder))

    def _on_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))


class WholeMessage(QLabel):
    """All of a message over its place; any key or click closes it."""

    def __init__(self, text: str, over: MessageText) -> None:
        """Open above the place where the message is cut."""
        super().__init__(text, over, Qt.WindowType.Popup)
        self.setObjectName("whole_message")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.ensurePolished()
        self.setFixedWidth(min(over.window().width(), self.fontMetrics().height() * _WIDEST))
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.move(over.mapToGlobal(QPoint(0, over.height() - self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLabel.keyPressEvent: it was read."""
        event.accept()
        self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Override QLabel.mousePressEvent: it was read."""
        event.accept()
        self.close()


class MessageText(QLabel):
    """A message in a place of so many lines, which it keeps without one."""

    def __init__(self, name: str, parent: QWidget, lines: int) -> None:
        """Begin without a message.

        Args:
            name: Its object name.
            parent: The view or bar.
            lines: How many it may take, and always has room for.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "strip")
        self.setAccessibleName("提示")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._most = lines
        self._shown: tuple[str, ...] = ()
        self._is_cut = False

    @property
    def is_cut(self) -> bool:
        """Whether the message is longer than its place."""
        return self._is_cut

    def show_message(self, message: Message) -> None:
        """Show a message; an empty text shows none."""
        show_state(self, message.tone)
        show_text(self, marked(message) if message.text else "")
        self._break()

    def open_whole(self) -> None:
        """Show all of a message that is cut."""
        if self._is_cut:
            WholeMessage(self.text(), self).show()

    def sizeHint(self) -> QSize:
        """Override QLabel.sizeHint: the place is kept, whatever stands in it."""
        return QSize(2 * self.fontMetrics().height(), self._most * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Override QLabel.minimumSizeHint: the same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QLabel.resizeEvent: break the lines anew."""
        super().resizeEvent(event)
        self._break()

    def changeEvent(self, event: QEvent) -> None:
        """Override QLabel.changeEvent: another font breaks them elsewhere."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._break()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLabel.keyPressEvent: Enter opens what is cut."""
        if self._is_cut and event.key() in _OPENING_KEYS:
            self.open_whole()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Override QLabel.mousePressEvent: a click opens what is cut."""
        if self._is_cut:
            self.open_whole()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QLabel.paintEvent: the lines, and the word that opens the rest."""
        del event
        painter = QPainter(self)
        rect, step = self.contentsRect(), self.fontMetrics().lineSpacing()
        top = rect.top() + (rect.height() - step * len(self._shown)) // 2
        painter.setPen(self.palette().color(self.foregroundRole()))
        for number, line in enumerate(self._shown):
            base = top + number * step + self.fontMetrics().ascent()
            painter.drawText(rect.left(), base, line)
            if self._is_cut and number == len(self._shown) - 1:
                font = painter.font()
                font.setUnderline(True)
                painter.setFont(font)
                painter.setPen(QColor(palette_in_use().accent))
                painter.drawText(rect.left() + self._advance(line), base, _MORE)
        if self.hasFocus():
            painter.setPen(QColor(palette_in_use().focus))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.end()

    def _advance(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)

    def _break(self) -> None:
        """Break the text into its lines, and find out whether all of it fits."""
        width, text = self.contentsRect().width(), self.text()
        lines = _broken(self, text, width)
        self._is_cut = len(lines) > self._most
        if self._is_cut:
            rest = text[sum(map(len, lines[: self._most - 1])) :]
            room = max(width - self._advance(_MORE), 0)
            last = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, room)
            lines = (*lines[: self._most - 1], last)
        self._shown = lines
        self.setToolTip(text if self._is_cut else "")
        policy = Qt.FocusPolicy.TabFocus if self._is_cut else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        shape = Qt.CursorShape.PointingHandCursor if self._is_cut else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()


def _broken(label: QLabel, text: str, width: int) -> tuple[str, ...]:
    """Break a text into the lines it takes in a width."""
    if not text or width <= 0:
        return ()
    layout = QTextLayout(text, label.font())
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return tuple(lines)


class MessageRow(QWidget):
    """The strip of a view: a message until the next, in a line that is always there."""

    def __init__(self, name: str, parent: QWidget, *, edge: int = 0) -> None:
        """Begin without a message.

        Args:
            name: The line's object name; the button's begins with it.
            parent: The view.
            edge: Pixels left free at its left and right.
        """
        super().__init__(parent)
        self._text = MessageText(name, self, 1)
        self._folder = FolderButton(f"{name}_folder", self)
        # The button comes and goes; the row keeps its height.
        self._folder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(self._folder.sizeHint().height())
        row = QHBoxLayout(self)
        row.setContentsMargins(edge, 0, edge, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self._folder)

    def stand_below(self, *, is_bare: bool) -> None:
        """Stand without a message below a view that has no strip of its own."""
        self.show_message(Message(PLAIN, ""))
        self.setVisible(is_bare)

    def show_message(self, message: Message) -> None:
        """Show a message; an empty text shows none."""
        self._text.show_message(message)
        self._folder.show_message(message)
