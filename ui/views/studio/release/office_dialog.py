"""Sign a draft as an office does: with keys that two holders brought."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from ....dialogs.plain_dialog import PlainDialog
from ....file_dialogs import file_dialog
from ....widgets.field_edit import FieldEdit, show_state, show_text

if TYPE_CHECKING:
    from medcounter.desk.authoring.draft_release import OfficeHead

_WIDTH = 44
_KEYS = "私钥 (*.pem);;所有文件 (*)"
_ABOUT = (
    "签发单位的两位保管人各自插上存着私钥的 U 盘，各选自己的私钥文件。"
    "程序把草稿并到现行规则上，整份核对以后签名，存成规则包；私钥只读一次，不留在本机。"
    "只有一位在场时先签一个，另一位以后用命令 medcounter bundle sign 加签。"
)
_HOLDERS = ("第一位保管人的私钥", "第二位保管人的私钥")


class OfficeDialog(PlainDialog):
    """Number, day and keys of an office's bundle.

    Signals:
        given: Number, day and the paths of the keys, as typed.
    """

    given = Signal(str, str, tuple)

    def __init__(self, head: OfficeHead, why: str, parent: QWidget) -> None:
        super().__init__("studio_office", "签发单位签名", parent)
        self.setModal(True)
        self.add_text("studio_office_title", "用签发单位的私钥签名", role="title")
        self.add_text("studio_office_why", why, role="note").setVisible(bool(why))
        self.add_text("studio_office_about", _ABOUT)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._revision = self._line("studio_office_revision", "修订号", "如 12")
        self._review_by = self._line("studio_office_review_by", "哪天以后再核对", "如 2027-12-31")
        self._revision.setText(f"{head.revision}")
        self._review_by.setText(head.review_by.isoformat())
        self._keys = tuple(self._key(number) for number in (1, 2))
        self.body.addLayout(self._grid)
        self._alert = self.add_text("studio_office_said", role="alert")
        self._alert.hide()
        self._close = self.add_button("studio_office_close", "取消  Esc")
        self._sign = self.add_button("studio_office_sign", "核对并签名  Enter", main=True)
        self._close.clicked.connect(self.reject)
        self._sign.clicked.connect(self._on_sign_clicked)
        self.fit(_WIDTH)
        self._keys[0].setFocus(Qt.FocusReason.TabFocusReason)

    def show_working(self) -> None:
        """Say that the whole is being checked; nothing else can be begun."""
        self._show("正在核对整份规则并签名，要几秒钟。", "")
        self._sign.setEnabled(False)

    def show_refused(self, text: str) -> None:
        """Show why it was not signed."""
        self._show(text, "problem")
        self._sign.setEnabled(True)

    def _show(self, text: str, tone: str) -> None:
        show_text(self._alert, text)
        show_state(self._alert, tone)
        self._alert.show()
        self.fit(_WIDTH)

    def _line(self, name: str, label: str, hint: str) -> FieldEdit:
        edit = FieldEdit(name, label, hint, self)
        shown = QLabel(label, self)
        shown.setProperty("role", "label")
        shown.setBuddy(edit)
        row = self._grid.rowCount()
        self._grid.addWidget(shown, row, 0)
        self._grid.addWidget(edit, row, 1)
        edit.entered.connect(self._on_sign_clicked)
        return edit

    def _key(self, number: int) -> FieldEdit:
        label = _HOLDERS[number - 1]
        key = self._line(f"studio_office_key_{number}", label, "私钥文件的完整路径，或点“浏览”")
        button = QPushButton("浏览…", self)
        button.setObjectName(f"studio_office_browse_{number}")
        button.setAccessibleName(f"浏览{label}")
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._browse, key))
        self._grid.addWidget(button, self._grid.rowCount() - 1, 2)
        return key

    def _browse(self, key: FieldEdit) -> None:
        files = file_dialog(self, "studio_office_files", "选择私钥文件", _KEYS, key.text())
        files.fileSelected.connect(key.setText)
        files.open()

    def _on_sign_clicked(self) -> None:
        if self._sign.isEnabled():
            keys = tuple(text for one in self._keys if (text := one.text().strip()))
            self.given.emit(self._revision.text().strip(), self._review_by.text().strip(), keys)
