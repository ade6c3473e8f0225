"""A key of the form is painted at once; what follows from it comes after, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from tests.gui.finding import child
from tests.gui.views.studio.test_studio_view import begin, open_amount
from ui.views.studio.studio_session import StudioSession

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def session(window: CounterWindow) -> StudioSession:
    """The session of a draft in whose first amount the keys are."""
    begin(window)
    open_amount(window)
    return child(window.window, StudioSession, "studio_session")


def amount_of(session: StudioSession) -> object:
    """What the draft says of the amount."""
    assert session.draft is not None
    return session.draft.document.own["rules"][3]["answer"]["items"][0]["amount"]


def test_a_key_is_painted_before_what_follows_from_it(
    window: CounterWindow, session: StudioSession
) -> None:
    told: list[str] = []
    window.shell.frame_painted.connect(lambda: told.append("painted"))
    session.changed.connect(lambda: told.append("followed"))
    QTest.keyClicks(window.focused(), "4")
    window.qtbot.waitUntil(lambda: told.count("painted") > 1, timeout=10_000)
    assert told[:3] == ["painted", "followed", "painted"]
    assert amount_of(session) == "4.00"


def test_of_keys_that_come_quicker_than_they_are_followed_the_last_counts(
    window: CounterWindow, session: StudioSession
) -> None:
    assert session.draft is not None
    before = session.draft.version
    QTest.keyClicks(window.focused(), "431")
    assert amount_of(session) == "431.00"
    assert session.draft.version == before + 1
    window.press("Ctrl+Z")
    assert amount_of(session) != "431.00"


def test_what_was_typed_last_is_kept_whatever_comes_next(
    window: CounterWindow, session: StudioSession
) -> None:
    draft = session.draft
    QTest.keyClicks(window.focused(), "432")
    session.leave()
    assert draft is not None
    assert draft.document.own["rules"][3]["answer"]["items"][0]["amount"] == "432.00"


def test_what_cannot_be_read_yet_is_held_when_the_view_is_left(
    window: CounterWindow, session: StudioSession
) -> None:
    QTest.keyClicks(window.focused(), "43x")
    assert "1 处写的还读不懂" in session.held
