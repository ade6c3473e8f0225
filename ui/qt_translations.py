"""Qt's own Chinese translation: file dialogs, buttons, context menus.

Translates nothing of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_FILE = "qtbase_zh_CN"


def install_translations(application: QApplication) -> bool:
    """Let Qt's own words be Chinese, whatever language the system has.

    Returns:
        Whether the translation was found; without it they are English.
    """
    # The names of file types, months and weekdays come from here, not from the translation.
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(_FILE, folder) and application.installTranslator(translator)
