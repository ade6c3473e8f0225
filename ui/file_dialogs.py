"""File dialogs: choose a file to open, a file to write, or a folder.

Builds dialogs that are deleted once closed; the caller connects and opens
them. Opens, reads and writes no file.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path, PurePath

from PySide6.QtCore import QFileInfo, QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QHeaderView, QTreeView, QWidget

from .remembering import remembering

PDF = "PDF (*.pdf)"


class FileKinds(QFileIconProvider):
    """What kind of thing a file is, in Chinese.

    Qt 6.8.3 calls a folder ``Folder`` in any language.
    """

    def type(self, info: QFileInfo) -> str:
        """Override QFileIconProvider.type: name a folder."""
        return "文件夹" if info.isDir() else super().type(info)


_KINDS = FileKinds()


def destination_dialog(
    parent: QWidget, name: str, title: str, proposed: str, kinds: str = PDF
) -> QFileDialog:
    """Ask where something is to be saved.

    Args:
        parent: Lies below the dialog.
        name: The dialog's object name.
        title: What the clerk is asked.
        proposed: A file name; its ending is given to names without one.
        kinds: Filters, as Qt writes them.
    """
    files = _dialog(name, parent, title, _last_folder(name), kinds)
    files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    files.setDefaultSuffix(PurePath(proposed).suffix.removeprefix("."))
    files.selectFile(proposed)
    return files


def file_dialog(parent: QWidget, name: str, title: str, kinds: str, where: str = "") -> QFileDialog:
    """Ask for a file that is there.

    Args:
        parent: Lies below the dialog.
        name: The dialog's object name.
        title: What the clerk is asked.
        kinds: Filters, as Qt writes them.
        where: The place to begin at.
    """
    files = _dialog(name, parent, title, where or _last_folder(name), kinds)
    files.setFileMode(QFileDialog.FileMode.ExistingFile)
    return files


def folder_dialog(parent: QWidget, name: str, title: str, where: str) -> QFileDialog:
    """Ask for a folder that is there; arguments as for :func:`file_dialog`."""
    files = _dialog(name, parent, title, _last_folder(name) or where)
    files.setFileMode(QFileDialog.FileMode.Directory)
    files.setOption(QFileDialog.Option.ShowDirsOnly)
    return files


def _dialog(name: str, parent: QWidget, title: str, where: str, kinds: str = "") -> QFileDialog:
    # Qt would write the folders a clerk went to into the home folder, where nothing of ours lies.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    files = QFileDialog(parent, title, where, kinds)
    files.setObjectName(name)
    files.fileSelected.connect(partial(_keep_folder, name))
    files.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    files.setIconProvider(_KINDS)
    rows: list[QTreeView] = list(files.findChildren(QTreeView, "treeView"))
    for row in rows:
        # A day is not cut, whatever else is.
        row.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return files


def _last_folder(kind: str) -> str:
    """Return where this kind of file was last; empty for the system's usual place."""
    memory = remembering()
    return "" if memory is None else memory.folder(kind)


def _keep_folder(kind: str, path: str) -> None:
    memory = remembering()
    if memory is not None:
        chosen = Path(path)
        memory.keep_folder(kind, str(chosen if chosen.is_dir() else chosen.parent))
