"""The manual: at hand offline, every picture there, every key named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from medcounter.paths import document
from tests.gui.finding import child
from tools.gallery.scenes import MANUAL as PICTURED
from ui.shortcuts import SHORTCUTS, Shortcut
from ui.views.help.help_page import key_text
from ui.views.help.manual_browser import MANUAL

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

TEXT = document(MANUAL).read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", TEXT)
MOST_BYTES = 300_000


@pytest.mark.parametrize("entry", SHORTCUTS, ids=lambda entry: entry.action)
def test_the_manual_names_every_key(entry: Shortcut) -> None:
    assert key_text(entry.keys) in TEXT
    assert entry.label in TEXT


@pytest.mark.parametrize(("said", "name"), PICTURES)
def test_every_picture_is_there_said_in_words_and_small(said: str, name: str) -> None:
    assert said
    path = document(*name.split("/"))
    assert not QImage(str(path)).isNull()
    assert path.stat().st_size < MOST_BYTES


def test_the_gallery_takes_the_pictures_the_manual_shows() -> None:
    assert {name for _, name in PICTURES} == {f"manual/{scene}.png" for scene in PICTURED}


def test_f1_twice_opens_the_manual_with_its_pictures(window: CounterWindow) -> None:
    window.press("F1", "F1")
    assert window.focus() == "manual"
    browser = child(window.window, QTextBrowser, "manual")
    assert "一天怎么过" in browser.toPlainText()
    kind = QTextDocument.ResourceType.ImageResource.value
    for _, name in PICTURES:
        picture = browser.loadResource(kind, QUrl(name))
        assert isinstance(picture, QImage)
        assert 0 < picture.width() <= browser.viewport().width()


def test_f1_in_the_manual_leads_back_to_the_keys_and_esc_to_the_desk(
    window: CounterWindow,
) -> None:
    window.press("F1", "F1", "F1")
    assert window.focus() == "key_scroll"
    window.press("Esc")
    assert window.is_shown("counter_view")
