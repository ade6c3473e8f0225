"""The line below the form, and the form's phrases, with session and acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from medcounter.desk.evaluate.outcome import Outcome

    from ...acts import Acts
    from ...session.session import Session
    from .counter_view import CounterView


def wire_foot(view: CounterView, session: Session, acts: Acts) -> None:
    """Let the lines show what the session counts, calls and has left to set up.

    Args:
        view: Has the lines.
        session: The residents being served.
        acts: Who does each act; calling the next number is done here.
    """
    foot = view.foot
    session.tally.counted.connect(foot.show_tally)
    session.queue.called.connect(foot.show_number)
    session.queue.wanted.connect(foot.focus_number)
    foot.number_typed.connect(session.queue.take)
    foot.pressed.connect(acts.do)
    acts.offer({"call_next": session.queue.call_next})
    foot.show_number(session.queue.number)
    view.form.omnibox.recent_wanted.connect(session.arrivals.recall)
    session.search.recalled.connect(view.form.omnibox.show_recent)
    session.guide.changed.connect(foot.show_steps)
    view.derivation.pressed.connect(acts.do)
    view.form.phrases.pressed.connect(acts.do)
    session.updated.connect(_Phrases(view, session).show)
    session.guide.look_again()
    session.tally.tell_again()


class _Phrases(QObject):
    """The phrases of the hall in one window's form; goes with the window."""

    def __init__(self, view: CounterView, session: Session) -> None:
        super().__init__(view)
        self._button = view.form.phrases
        self._session = session

    def show(self, _outcome: Outcome) -> None:
        """Offer them as they are set now."""
        if self._session.desk is not None:
            self._button.show_phrases(self._session.desk.settings.phrases)
