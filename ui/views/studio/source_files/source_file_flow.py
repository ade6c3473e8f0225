"""Bring the files of a draft's announcements, show them, open them in a viewer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QWidget

from medcounter.authoring.source_files.source_folder import ViewerCopies
from medcounter.authoring.source_files.source_kinds import text_of
from medcounter.desk.authoring.draft_source_files import DraftSourceFiles
from medcounter.errors import MedCounterError

from ....file_dialogs import file_dialog
from ....messages import GOOD, PROBLEM, Message, told_problem
from ....work.background import Background
from ....work.picture_process import decoded_picture
from .source_files_dialog import SourceFilesDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.rules.bundle import SourceFile

_KINDS = "公告 (*.jpg *.jpeg *.png *.pdf *.txt);;所有文件 (*)"
_PDF = "这是 PDF，按“用阅读器打开”，用系统的阅读器看。"
_DECODING = "正在打开图片……"


class SourceFileFlow(QObject):
    """The announcements of one draft at a time.

    Signals:
        reported: A Message on what became of a file.
        kept: A file was put in or taken out, so that the draft has a new version.
        beside: Name and text or QImage of the file that is to stand beside the form.
    """

    reported = Signal(object)
    kept = Signal()
    beside = Signal(str, object)

    def __init__(self, window: QWidget, clock: Callable[[], datetime]) -> None:
        """Work over a window.

        Args:
            window: Lies below the dialogs.
            clock: Gives the present time with its zone.
        """
        super().__init__(window)
        self.setObjectName("studio_source_file_flow")
        self._window = window
        self._clock = clock
        self._draft: OpenDraft | None = None
        self._dialog: SourceFilesDialog | None = None
        self._copies = ViewerCopies()
        self._image = QImage()
        self._decoding = Background(self)
        self._decoding.done.connect(self._on_decoding_done)
        self._decoding.failed.connect(self._on_failed)

    def open(self, draft: OpenDraft) -> None:
        """Show the files of a draft."""
        self._draft = draft
        dialog = self._dialog = SourceFilesDialog(self._window)
        dialog.brought.connect(self._ask_for_file)
        dialog.marked.connect(self._show)
        dialog.dropped.connect(self._drop)
        dialog.opened.connect(self._open_outside)
        dialog.beside_wanted.connect(self._put_beside)
        dialog.finished.connect(self._on_dialog_finished)
        sources = draft.document.content.get("sources", ())
        dialog.show_sources([str(one.get("title", "")) for one in sources])
        dialog.open()
        self._list(0)

    @property
    def held(self) -> str:
        """Nothing: it is all made anew from the draft."""
        return ""

    def stop(self) -> None:
        """Wait for the picture that is being opened, and take the viewer's copies away."""
        self._decoding.stop()
        self._copies.close()

    def bring(self, source: int, path: str) -> None:
        """Put a file in for a source."""
        if self._draft is None:
            return
        try:
            file = DraftSourceFiles(self._draft).attach(Path(path), source, self._clock())
        except MedCounterError as err:
            self._tell(told_problem(err))
            return
        names = [one.file.name for one in DraftSourceFiles(self._draft).files]
        self._list(names.index(file.name))
        self._tell(Message(GOOD, f"已放进草稿：{file.name}"))
        self.kept.emit()

    def _list(self, marked: int) -> None:
        if self._draft is None or self._dialog is None:
            return
        files = DraftSourceFiles(self._draft).files
        names = [f"{one.file.name}\n{one.source}" for one in files]
        self._dialog.show_files(names, min(marked, len(files) - 1))

    def _ask_for_file(self, source: int) -> None:
        if self._dialog is not None:
            files = file_dialog(self._dialog, "source_file_choose", "放进公告文件", _KINDS)
            files.fileSelected.connect(partial(self.bring, source))
            files.open()

    def _show(self, place: int) -> None:
        file, data = self._file(place)
        if file is None or self._dialog is None:
            return
        self._dialog.show_note(f"{file.name}，SHA-256 {file.sha256}", "")
        self._image = QImage()
        self._decoding.drop()
        if file.kind == "pdf":
            self._dialog.show_words(_PDF)
        elif file.kind == "text":
            self._dialog.show_words(text_of(data))
        else:
            self._dialog.show_words(_DECODING)
            room = self._dialog.picture_room
            # Who walks down the list waits for the last picture, not for all before it.
            self._decoding.start(partial(decoded_picture, data, room * 2))

    def _drop(self, place: int) -> None:
        if self._draft is None:
            return
        files = DraftSourceFiles(self._draft)
        try:
            files.detach(files.files[place].path, self._clock())
        except MedCounterError as err:
            self._tell(told_problem(err))
            return
        self._list(place)
        self._tell(Message(GOOD, "已从来源里拿掉；以前的版本里还有，改回去就又有了"))
        self.kept.emit()

    def _open_outside(self, place: int) -> None:
        file, data = self._file(place)
        if file is None:
            return
        try:
            path = self._copies.path_of(file, data)
        except MedCounterError as err:
            self._tell(told_problem(err))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = f"系统里没有能打开 {file.name} 的程序；请装一个 PDF 阅读器后再开。"
            self._tell(Message(PROBLEM, text))

    def _put_beside(self, place: int) -> None:
        """Let the marked file stand beside the form; a PDF has no page here to show."""
        file, data = self._file(place)
        if file is None or self._dialog is None:
            return
        shown = text_of(data) if file.kind == "text" else self._image
        if file.kind == "pdf":
            self._tell(Message(PROBLEM, _PDF))
        elif isinstance(shown, QImage) and shown.isNull():
            self._tell(Message(PROBLEM, _DECODING))
        else:
            self._dialog.accept()
            self.beside.emit(file.name, shown)

    def _file(self, place: int) -> tuple[SourceFile | None, bytes]:
        """Return a file with its bytes; none where it is not what was kept."""
        if self._draft is None:
            return None, b""
        files = DraftSourceFiles(self._draft)
        try:
            file = files.files[place].file
            return file, files.data(file)
        except MedCounterError as err:
            self._tell(told_problem(err))
            return None, b""

    def _on_decoding_done(self, image: QImage) -> None:
        if self._dialog is not None:
            self._image = image
            self._dialog.show_picture(image)

    def _on_failed(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.show_words("")
        self._tell(Message(PROBLEM, text))

    def _on_dialog_finished(self) -> None:
        self._decoding.drop()
        self._draft = self._dialog = None

    def _tell(self, message: Message) -> None:
        if self._dialog is not None:
            self._dialog.show_note(message.text, message.tone)
        self.reported.emit(message)
