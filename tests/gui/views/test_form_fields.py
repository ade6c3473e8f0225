"""The form builds itself from the core's table of fields, as the architecture says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from medcounter.assess.engine.rule_book import OfferedTerms
from medcounter.desk.draft.draft import FIELDS, TYPED, Field
from tests.gui.finding import child
from ui.views.counter import case_form
from ui.views.counter.case_form import CaseForm
from ui.widgets.field_edit import FieldEdit

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

PHONE = Field("phone", "联系电话", "手机或座机", "text")


def test_a_field_added_to_the_table_stands_on_the_form_and_is_walked_through(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_form, "FIELDS", (*FIELDS, PHONE))
    monkeypatch.setattr(case_form, "TYPED", (*TYPED, PHONE.name))
    window = QWidget()
    qtbot.addWidget(window)
    form = CaseForm(window)
    phone = child(form, FieldEdit, "phone")
    assert child(form, QLabel, "phone_label").text() == "联系电话"
    assert child(form, QLabel, "phone_label").buddy() is phone
    edited: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: edited.append((name, value)))
    phone.insert("8")
    assert edited == [("phone", "8")]
    # What a clerk adds in own words stands apart, below all others.
    *_, last = (name for name in TYPED if name != "clerk_words")
    before = child(form, FieldEdit, last)
    form.show_terms(OfferedTerms((), ()))
    assert before.nextInFocusChain() is phone
    stops = form._stops()  # noqa: SLF001 - the order that Enter walks
    words = child(form, FieldEdit, "clerk_words")
    assert stops[-3:] == [before, phone, words]
